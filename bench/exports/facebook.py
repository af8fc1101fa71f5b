# SPDX-License-Identifier: GPL-3.0-or-later
"""A Facebook export as JSON: posts and comments in 40 groups, group chats in files of 10,000 messages, mojibake as Facebook writes it."""
import json
import random
from pathlib import Path

WORDS = "répétition chorale jeudi où vélo merci déjà là vide-grenier demain who comes on Sunday spare bike lights https://example.org/p".split()
ME = "Zoé Exemple"
PER_FILE = 10_000


def mojibake(text):
    return text.encode().decode("latin-1")


class List:
    """One JSON array under a name, written element by element."""

    def __init__(self, path, name):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("w", encoding="utf-8")
        self.file.write(f'{{"{name}":[')
        self.count = 0

    def add(self, value):
        self.file.write((",\n" if self.count else "\n") + json.dumps(value))
        self.count += 1

    def close(self, rest=""):
        self.file.write("\n]" + rest + "}\n")
        self.file.close()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "facebook-zoe-2026-09-20"
    about = root / "personal_information" / "profile_information" / "profile_information.json"
    about.parent.mkdir(parents=True)
    about.write_text(json.dumps({"profile_v2": {"name": {"full_name": mojibake(ME)}}}))
    groups = root / "your_facebook_activity" / "groups"
    at = 1_789_000_000

    def text():
        return mojibake(" ".join(rng.choices(WORDS, k=rng.randrange(1, 25))))

    joined = List(groups / "your_group_membership_activity.json", "groups_joined_v2")
    for group in range(40):
        joined.add({"timestamp": 1_400_000_000 + group, "data": [{"name": f"Group {group}"}], "title": mojibake(f"{ME} became a member of Group {group}.")})
    joined.close()
    posts = List(groups / "group_posts_and_comments.json", "group_posts_v2")
    comments = List(groups / "your_comments_in_groups.json", "group_comments_v2")
    written = records // 2
    for i in range(written):
        at -= rng.randrange(60, 1500)
        group = rng.randrange(40)
        if rng.random() < 0.4:
            posts.add({"timestamp": at, "data": [{"post": text()}], "title": mojibake(f"{ME} posted in Group {group}.")})
        else:
            comments.add({"timestamp": at, "data": [{"comment": {"timestamp": at, "comment": text(), "author": mojibake(ME), "group": f"Group {group}"}}],
                          "title": mojibake(f"{ME} commented on Person {i % 300}'s post.")})
    posts.close()
    comments.close()
    threads = 20
    for thread in range(threads):
        people = [ME] + [f"Person {thread} {n}" for n in range(3 + thread)]
        place = root / "your_facebook_activity" / "messages" / "inbox" / f"chat{thread}_{1000 + thread}"
        left = (records - written) // threads
        number, moment = 1, 1_788_000_000_000
        while left > 0:
            size = min(PER_FILE, left)
            messages = List(place / f"message_{number}.json", "messages")
            for _ in range(size):
                moment -= rng.randrange(1_000, 4_000_000)
                messages.add({"sender_name": mojibake(rng.choice(people)), "timestamp_ms": moment, "content": text(), "is_geoblocked_for_viewer": False})
            messages.close(f', "participants": {json.dumps([{"name": mojibake(p)} for p in people])}, "title": "Chat {thread}", "is_still_participant": true, '
                           f'"thread_path": "inbox/chat{thread}_{1000 + thread}"')
            left -= size
            number += 1
