# SPDX-License-Identifier: GPL-3.0-or-later
"""An outbox of that many activities: notes to groups and to everybody, boosts, likes, and groups joined."""
import json
import pathlib
import random

WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()
ME = "https://soc.example/users/mira"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    date = lambda i: f"{2018 + i % 8:04}-{i % 12 + 1:02}-{i % 28 + 1:02}T{i % 24:02}:{i % 60:02}:00Z"
    with open(pathlib.Path(folder) / "mira-2026-11-01.json", "w", encoding="utf-8") as out:
        out.write('{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[')
        for i in range(records):
            item = {"id": f"https://soc.example/a/{i}", "actor": ME, "published": date(i)}
            group = f"https://lemmy.example/c/community{rng.randint(0, 40)}"
            if i < 40:
                item |= {"type": "Follow", "object": f"https://lemmy.example/c/community{i}"}
            elif i % 3 == 0:
                item |= {"type": "Announce", "object": f"https://pie.example/post/{i}"}
            elif i % 7 == 0:
                item |= {"type": "Like", "object": f"https://pie.example/post/{i}"}
            else:
                text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 60)))
                item |= {"type": "Create", "object": {"id": f"https://soc.example/n/{i}", "type": "Note", "content": f"<p>{text}</p>",
                                                      "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [group] if i % 2 else []}}
            out.write((",\n" if i else "\n") + json.dumps(item))
        out.write("\n]}\n")
