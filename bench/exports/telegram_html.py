# SPDX-License-Identifier: GPL-3.0-or-later
"""A Telegram account exported as pages, of any size: 60 groups, 10 channels and 30 conversations of two, 1,000 messages a page."""
import random
from datetime import datetime, timedelta
from pathlib import Path

WORDS = "bonjour le four monte merci demain atelier terre glaçure who has a kiln near Namur see you there".split()
PEOPLE = ["Zoé Exemple"] + [f"Person {i}" for i in range(300)]
START = ('<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n  <title>Exported Data</title>\n\n </head>\n\n'
         ' <body onload="CheckLocation();">\n\n  <div class="page_wrap">\n')
END = "\n  </div>\n\n </body>\n\n</html>\n"


def write(path, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(START + body + END, encoding="utf-8")


def message(number, at, name, text, reply):
    head = f'<div class="from_name">\n{name} \n       </div>\n' if name else ""
    answer = (f'<div class="reply_to details">\nIn reply to <a href="#go_to_message{reply}" onclick="return GoToMessage({reply})">'
              'this message</a>\n       </div>\n') if reply else ""
    return (f'     <div class="message default clearfix{"" if name else " joined"}" id="message{number}">\n\n      <div class="body">\n\n'
            f'       <div class="pull_right date details" title="{at:%d.%m.%Y %H:%M:%S} UTC+01:00">\n{at:%H:%M}\n       </div>\n\n'
            f'       {head}{answer}<div class="text">\n{text}\n       </div>\n\n      </div>\n\n     </div>\n\n')


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "DataExport_2026-11-01"
    rows = "".join(f'<div class="row">\n<div class="label details">\n{label}\n</div>\n<div class="value bold">\n{value}\n</div>\n</div>\n'
                   for label, value in [("First name", "Zoé"), ("Last name", "Exemple"), ("Username", "@zoe")])
    write(root / "export_results.html",
          f'<div class="page_body">\n<div class="personal_info clearfix">\n<div class="rows names">\n{rows}</div>\n</div>\n</div>')
    chats = [(f"Group {i}", "group") for i in range(60)] + [(f"Channel {i}", "channel") for i in range(10)]
    chats += [(PEOPLE[i + 1], "private") for i in range(30)]
    entries = ""
    for i, (name, kind) in enumerate(chats):
        count = records // len(chats) + (1 if i < records % len(chats) else 0)
        entries += (f'<a class="entry block_link clearfix" href="../chats/chat_{i + 1:03}/messages.html#allow_back">\n<div class="body">\n'
                    f'<div class="pull_right info details">\n{kind}\n</div>\n<div class="name bold">\n{name} \n</div>\n'
                    f'<div class="details_entry details">\n{count} messages\n</div>\n</div>\n</a>\n')
        place = root / "chats" / f"chat_{i + 1:03}"
        place.mkdir(parents=True, exist_ok=True)
        at = datetime(2019, 1, 1) + timedelta(days=rng.randrange(1000))
        for page in range(max(1, (count + 999) // 1000)):
            path = place / ("messages.html" if page == 0 else f"messages{page + 1}.html")
            with path.open("w", encoding="utf-8") as out:
                out.write(START + f'<div class="page_header">\n<div class="content">\n<div class="text bold">\n{name} \n</div>\n</div>\n'
                          '</div>\n<div class="page_body chat_page">\n<div class="history">\n')
                day = before = None
                for number in range(page * 1000 + 1, min(count, (page + 1) * 1000) + 1):
                    at += timedelta(seconds=rng.randrange(5, 4000))
                    if day != at.date():
                        day, before = at.date(), None
                        out.write(f'     <div class="message service" id="message-{number}">\n\n      <div class="body details">\n'
                                  f'{at.day} {at:%B} {at.year}\n      </div>\n\n     </div>\n\n')
                    who = name if kind == "channel" else rng.choice(PEOPLE[:1] + [name]) if kind == "private" else rng.choice(PEOPLE)
                    reply = number - rng.randrange(1, 50) if number > 60 and rng.random() < 0.2 else 0
                    text = " ".join(rng.choices(WORDS, k=rng.randrange(1, 30)))
                    out.write(message(number, at, None if who == before else who, text, reply))
                    before = who
                out.write("</div>\n</div>" + END)
    write(root / "lists" / "chats.html", '<div class="page_body list_page">\n<div class="page_about details">\nThis page lists all chats\n'
          f'</div>\n<div class="entry_list">\n{entries}</div>\n</div>')
