# SPDX-License-Identifier: GPL-3.0-or-later
"""A Mastodon archive of that many records: posts, some of them to groups, boosts, and a tenth likes."""
import datetime
import json
import pathlib
import random

WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ME = "https://mastodon.example/users/mira"


def item(rng, i, records):
    published = f"{datetime.datetime(2017, 1, 1) + datetime.timedelta(seconds=i * 300_000_000 // max(records, 1)):%Y-%m-%dT%H:%M:%SZ}"
    activity = {"id": f"{ME}/statuses/{i}/activity", "type": "Create", "actor": ME, "published": published, "to": [PUBLIC], "cc": [ME + "/followers"]}
    if i % 5 == 0:
        return activity | {"type": "Announce", "object": f"https://bees.example/users/omar/statuses/{i}"}
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 60)))
    note = {"id": f"{ME}/statuses/{i}", "type": "Note", "inReplyTo": None, "published": published, "attributedTo": ME, "to": activity["to"], "cc": activity["cc"],
            "content": f"<p>{text}</p>", "attachment": [], "tag": []}
    if i % 3 == 0:
        group = f"https://lemmy.example/c/group{rng.randrange(60)}"
        note["cc"] = note["cc"] + [group]
        note["tag"] = [{"type": "Mention", "href": group, "name": f"@{group.rsplit('/', 1)[1]}@lemmy.example"}]
    return activity | {"object": note}


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = pathlib.Path(folder) / "archive-20261101080000-0123456789abcdef"
    root.mkdir(parents=True, exist_ok=True)
    likes = records // 10
    with open(root / "outbox.json", "w", encoding="utf-8") as out:
        out.write('{"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#"}],"id":"outbox.json","type":"OrderedCollection","orderedItems":[')
        for i in range(1, records - likes + 1):
            out.write(("," if i > 1 else "") + json.dumps(item(rng, i, records), separators=(",", ":")))
        out.write("]}")
    with open(root / "likes.json", "w", encoding="utf-8") as out:
        out.write('{"id":"likes.json","type":"OrderedCollection","orderedItems":[')
        for i in range(likes):
            out.write(("," if i else "") + f'"https://bees.example/users/omar/statuses/{i}"')
        out.write("]}")
    (root / "actor.json").write_text(json.dumps({"id": ME, "type": "Person", "preferredUsername": "mira", "name": "Mira Example"}), encoding="utf-8")
