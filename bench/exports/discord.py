# SPDX-License-Identifier: GPL-3.0-or-later
"""A Discord data package of any size: 200 channels in 40 servers, and conversations of two."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = ("bonjour le four monte merci demain atelier terre glaçure who has a "
         "kiln near Namur see you there https://example.org/p").split()
EPOCH = datetime(2015, 1, 1, tzinfo=timezone.utc)


def snowflake(at, number):
    return (int((at - EPOCH).total_seconds() * 1000) << 22) + number


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "package"
    me = "200000000000000001"
    servers = {str(400000000000000000 + i): f"Server {i}" for i in range(40)}
    channels, labels = [], {}
    for i in range(200):
        channel = str(500000000000000000 + i)
        if i % 10 == 9:
            head = {"id": channel, "type": "DM", "recipients": [me, str(300000000000000000 + i)]}
            labels[channel] = f"Direct Message with person{i}#0"
        else:
            server = str(400000000000000000 + i % 40)
            head = {"id": channel, "type": "GUILD_TEXT", "name": f"channel-{i}", "guild": {"id": server, "name": servers[server]}}
            labels[channel] = f"channel-{i} in {servers[server]}"
        channels.append(head)
    for path, content in [("Account/user.json", {"id": me, "username": "zoe", "global_name": "Zoé Exemple", "relationships": []}),
                          ("Messages/index.json", labels), ("Servers/index.json", servers)]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    for i, head in enumerate(channels):
        place = root / "Messages" / ("c" + head["id"])
        place.mkdir(parents=True, exist_ok=True)
        (place / "channel.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        count = records // len(channels) + (1 if i < records % len(channels) else 0)
        at = datetime(2026, 10, 1, tzinfo=timezone.utc)
        with (place / "messages.json").open("w", encoding="utf-8") as out:
            out.write("[")
            for number in range(count):
                at -= timedelta(seconds=rng.randrange(60, 6000))
                text = " ".join(rng.choices(WORDS, k=rng.randrange(1, 30)))
                row = {"ID": snowflake(at, number % 4096), "Timestamp": at.strftime("%Y-%m-%d %H:%M:%S"),
                       "Contents": text, "Attachments": ""}
                out.write((",\n" if number else "") + json.dumps(row, ensure_ascii=False))
            out.write("]")
