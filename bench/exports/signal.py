# SPDX-License-Identifier: GPL-3.0-or-later
"""A Signal plain-text export: 30 groups of 200 people, answers and reactions."""
import base64
import json
import random
from pathlib import Path

WORDS = "bonjour dimanche qui vient merci demain carte sentier là who has a map see you there https://example.org/p".split()


def account(number):
    return base64.b64encode(number.to_bytes(16, "big")).decode()


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    people, groups = 200, 30
    at = 1600000000000
    sent = [[] for _ in range(groups)]
    with (Path(folder) / "main.jsonl").open("w", encoding="utf-8") as out:
        def line(value):
            out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")

        line({"version": "1", "backupTimeMs": "1790000000000"})
        line({"account": {"givenName": "Zoé", "familyName": "Exemple"}})
        line({"recipient": {"id": "1", "self": {}}})
        for n in range(people):
            line({"recipient": {"id": str(2 + n), "contact": {"aci": account(2 + n), "profileGivenName": f"Person {n}"}}})
        for g in range(groups):
            members = [{"userId": account(1 + n), "role": "DEFAULT"} for n in range(people + 1)]
            snapshot = {"title": {"title": f"Group {g}"}, "members": members}
            line({"recipient": {"id": str(1000 + g), "group": {"masterKey": account(10_000 + g), "snapshot": snapshot}}})
            line({"chat": {"id": str(5000 + g), "recipientId": str(1000 + g)}})
        for _ in range(records):
            at += rng.randrange(1_000, 200_000)
            g = rng.randrange(groups)
            who = rng.randrange(1, 2 + people)
            body = {"text": {"body": " ".join(rng.choices(WORDS, k=rng.randrange(1, 20)))}}
            recent = sent[g][-20:]
            if recent and rng.random() < 0.2:
                parent = rng.choice(recent)
                body["quote"] = {"targetSentTimestamp": parent[0], "authorId": parent[1]}
            if rng.random() < 0.1:
                author = str(rng.randrange(1, 2 + people))
                body["reactions"] = [{"emoji": "👍", "authorId": author, "sentTimestamp": str(at + 5000)}]
            direction = {"outgoing": {}} if who == 1 else {"incoming": {"dateReceived": str(at + 900)}}
            item = {"chatId": str(5000 + g), "authorId": str(who), "dateSent": str(at), **direction, "standardMessage": body}
            line({"chatItem": item})
            sent[g] = recent + [(str(at), str(who))]
