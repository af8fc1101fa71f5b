# SPDX-License-Identifier: GPL-3.0-or-later
"""One Matrix room as Element exports it: 500 members, answers, reactions."""
import json
import random
from pathlib import Path

WORDS = ("bonjour le four monte merci demain atelier terre glaçure who has a "
         "kiln near Namur see you there https://example.org/p").split()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    room = "!potiers:example.org"
    head = {"room_name": "Potiers", "room_creator": "Person 0", "topic": "", "export_date": "30 October 2026",
            "exported_by": "Person 1"}
    at = 1500000000000
    with (Path(folder) / "matrix - Potiers - Chat Export - 2026-10-30T10-00-00.000Z.json").open("w", encoding="utf-8") as out:
        out.write(json.dumps(head)[:-1] + ', "messages": [\n')
        for number in range(records):
            at += rng.randrange(1_000, 300_000)
            who = number if number < 500 else rng.randrange(500)
            event = {"event_id": f"$e{number}", "room_id": room, "sender": f"@person{who}:example.org", "origin_server_ts": at}
            if number < 500:
                event.update(type="m.room.member", state_key=event["sender"],
                             content={"membership": "join", "displayname": f"Person {who}"})
            elif rng.random() < 0.1:
                relation = {"rel_type": "m.annotation", "event_id": f"$e{number - 1}", "key": "🔥"}
                event.update(type="m.reaction", content={"m.relates_to": relation})
            else:
                content = {"msgtype": "m.text", "body": " ".join(rng.choices(WORDS, k=rng.randrange(1, 30)))}
                if rng.random() < 0.2:
                    content["m.relates_to"] = {"m.in_reply_to": {"event_id": f"$e{number - rng.randrange(1, 20)}"}}
                event.update(type="m.room.message", content=content)
            out.write((",\n" if number else "") + json.dumps(event, ensure_ascii=False))
        out.write("\n]}")
