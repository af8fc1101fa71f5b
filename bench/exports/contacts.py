# SPDX-License-Identifier: GPL-3.0-or-later
"""An address book of that many vCards, as Google exports it, with a picture on every tenth."""
import pathlib
import random

FIRST = "Anna Baptiste Carla David Elsa Farid Gita Hugo Inès Jules Karim Lena Mira Noé Olga Paul".split()
LAST = "Dubois Peeters Lefèvre Martin Moreau Janssens Garcia Bernard Petit Durand".split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    picture = "\r\n ".join("A" * 74 for _ in range(40))
    with open(pathlib.Path(folder) / "contacts_2026-11-01.vcf", "w", encoding="utf-8", newline="") as out:
        for i in range(records):
            first, last = rng.choice(FIRST), rng.choice(LAST)
            out.write(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{first} {last} {i}\r\nN:{last};{first};;;\r\n")
            out.write(f"EMAIL;TYPE=INTERNET;TYPE=WORK:p{i}@firm{rng.randrange(400)}.example\r\nTEL;TYPE=CELL:+32460{i:06}\r\n")
            out.write(f"ORG:Firm {rng.randrange(400)}\r\nTITLE:Engineer\r\n")
            if i % 10 == 0:
                out.write(f"PHOTO;ENCODING=b;TYPE=JPEG:{picture}\r\n")
            out.write("END:VCARD\r\n")
