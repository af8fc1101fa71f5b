# SPDX-License-Identifier: GPL-3.0-or-later
"""A Google calendar that gives that many meetings: single ones, weekly series, and one exception a series."""
import datetime
import pathlib
import random

STAMP = "DTSTAMP:20261101T080000Z"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    first = datetime.datetime(2012, 1, 2, 9)
    minutes = (datetime.datetime(2026, 9, 1) - first).days * 24 * 60

    def event(out, uid, begin, more=""):
        guests = "".join(f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Person {p}:mailto:p{p}@work.example\r\n" for p in rng.sample(range(2000), 3))
        out.write(f"BEGIN:VEVENT\r\nUID:{uid}@google.example\r\n{STAMP}\r\nDTSTART;TZID=Europe/Paris:{begin:%Y%m%dT%H%M00}\r\nDURATION:PT1H\r\n{more}")
        out.write(f"ORGANIZER:mailto:mira@mail.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:mira@mail.example\r\n{guests}SUMMARY:Meeting {uid}\r\nLOCATION:Room {rng.randrange(9)}\r\nEND:VEVENT\r\n")

    with open(pathlib.Path(folder) / "mira@mail.example.ics", "w", encoding="utf-8", newline="") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:mira@mail.example\r\nX-WR-TIMEZONE:Europe/Paris\r\n")
        done = number = 0
        while done < records:
            number += 1
            begin = first + datetime.timedelta(minutes=rng.randrange(0, minutes, 30))
            if number % 5 or records - done < 10:
                event(out, number, begin)
                done += 1
                continue
            event(out, number, begin, "RRULE:FREQ=WEEKLY;COUNT=8\r\n")
            moved = begin + datetime.timedelta(weeks=2)
            event(out, number, moved + datetime.timedelta(days=1), f"RECURRENCE-ID;TZID=Europe/Paris:{moved:%Y%m%dT%H%M00}\r\n")
            done += 8
        out.write("END:VCALENDAR\r\n")
