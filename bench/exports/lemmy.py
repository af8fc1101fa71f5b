# SPDX-License-Identifier: GPL-3.0-or-later
"""A Lemmy 1.0 data export of that many records: my posts and comments, answers, and things I liked."""
import json
import pathlib
import random

WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    text = lambda: " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 40)))
    date = lambda i: f"{2016 + i * 9 // max(records, 1):04}-{i % 12 + 1:02}-{i % 28 + 1:02}T{i % 24:02}:{i % 60:02}:00.5Z"
    with open(pathlib.Path(folder) / "lemmy_data_2026-11-01.json", "w", encoding="utf-8") as out:
        out.write('{"content":[')
        mine = records // 4
        for i in range(1, mine + 1):
            row = {"id": i, "creator_id": 12, "published_at": date(i), "deleted": False, "removed": False, "local": True}
            if i % 10 == 0:
                row |= {"type_": "post", "name": text(), "body": text(), "community_id": i % 23, "ap_id": f"https://lemmy.example/post/{i}"}
            else:
                row |= {"type_": "comment", "content": text(), "post_id": max(10, i // 10 * 10), "path": f"0.{i}", "ap_id": f"https://lemmy.example/comment/{i}"}
            out.write((",\n" if i > 1 else "\n") + json.dumps(row))
        out.write('],"liked":[')
        out.write(",\n".join(f'"https://pie.example/post/{i}"' for i in range(1)))
        for i in range(1, records - mine - 50):
            out.write(f',\n"https://pie.example/post/{i}"')
        follows = json.dumps([f"https://lemmy.example/c/community{i}" for i in range(50)])
        out.write('],"settings":{"display_name":"Mira Example","followed_communities":' + follows + "}}\n")
