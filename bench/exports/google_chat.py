# SPDX-License-Identifier: GPL-3.0-or-later
"""Google Chat in a Takeout of any size: spaces and chats of two, dates in French prose."""
import json
import random
from pathlib import Path

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


def person(number):
    name = "Isabelle Morel" if number == 0 else f"Voisine {number}"
    return {"name": name, "email": f"personne{number}@example.org", "user_type": "Human"}


def date(number):
    minute = number % 60
    hour = number // 60 % 24
    day = number // 1440 % 28
    month = number // 40320 % 12
    return f"{DAYS[number % 7]} {day + 1} {MONTHS[month]} {2016 + number // 483840 % 10} à {hour:02}:{minute:02}:00 UTC"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "Takeout" / "Google Chat"
    count = max(1, min(60, records // 50))
    names = [f"{'Space' if i % 4 else 'DM'} {'AAQA' if i % 4 else 'bcD'}{i:03}" for i in range(count)]
    user = root / "Users" / "User 1"
    user.mkdir(parents=True, exist_ok=True)
    listed = [{"group_id": name, "membership_state": "MEMBER_JOINED"} for name in names]
    (user / "user_info.json").write_text(json.dumps({"user": person(0), "membership_info": listed}, ensure_ascii=False), encoding="utf-8")
    for index, name in enumerate(names):
        place = root / "Groups" / name
        place.mkdir(parents=True, exist_ok=True)
        people = [0] + [1 + rng.randrange(400) for _ in range(1 if name.startswith("DM") else 25)]
        info = {"members": [person(number) for number in people]}
        if name.startswith("Space"):
            info["name"] = f"Atelier {index}"
        (place / "group_info.json").write_text(json.dumps(info, ensure_ascii=False), encoding="utf-8")
        share = records // count + (1 if index < records % count else 0)
        with open(place / "messages.json", "w", encoding="utf-8") as file:
            file.write('{"messages": [')
            for i in range(share):
                topic = f"t{i - i % 3}"
                message = {"creator": person(rng.choice(people)), "created_date": date(i * 7), "text": f"Voici le message {i}, merci à tous",
                           "topic_id": topic, "message_id": f"{name.split()[1]}/{topic}/{topic if i % 3 == 0 else f'm{i}'}"}
                file.write((",\n" if i else "\n") + json.dumps(message, ensure_ascii=False))
            file.write("\n]}\n")
