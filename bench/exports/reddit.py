# SPDX-License-Identifier: GPL-3.0-or-later
"""A Reddit data request of any size: votes in pieces of 100,000 rows, comments, posts, private messages."""
import csv
import random
from pathlib import Path


def date(number):
    day, hour = divmod(number, 24)
    month, day = divmod(day, 28)
    year, month = divmod(month, 12)
    return f"{2010 + year % 16:04}-{month + 1:02}-{day + 1:02} {hour:02}:{number % 60:02}:00 UTC"


def generate(folder, records, seed=1):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    subreddits = [f"village_{i}" for i in range(200)]

    def table(name, header, rows):
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header)
            out.writerows(rows)

    def address(subreddit, post):
        return f"https://www.reddit.com/r/{subreddit}/comments/{post}/titre/"

    def votes(first, last):
        for i in range(first, last):
            yield f"v{i:x}", address(rng.choice(subreddits), f"v{i:x}"), rng.choice(["up", "up", "up", "down"])

    def comments(count):
        for i in range(count):
            place = address(rng.choice(subreddits), f"p{i:x}")
            name = place.split("/")[4]
            parent = rng.choice([f"t3_p{i:x}", f"t1_q{i:x}"])
            yield f"c{i:x}", f"{place}c{i:x}/", date(i), "", name, 0, place, parent, f"Merci, \"essai\" numéro {i}\net la suite", ""

    def posts(count):
        for i in range(count):
            name = rng.choice(subreddits)
            yield f"s{i:x}", address(name, f"s{i:x}"), date(i), "", name, 0, f"Question {i} ?", "", f"Voici le texte {i}"

    def messages(count):
        for i in range(count):
            pair = ["plume_verte", f"voisin_{rng.randrange(300)}"]
            rng.shuffle(pair)
            yield f"m{i:x}", "", "", date(i), "", *pair, "bonjour", f"Un mot {i}"

    half, third, tenth = records // 2, records * 3 // 10, records // 10
    table("statistics", ["statistic", "value"], [["account name", "plume_verte"], ["export time", "2026-11-02 06:57:14 UTC"]])
    table("subscribed_subreddits", ["subreddit"], ([name] for name in subreddits[: min(150, records)]))
    for piece, first in enumerate(range(0, half, 100_000), 1):
        table(f"post_votes_{piece}", ["id", "permalink", "direction"], votes(first, min(half, first + 100_000)))
    table("comments", ["id", "permalink", "date", "ip", "subreddit", "gildings", "link", "parent", "body", "media"], comments(third))
    table("posts", ["id", "permalink", "date", "ip", "subreddit", "gildings", "title", "url", "body"], posts(tenth))
    table("messages", ["id", "permalink", "thread_id", "date", "ip", "from", "to", "subject", "body"], messages(records - half - third - tenth))
