# SPDX-License-Identifier: GPL-3.0-or-later
"""Newsgroups of any size: one mbox each for 20 newsgroups, one article in five cross-posted, and a .newsrc."""
import random
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

WORDS = "compiler garden kernel rule bridge bread walk question answer modem letter index paper number line".split()


def generate(folder, records, seed=1):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    groups = [f"comp.bench.g{i}" for i in range(20)]
    begin = datetime(2001, 1, 1, tzinfo=timezone.utc)
    per_group = -(-records // len(groups))
    step = timedelta(days=7000) / max(per_group, 1)
    written = 0
    for place, group in enumerate(groups):
        with open(folder / f"{group}.mbox", "w", encoding="utf-8", newline="\n") as out:
            for i in range(min(per_group, records - written)):
                at = begin + step * i
                names = group if rng.random() < 0.8 else f"{group},{rng.choice(groups)}"
                author = "Noor Voorbeeld <noor@example.org>" if rng.random() < 0.03 else f"p{rng.randrange(5000)}@nospam.example.net (Someone)"
                out.write(f"From x@y {at:%a %b %d %H:%M:%S %Y}\nPath: news.example.org!not-for-mail\nNewsgroups: {names}\nFrom: {author}\n"
                          f"Date: {format_datetime(at)}\nMessage-ID: <g{place}.{i}@example.net>\n")
                if i and rng.random() < 0.7:
                    out.write(f"References: <g{place}.{rng.randrange(max(0, i - 50), i)}@example.net>\nSubject: Re: {rng.choice(WORDS)}\n")
                else:
                    out.write(f"Subject: {rng.choice(WORDS)} {rng.choice(WORDS)}\n")
                out.write("\n> " + " ".join(rng.choices(WORDS, k=8)) + "\n" + " ".join(rng.choices(WORDS, k=30)) + "\n\n")
                written += 1
    (folder / ".newsrc").write_text("".join(f"{group}: 1-{per_group}\n" for group in groups), encoding="utf-8")
