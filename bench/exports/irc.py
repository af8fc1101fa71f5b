# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs of irssi, any number of lines: 20 channels, one file each, a session a week, arrivals and departures among the lines."""
import random
from datetime import datetime, timedelta
from pathlib import Path

WORDS = "kernel jardin patch pluie merci build velo lien demain question reponse disque carte python cafe".split()


def generate(folder, records, seed=1):
    folder = Path(folder) / "irclogs" / "oftc"
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    channels = 20
    per_channel = -(-records // channels)
    written = 0
    for number in range(channels):
        at = datetime(2010, 1, 1, 8)
        step = timedelta(days=5000) / max(per_channel, 1)
        day = None
        with open(folder / f"#bench{number}.log", "w", encoding="utf-8", newline="\n") as out:
            for i in range(min(per_channel, records - written)):
                at += step
                if day is None or i % 5000 == 0:
                    out.write(f"--- Log opened {at:%a %b %d %H:%M:%S %Y}\n{at:%H:%M} -!- noor [noor@host.example] has joined #bench{number}\n")
                elif at.date() != day:
                    out.write(f"--- Day changed {at:%a %b %d %Y}\n")
                day = at.date()
                nick = "noor" if rng.random() < 0.03 else f"p{rng.randrange(500)}"
                kind = rng.random()
                if kind < 0.05:
                    out.write(f"{at:%H:%M} -!- {nick} [{nick}@host.example] has {rng.choice(['joined', 'left'])} #bench{number}\n")
                elif kind < 0.1:
                    out.write(f"{at:%H:%M}  * {nick} {' '.join(rng.choices(WORDS, k=4))}\n")
                else:
                    to = f"p{rng.randrange(500)}: " if rng.random() < 0.3 else ""
                    out.write(f"{at:%H:%M} < {nick}> {to}{' '.join(rng.choices(WORDS, k=10))}\n")
                written += 1
