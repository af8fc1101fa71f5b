#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports, for each connector, an invented export of 10^4 and of 10^5 records and compares the peak memory of the two: it must not
grow with the export. bench/exports/<connector>.py writes the exports: generate(folder, records, seed), and ME where the export does not
say whose it is.

    bench/connector_memory.py [--program build/release/secateur] [CONNECTOR...]
"""
import argparse
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SIZES = (10_000, 100_000)
MAY_GROW_MB = 16.0  # maps of groups and people, the write-ahead log's index


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(program, export, home, me):
    """The import's JSON, its CPU seconds and its peak memory in MB."""
    command = [program, "--home", str(home), "--no-input", "--json", "import", str(export)]
    if me:
        command += ["--me", me]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode not in (0, 3):
            raise RuntimeError(f"exit {child.returncode}: {err.read().decode(errors='replace')[:400]}")
        return json.load(out), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(program, name):
    module = load(HERE / "exports" / f"{name}.py")
    figures = []
    for records in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            export = pathlib.Path(folder) / "export"
            export.mkdir()
            module.generate(export, records, 1)
            found, seconds, memory = run(program, export, pathlib.Path(folder) / "home", getattr(module, "ME", ""))
            totals = found["totals"]
            connectors = sorted({source["connector"] for source in found["sources"]})
            figures.append({"read": totals["read"], "quarantined": totals["quarantined"], "seconds": seconds, "memory": memory,
                            "connectors": ", ".join(connectors), "failed": sum(s["status"] == "failed" for s in found["sources"])})
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default=str(HERE.parent / "build" / "release" / "secateur"))
    parser.add_argument("connectors", nargs="*")
    wanted = parser.parse_args()
    names = wanted.connectors or sorted(path.stem for path in (HERE / "exports").glob("*.py"))
    print(f"{'export':24} {'read':>8} {'records/s':>10} {'MB at 10^4':>11} {'MB at 10^5':>11}  verdict")
    good = True
    begin = time.monotonic()
    for name in names:
        try:
            small, large = measure(wanted.program, name)
        except (RuntimeError, OSError, KeyError, ValueError) as problem:
            print(f"{name:24} {problem}")
            good = False
            continue
        problems = []
        if large["memory"] - small["memory"] > MAY_GROW_MB:
            problems.append("memory grows")
        if large["read"] < 0.5 * SIZES[1]:
            problems.append("reads less than half")
        if large["quarantined"]:
            problems.append(f"{large['quarantined']} quarantined")
        if large["failed"]:
            problems.append("failed")
        good = good and not problems
        print(f"{name:24} {large['read']:8} {large['read'] / max(large['seconds'], 0.001):10.0f} {small['memory']:11.1f} {large['memory']:11.1f}"
              f"  {'; '.join(problems) or 'flat'} ({large['connectors']})", flush=True)
    print(f"{len(names)} exports in {time.monotonic() - begin:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
