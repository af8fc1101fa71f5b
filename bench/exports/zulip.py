# SPDX-License-Identifier: GPL-3.0-or-later
"""A Zulip server's export of any size: messages in files of a thousand, reactions in realm.json."""
import json
import random
from pathlib import Path

WORDS = "bonjour merci demain réunion ship the release who can review lunch ok build green où est le plan https://example.org/p".split()
PEOPLE, CHANNELS, FIRST = 300, 200, 1_500_000_000


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "zulip-export"
    root.mkdir(parents=True, exist_ok=True)
    number, sender_of = 0, {}
    messages = max(1, records * 9 // 10)
    while number < messages:
        rows = []
        for _ in range(min(1000, messages - number)):
            number += 1
            sender = rng.randrange(1, PEOPLE + 1)
            recipient = 1000 + rng.randrange(CHANNELS) if rng.random() < 0.95 else 1
            text = " ".join(rng.choices(WORDS, k=rng.randrange(1, 40)))
            if rng.random() < 0.1 and number > 50:
                text = f"@_**Person {sender}|{sender}** [said](https://zulip.example/#narrow/near/{number - 40}):\n```quote\n{text}\n```\n{text}"
            if sender == 1:
                sender_of[number] = sender
            rows.append({"id": number, "sender": sender, "recipient": recipient, "subject": f"topic {number % 50}", "content": text,
                         "date_sent": FIRST + number * 20 + 0.25, "last_edit_time": None, "has_attachment": False})
        name = f"messages-{(number + 999) // 1000:06d}.json"
        (root / name).write_text(json.dumps({"zerver_message": rows, "zerver_usermessage": []}, ensure_ascii=False), encoding="utf-8")
    mine = list(sender_of)
    with (root / "realm.json").open("w", encoding="utf-8") as out:
        tables = {
            "zerver_realm": [{"id": 1, "string_id": "bench"}],
            "zerver_userprofile": [{"id": i, "full_name": "Mira Example" if i == 1 else f"Person {i}", "delivery_email": f"person{i}@example.org",
                                    "is_bot": i % 50 == 49} for i in range(1, PEOPLE + 1)],
            "zerver_stream": [{"id": i + 1, "name": f"channel-{i}", "description": ""} for i in range(CHANNELS)],
            "zerver_recipient": [{"id": 1000 + i, "type": 2, "type_id": i + 1} for i in range(CHANNELS)] + [{"id": 1, "type": 1, "type_id": 1}],
            "zerver_subscription": [{"user_profile": 1, "recipient": 1000 + i, "active": True} for i in range(CHANNELS)],
        }
        out.write(json.dumps(tables)[:-1] + ',"zerver_reaction":[')
        for i in range(records - messages):
            by_me = rng.random() < 0.5 or not mine
            row = {"id": i, "user_profile": 1 if by_me else rng.randrange(2, PEOPLE), "message": rng.randrange(1, messages + 1) if by_me else rng.choice(mine),
                   "emoji_name": f"e{i}"}
            out.write((",\n" if i else "") + json.dumps(row))
        out.write("]}")
