# SPDX-License-Identifier: GPL-3.0-or-later
"""A Slack export of any size: channels, a file a day with a few messages each, threads, reactions, direct conversations."""
import json
import random
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = "bonjour merci demain réunion ship the release who can review lunch ok build green où est le plan see <https://example.org/p|here>".split()
FIRST_DAY = datetime(2016, 1, 4, tzinfo=timezone.utc)
PEOPLE = 300
ME = "U0000001"


def user(number):
    return f"U{number:07d}"


def lists(channels):
    names = [f"Person {i} Example" for i in range(PEOPLE)]
    names[1] = "Mira Example"
    everybody = [user(i) for i in range(PEOPLE)]
    yield "users.json", [{"id": user(i), "team_id": "T0000001", "name": f"person{i}", "real_name": name, "is_bot": i % 50 == 49,
                          "is_primary_owner": i == 2, "profile": {"real_name": name, "email": f"person{i}@example.org"}}
                         for i, name in enumerate(names)]
    yield "channels.json", [{"id": f"C{i:07d}", "name": f"channel-{i}", "created": 1451606400, "creator": user(2), "is_archived": False,
                             "members": everybody, "topic": {"value": ""}, "purpose": {"value": f"About {i}"}} for i in range(channels)]
    yield "dms.json", [{"id": f"D{i:07d}", "created": 1451606400, "members": [user(i + 2), ME]} for i in range(10)]


def days(records, seed, per_file):
    """Folder, day and the text of the file, one after the other; reactions count as records."""
    rng = random.Random(seed)
    channels = max(5, min(400, records // 2_000))
    folders = [f"channel-{i}" for i in range(channels)] + [f"D{i:07d}" for i in range(10)]
    per_folder = records // len(folders)
    for place, folder in enumerate(folders):
        left = per_folder + (records - per_folder * len(folders) if place == 0 else 0)
        people = [user(place - channels + 2), ME] if folder[0] == "D" else [user(rng.randrange(PEOPLE)) for _ in range(40)] + [ME]
        day, root = FIRST_DAY, None
        while left > 0:
            at, out = day, []
            for number in range(min(left, per_file)):
                if left <= 0:
                    break
                at += timedelta(seconds=rng.randrange(1, 80_000 // per_file))
                ts = f"{int(at.timestamp())}.{number:06d}"
                message = {"client_msg_id": f"{place:08x}-{number:04x}", "type": "message", "user": rng.choice(people),
                           "text": " ".join(rng.choices(WORDS, k=rng.randrange(1, 40))), "ts": ts, "team": "T0000001"}
                message["blocks"] = [{"type": "rich_text", "block_id": "b", "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": message["text"]}]}]}]
                if root and rng.random() < 0.3:
                    message["thread_ts"], message["parent_user_id"] = root
                else:
                    root = (ts, message["user"])
                left -= 1
                if left > 2 and rng.random() < 0.1:
                    message["reactions"] = [{"name": "+1", "users": people[:2] if people[0] != people[1] else people[:1], "count": 2}]
                    left -= len(message["reactions"][0]["users"])
                out.append(json.dumps(message, ensure_ascii=False))
            yield folder, day.strftime("%Y-%m-%d"), "[\n" + ",\n".join(out) + "\n]\n"
            day += timedelta(days=1)
            if day.year > 2025:
                day, per_file = FIRST_DAY, per_file * 2


def files(records, seed, per_file):
    channels = max(5, min(400, records // 2_000))
    for name, content in lists(channels):
        yield name, json.dumps(content, ensure_ascii=False)
    for folder, day, text in days(records, seed, per_file):
        yield f"{folder}/{day}.json", text


def generate(folder, records, seed=1, per_file=12):
    for path, text in files(records, seed, per_file):
        place = Path(folder) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def generate_zip(path, records, seed=1, per_file=12):
    """The same as one ZIP with many small entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files(records, seed, per_file):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
