# SPDX-License-Identifier: GPL-3.0-or-later
"""An X archive of any size: posts in communities, conversations of several and of two."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

ME = "1400000000000000001"
START = datetime(2018, 1, 1, tzinfo=timezone.utc)


def iso(number):
    return (START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S.120Z")


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    data = Path(folder) / "data"
    data.mkdir(parents=True, exist_ok=True)

    def write(name, items, part=0):
        with open(data / f"{name}{f'-part{part}' if part else ''}.js", "w", encoding="utf-8") as file:
            file.write(f"window.YTD.{name.replace('-', '_')}.part{part} = [")
            for index, item in enumerate(items):
                file.write((",\n" if index else "\n") + item)
            file.write("\n]")

    def posts(count):
        for i in range(count):
            tweet = {"id_str": str(1_600_000_000_000_000_000 + i), "community_id_str": str(1_500_000_000_000_000_000 + rng.randrange(80)),
                     "created_at": (START + timedelta(minutes=20 * i % 4_000_000)).strftime("%a %b %d %H:%M:%S +0000 %Y"),
                     "full_text": f"Merci &amp; bravo pour le semis {i}", "lang": "fr"}
            if rng.random() < 0.4:
                tweet["in_reply_to_status_id_str"] = str(1_600_000_000_000_000_000 + rng.randrange(i + 1))
            yield json.dumps({"tweet": tweet}, ensure_ascii=False)

    def conversations(count, number, direct):
        """One conversation after another, message by message: a long one is never held as a whole."""
        for c in range(number):
            other = str(222_000_000 + c)
            name = f"{other}-{ME}" if direct else str(1_700_000_000_000_000_000 + c)
            share = count // number + (1 if c < count % number else 0)
            head = f'{{"dmConversation": {{"conversationId": "{name}", "messages": ['
            for i in range(share):
                sender = rng.choice([ME, other] if direct else [ME, other, str(222_000_000 + rng.randrange(500))])
                message = {"id": str(1_800_000_000_000_000_000 + c * 10_000_000 + i), "senderId": sender, "text": f"Un mot {i}", "createdAt": iso(4_000_000 - i),
                           "mediaUrls": [], "urls": [], "reactions": []}
                line = json.dumps({"messageCreate": message}, ensure_ascii=False)
                yield (head if i == 0 else "") + line + ("]}}" if i == share - 1 else "")

    card = {"userInfo": {"accountId": ME, "userName": "plume_verte", "displayName": "Isabelle Morel"},
            "archiveInfo": {"generationDate": "2026-10-30T05:46:38.082Z", "isPartialArchive": False}, "dataTypes": {}}
    (data / "manifest.js").write_text("window.__THAR_CONFIG = " + json.dumps(card), encoding="utf-8")
    third = records // 3
    write("community-tweet", posts(third))
    write("direct-messages-group", conversations(third, max(1, min(40, third // 5)), False))
    rest = records - 2 * third
    write("direct-messages", conversations(rest, max(1, min(300, rest // 5)), True))
