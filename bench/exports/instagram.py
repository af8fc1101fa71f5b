# SPDX-License-Identifier: GPL-3.0-or-later
"""Group conversations of an Instagram export: 40 of them, files of 10,000 messages, mojibake, reactions."""
import json
import random
from pathlib import Path

WORDS = ("bonjour photo dimanche forêt qui vient demain déjà là merci who has a "
         "spare lens see you there https://example.org/p").split()
PER_FILE = 10_000


def mojibake(text):
    return text.encode().decode("latin-1")


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder)
    profile = root / "personal_information" / "personal_information" / "personal_information.json"
    profile.parent.mkdir(parents=True, exist_ok=True)
    about = {"Username": {"value": "zoe.ex"}, "Name": {"value": mojibake("Zoé Exemple")}}
    profile.write_text(json.dumps({"profile_user": [{"string_map_data": about}]}))
    threads = 40
    for i in range(threads):
        people = ["Zoé Exemple"] + [f"Person {i} {n}" for n in range(3 + i % 20)]
        place = root / "your_instagram_activity" / "messages" / "inbox" / f"crew{i}_{17850000000000000 + i}"
        place.mkdir(parents=True, exist_ok=True)
        count = records // threads + (1 if i < records % threads else 0)
        at = 1790000000000
        written, number = 0, 1
        while written < count:
            size = min(PER_FILE, count - written)
            with (place / f"message_{number}.json").open("w", encoding="utf-8") as out:
                out.write(json.dumps({"participants": [{"name": mojibake(p)} for p in people]})[:-1] + ', "messages": [\n')
                for k in range(size):
                    at -= rng.randrange(1_000, 4_000_000)
                    message = {"sender_name": mojibake(rng.choice(people)), "timestamp_ms": at,
                               "content": mojibake(" ".join(rng.choices(WORDS, k=rng.randrange(1, 20))))}
                    if rng.random() < 0.1:
                        message["reactions"] = [{"reaction": mojibake("❤"), "actor": mojibake(rng.choice(people))}]
                    out.write((",\n" if k else "") + json.dumps(message))
                out.write(f'\n], "title": "Crew {i}", "is_still_participant": true}}')
            written += size
            number += 1
