# SPDX-License-Identifier: GPL-3.0-or-later
"""A Stack Exchange dump of that many posts, comments and votes, with a thousand users; user 12 is me."""
import pathlib
import random
from xml.sax.saxutils import quoteattr

ME = "Mira Example"  # a dump does not say who downloaded it
WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    base = pathlib.Path(folder) / "beekeeping.stackexchange.com"
    base.mkdir(parents=True, exist_ok=True)
    date = lambda i, n: f"{2010 + i * 16 // n:04}-{i % 10 + 1:02}-{i % 28 + 1:02}T{i % 24:02}:{i % 60:02}:00.480"
    text = lambda: " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 60)))
    owner = lambda: 12 if rng.random() < 0.05 else rng.randint(13, 999)

    def write(name, rows):
        with open(base / f"{name}.xml", "w", encoding="utf-8") as out:
            out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<{name.lower()}>\n')
            for row in rows:
                out.write("  <row " + " ".join(f"{key}={quoteattr(str(value))}" for key, value in row) + " />\n")
            out.write(f"</{name.lower()}>\n")

    posts, comments = records // 4, records // 2
    write("Users", ([("Id", i), ("Reputation", 5), ("CreationDate", "2010-01-05T08:00:00.000"), ("DisplayName", "Mira Example" if i == 12 else f"User {i}"),
                     ("LastAccessDate", "2026-10-01T08:00:00.000"), ("AccountId", 5000 + i)] for i in range(1, 1000)))
    write("Posts", ([("Id", i), ("PostTypeId", 1 if i % 3 == 1 else 2)] + ([("Title", text())] if i % 3 == 1 else [("ParentId", i - (i - 1) % 3)]) +
                    [("CreationDate", date(i, posts)), ("Body", f"<p>{text()}</p>"), ("OwnerUserId", owner())] for i in range(1, posts + 1)))
    write("Comments", ([("Id", i), ("PostId", rng.randint(1, max(posts, 1))), ("Text", text()), ("CreationDate", date(i, comments)), ("UserId", owner())]
                       for i in range(1, comments + 1)))
    votes = records - posts - comments
    write("Votes", ([("Id", i), ("PostId", rng.randint(1, max(posts, 1))), ("VoteTypeId", 5), ("UserId", owner()), ("CreationDate", date(i, votes)[:10] + "T00:00:00.000")]
                    for i in range(1, votes)))
