# SPDX-License-Identifier: GPL-3.0-or-later
"""Channels of one server as DiscordChatExporter saves them: 20 files, 2,000 people, answers, reactions and mentions."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = ("bonjour le four monte merci demain atelier terre glaçure who has a "
         "kiln near Namur see you there https://example.org/p").split()


def user(number):
    return {"id": str(300000000000000000 + number), "name": f"person{number}", "discriminator": "0000",
            "nickname": f"Person {number}", "isBot": number == 7}


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    channels = 20
    for i in range(channels):
        channel = 500000000000000000 + i
        head = {"guild": {"id": "400000000000000001", "name": "Potiers"},
                "channel": {"id": str(channel), "type": "GuildTextChat", "category": "Salons", "name": f"salon-{i}"},
                "dateRange": {"after": None, "before": None}, "exportedAt": "2026-10-30T09:00:00+00:00"}
        count = records // channels + (1 if i < records % channels else 0)
        at = datetime(2024, 1, 1, tzinfo=timezone.utc)
        with (root / f"Potiers - Salons - salon-{i} [{channel}].json").open("w", encoding="utf-8") as out:
            out.write(json.dumps(head)[:-1] + ', "messages": [\n')
            for number in range(count):
                at += timedelta(seconds=rng.randrange(1, 300))
                ident = 1100000000000000000 + i * 10**12 + number
                message = {"id": str(ident), "type": "Default", "timestamp": at.isoformat(), "timestampEdited": None,
                           "content": " ".join(rng.choices(WORDS, k=rng.randrange(1, 30))), "author": user(rng.randrange(2000)),
                           "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}
                if number and rng.random() < 0.2:
                    message["type"] = "Reply"
                    parent = ident - rng.randrange(1, min(number, 20) + 1)
                    message["reference"] = {"messageId": str(parent), "channelId": str(channel)}
                if rng.random() < 0.05:
                    message["reactions"] = [{"emoji": {"id": "", "name": "🔥"}, "count": 1, "users": [user(rng.randrange(2000))]}]
                out.write((",\n" if number else "") + json.dumps(message, ensure_ascii=False))
            out.write(f'\n], "messageCount": {count}}}')
