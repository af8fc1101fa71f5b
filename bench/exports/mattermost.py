# SPDX-License-Identifier: GPL-3.0-or-later
"""A Mattermost bulk export of any size: channels, posts with replies and reactions, direct posts."""
import json
import random
from pathlib import Path

WORDS = "bonjour merci demain @mira réunion ship the release who can review lunch ok build green où est le plan https://example.org/p".split()
PEOPLE, CHANNELS = 300, 200


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = ["mira"] + [f"person{i}" for i in range(1, PEOPLE)]
    now = 1_600_000_000_000
    text = lambda: " ".join(rng.choices(WORDS, k=rng.randrange(1, 40)))
    with (folder / "import.jsonl").open("w", encoding="utf-8") as out:
        def line(kind, content):
            out.write(json.dumps({"type": kind, kind: content}, ensure_ascii=False) + "\n")
        out.write('{"type":"version","version":1,"info":{"created":"2026-10-01T08:00:00Z"}}\n')
        line("team", {"name": "club", "display_name": "Club"})
        for i in range(CHANNELS):
            line("channel", {"team": "club", "name": f"channel-{i}", "display_name": f"Channel {i}", "type": "O"})
        for i, name in enumerate(names):
            mine = range(CHANNELS) if i == 0 else range(i % 7, CHANNELS, 7)
            line("user", {"username": name, "email": f"{name}@example.org", "first_name": name.capitalize(), "last_name": "Example",
                          "teams": [{"name": "club", "channels": [{"name": f"channel-{c}", "roles": "channel_user"} for c in mine]}]})
        left = records
        while left > 0:
            now += rng.randrange(1, 240_000)
            post = {"user": rng.choice(names), "message": text(), "create_at": now, "reactions": None, "replies": None}
            left -= 1
            if left > 4 and rng.random() < 0.2:
                post["replies"] = [{"user": rng.choice(names), "message": text(), "create_at": now + 1 + i} for i in range(rng.randrange(1, 4))]
                left -= len(post["replies"])
            if left > 4 and rng.random() < 0.1:
                post["reactions"] = [{"user": rng.choice(names), "emoji_name": "+1", "create_at": now + 9}]
                left -= 1
            if rng.random() < 0.05:
                line("direct_post", {"channel_members": ["mira", post["user"] if post["user"] != "mira" else names[1]], **post})
            else:
                line("post", {"team": "club", "channel": f"channel-{rng.randrange(CHANNELS)}", **post})
