# SPDX-License-Identifier: GPL-3.0-or-later
"""A VK archive of any size: 150 communities, comments, likes, and threads of 50 messages a page, in windows-1251."""
import random
from datetime import datetime, timedelta
from pathlib import Path

WORDS = "привет печь глина завтра спасибо мастерская вечером субботу кто придёт где купить хорошо мир".split()
MONTHS = "янв фев мар апр мая июн июл авг сен окт ноя дек".split()
START = ('<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="content-type" content="text/html; charset=windows-1251">\n'
         '<meta name="jd" content="eyJ1c2VyX2lkIjo0MX0=">\n</head>\n<body>\n<div class="wrap">\n')
END = "</div>\n</body>\n</html>\n"
ME = "Вы"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "Archive"
    clock = lambda at: f"{at.day} {MONTHS[at.month - 1]} {at.year} в {at:%H:%M:%S}"
    text = lambda: " ".join(rng.choices(WORDS, k=rng.randrange(1, 30)))
    item = lambda inner: f'<div class="item">\n{inner}</div>\n'
    link = lambda address, name: f'<a href="{address}">{name}</a>'

    def write(path, rows):
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="windows-1251") as out:
            out.write(START)
            for row in rows:
                out.write(row)
            out.write(END)

    def pages(section, count, row):
        for begin in range(0, count, 50):
            write(f"{section}{begin}.html", (row(i) for i in range(begin, min(count, begin + 50))))

    write("profile/page-info.html", [item('<div class="item__tertiary">Полное имя</div>\n<div>Зоя Примерова</div>\n')])
    pages("profile/subscriptions", 150,
          lambda i: item(f"<div class='item__main'>{link(f'https://vk.com/club{7000 + i}', f'Сообщество {i}')}</div>\n"))
    comments, likes = records // 5, records // 5
    at = datetime(2016, 1, 1)
    moment = lambda: at + timedelta(seconds=rng.randrange(330_000_000))

    def comment(i):
        address = f"https://vk.com/wall-{7000 + rng.randrange(150)}_{rng.randrange(9999)}?reply={i + 1}"
        return item(f"<div class='item__main'>{text()}</div>\n<div class='item__main'>{link(address, address)}</div>\n"
                    f'<div class="item__tertiary">{clock(moment())}</div>\n')

    pages("comments/comments", comments, comment)
    pages("likes/wall", likes, lambda i: item(f"<div class='item__main'>{link(f'https://vk.com/wall-{7000 + i % 150}_{i}', 'запись')}</div>\n"))
    threads = [2_000_000_000 + i for i in range(1, 31)] + [1000 + i for i in range(70)]
    write("messages/index-messages.html",
          (item(f'<div class="message-peer--id">\n{link(f"{peer}/messages0.html", f"Беседа {peer}")}</div>\n') for peer in threads))
    left = max(0, records - comments - likes - 150)
    for number, peer in enumerate(threads):
        here = left // len(threads) + (1 if number < left % len(threads) else 0)
        start = moment()

        def message(i, peer=peer, start=start):
            other = peer if peer < 2_000_000_000 else 1000 + rng.randrange(40)
            who = ME if rng.random() < 0.3 else link(f"https://vk.com/id{other}", f"Человек {other}")
            return item(f'<div class="message" data-id="{peer % 1_000_000 * 100_000 + i}">\n<div class="message__header">{who}, '
                        f'{clock(start - timedelta(minutes=i))}</div>\n<div>{text()}<div class="kludges"></div></div>\n</div>\n')

        pages(f"messages/{peer}/messages", here, message)
