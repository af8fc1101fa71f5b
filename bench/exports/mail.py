# SPDX-License-Identifier: GPL-3.0-or-later
"""A Gmail mailbox of any size in one mbox: 40 lists, the owner's sent copies, private letters, spam; one letter in fifty has a file."""
import base64
import random
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = "sentier étang jardin réunion outil pluie dimanche carte atelier graine vélo abri récolte semis merci demain".split()


def generate(folder, records, seed=1):
    place = Path(folder) / "Takeout" / "Mail"
    place.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    begin = datetime(2016, 1, 1, tzinfo=timezone.utc)
    step = timedelta(days=3600) / max(records, 1)
    recent = {}  # the last letter of each list, so that replies have something to answer

    with open(place / "All mail Including Spam and Trash.mbox", "w", encoding="utf-8", newline="\n") as out:
        for i in range(records):
            at = begin + step * i
            group = rng.randrange(40)
            mine, private, spam = rng.random() < 0.03, rng.random() < 0.1, rng.random() < 0.05
            person = rng.randrange(5000)
            author = "Noor Voorbeeld <noor@example.org>" if mine else f"Personne {person} <p{person}@example.net>"
            labels = "Spam" if spam else "Sent" if mine else "Inbox"
            to = f"p{person}@example.net" if private and mine else "noor@example.org" if private else f"list{group}@lists.example.org"
            out.write(f"From {i}@xxx {at:%a %b %d %H:%M:%S} +0000 {at.year}\nX-GM-THRID: {i}\nX-Gmail-Labels: {labels}\n")
            if not private and not mine and not spam:
                out.write(f"List-Id: Liste {group} <list{group}.lists.example.org>\nList-Post: <mailto:list{group}@lists.example.org>\n")
            out.write(f"From: {author}\nTo: {to}\nDate: {format_datetime(at)}\nMessage-ID: <m{i}@example.net>\n")
            answers = group in recent and rng.random() < 0.6
            if answers:
                out.write(f"In-Reply-To: <m{recent[group]}@example.net>\n")
            out.write(f"Subject: {'Re: ' if answers else ''}[list{group}] {rng.choice(WORDS)} {rng.choice(WORDS)}\n")
            recent[group] = i
            text = "".join(" ".join(rng.choices(WORDS, k=10)) + "\n" for _ in range(rng.randrange(1, 6)))
            if rng.random() < 0.02:
                data = base64.encodebytes(rng.randbytes(20_000)).decode()
                out.write("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
                          f"{text}\n--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{data}--b--\n\n")
            else:
                quoted = "".join(f"> {line}\n" for line in text.splitlines()[:2]) if answers else ""
                out.write(f"Content-Type: text/plain; charset=utf-8\n\n{quoted}{text}\n")
