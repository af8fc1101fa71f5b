# SPDX-License-Identifier: GPL-3.0-or-later
"""A PeerTube account export of that many records: mostly watched and liked videos, some comments and followed channels."""
import json
import pathlib
import random

WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    base = pathlib.Path(folder) / "user-export-1-2026-11-01" / "peertube"
    base.mkdir(parents=True, exist_ok=True)
    date = lambda i: f"{2018 + i % 8:04}-{i % 12 + 1:02}-{i % 28 + 1:02}T{i % 24:02}:{i % 60:02}:00.000Z"
    url = lambda i: f"https://tube{i % 90}.example/videos/watch/{i}"

    def write(name, key, count, row):
        with open(base / name, "w", encoding="utf-8") as out:
            out.write("{\n  " + json.dumps(key) + ": [")
            for i in range(count):
                out.write((",\n" if i else "\n") + json.dumps(row(i)))
            out.write("\n  ]\n}\n")

    account = {"url": "https://tube.example/accounts/mira", "name": "mira", "displayName": "Mira Example", "description": None}
    (base / "account.json").write_text(json.dumps(account, indent=2), encoding="utf-8")
    comments, follows = records // 20, min(300, records // 20)
    likes = records // 5
    write("following.json", "following", follows,
          lambda i: {"handle": "mira@tube.example", "targetHandle": f"channel{i}@tube{i % 90}.example", "createdAt": date(i)})
    write("comments.json", "comments", comments,
          lambda i: {"url": f"https://tube.example/c/{i}", "text": " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 30))),
                     "createdAt": date(i), "videoUrl": url(i)})
    write("likes.json", "likes", likes, lambda i: {"videoUrl": url(i), "createdAt": date(i)})
    write("video-history.json", "watchedVideos", records - comments - follows - likes,
          lambda i: {"videoUrl": url(i), "lastTimecode": i % 600, "createdAt": date(i), "updatedAt": date(i)})
