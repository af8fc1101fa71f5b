# SPDX-License-Identifier: GPL-3.0-or-later
"""A Discourse archive of that many records: half posts, the rest likes and days of reading."""
import datetime
import pathlib
import random

WORDS = "hive frame queen swarm hedge oak allotment spring honey smoke box comb wax bloom rain".split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    start = datetime.datetime(2013, 2, 1)
    root = pathlib.Path(folder) / "user_archive-mira-261101-080000-9"
    root.mkdir(parents=True, exist_ok=True)
    posts, visits = records // 2, min(records // 10, 4900)

    def moment(i, of):
        return start + datetime.timedelta(seconds=i * 430_000_000 // max(of, 1))

    with open(root / "user_archive.csv", "w", encoding="utf-8") as out:
        out.write("topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at\n")
        for i in range(posts):
            text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 60)))
            topic, number = i // 4 + 1, rng.randrange(1, 9) * 10 + i % 4
            private = rng.random() < 0.02
            category = "-" if private else f"Section {topic % 7}|Room {topic % 31}"
            out.write(f'Topic {topic},{category},{"Yes" if private else "No"},"{text}","<p>{text}</p>",0,0,https://forum.example/t/topic/{topic}/{number},{moment(i, posts):%Y-%m-%dT%H:%M:%S}.000Z\n')
    with open(root / "likes.csv", "w", encoding="utf-8") as out:
        out.write("id,post_id,topic_id,post_number,created_at,updated_at,deleted_at,deleted_by\n")
        likes = records - posts - visits
        for i in range(likes):
            at = f"{moment(i, likes):%Y-%m-%d %H:%M:%S} UTC"
            out.write(f"{i + 1},{i + 100},{rng.randrange(1, posts + 2)},{rng.randrange(1, 40)},{at},{at},,\n")
    with open(root / "visits.csv", "w", encoding="utf-8") as out:
        out.write("visited_at,posts_read,mobile,time_read\n")
        for i in range(visits):
            out.write(f"{start.date() + datetime.timedelta(days=i)},{rng.randrange(40)},false,{rng.randrange(3000)}\n")
    (root / "preferences.json").write_text('{"user":{"id":41,"username":"mira","name":"Mira Example","groups":[]}}', encoding="utf-8")
