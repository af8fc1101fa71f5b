# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections of a Rocket.Chat server as mongoexport writes them, of any size."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = "bonjour merci demain réunion ship the release who can review lunch ok build green où est le plan https://example.org/p".split()
PEOPLE, ROOMS = 300, 200


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    people = [{"_id": f"{i:017d}", "username": "mira" if i == 1 else f"person{i}", "name": "Mira Example" if i == 1 else f"Person {i}"} for i in range(PEOPLE)]

    def write(name, rows):
        with (root / name).open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")

    write("users.json", ({**each, "type": "user", "emails": [{"address": f"{each['username']}@example.org"}]} for each in people))
    write("rocketchat_room.json", ({"_id": f"room{i}", "t": "c", "name": f"room-{i}", "usersCount": PEOPLE} for i in range(ROOMS)))
    write("rocketchat_subscription.json", ({"_id": f"s{i}", "rid": f"room{i}", "u": people[1], "ts": {"$date": "2018-01-01T00:00:00Z"}} for i in range(ROOMS)))

    def messages():
        at, left, number = datetime(2018, 1, 1, tzinfo=timezone.utc), records - ROOMS * 2, 0
        last = [None] * ROOMS
        while left > 0:
            number += 1
            at += timedelta(milliseconds=rng.randrange(1, 40_000))
            room = rng.randrange(ROOMS)
            row = {"_id": f"m{number:016d}", "rid": f"room{room}", "msg": " ".join(rng.choices(WORDS, k=rng.randrange(1, 40))),
                   "ts": {"$date": at.isoformat(timespec="milliseconds").replace("+00:00", "Z")}, "u": rng.choice(people), "mentions": [], "channels": []}
            left -= 1
            if last[room] and rng.random() < 0.3:
                row["tmid"] = last[room]
            else:
                last[room] = row["_id"]
            if left > 0 and rng.random() < 0.1:
                row["reactions"] = {":wave:": {"usernames": [rng.choice(people)["username"]]}}
                left -= 1
            yield row

    write("rocketchat_message.json", messages())
