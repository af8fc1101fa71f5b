# SPDX-License-Identifier: GPL-3.0-or-later
"""YouTube in a Takeout of any size: many comments, at most a few hundred channels."""
import csv
import json
import random
from pathlib import Path

HEADER = ["Channel ID", "Comment Create Timestamp", "Price", "Comment ID", "Parent Comment ID", "Video ID", "Comment Text"]


def date(number):
    day, minute = divmod(number * 11, 1440)
    month, day = divmod(day, 28)
    year, month = divmod(month, 12)
    return f"{2008 + year % 18:04}-{month + 1:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02}:00.125+00:00"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "Takeout" / "YouTube et YouTube\u00a0Music"
    channels = min(300, records // 4)
    for name in ("abonnements", "commentaires"):
        (root / name).mkdir(parents=True, exist_ok=True)
    with open(root / "abonnements" / "abonnements.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["ID des chaînes", "URL des chaînes", "Titres des chaînes"])
        for i in range(channels):
            out.writerow([f"UCexemple{i:015}", f"http://www.youtube.com/channel/UCexemple{i:015}", f"Chaîne {i}"])
    with open(root / "commentaires" / "commentaires.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(HEADER)
        for i in range(records - channels):
            comment = f"Ugw{i:020}AaABAg"
            parent = comment if rng.random() < 0.3 else ""
            text = json.dumps({"text": f"Merci pour la leçon {i}"}, ensure_ascii=False) + ',{"text":"\\n"},{"text":"à bientôt"}'
            out.writerow(["UCmoi0000000000000000001", date(i), 0, parent + ".9zY" if parent else comment, parent, f"video{rng.randrange(10 ** 6):06}", text])
