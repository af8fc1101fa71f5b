# SPDX-License-Identifier: GPL-3.0-or-later
"""A GitHub account export of any size: issues and comments of a few repositories, a hundred objects a file as GitHub writes them."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

HUB = "https://github.com/"
START = datetime(2016, 1, 1, tzinfo=timezone.utc)
PER_FILE = 1000


def iso(number):
    return (START + timedelta(minutes=37 * number % 5_500_000)).strftime("%Y-%m-%dT%H:%M:%SZ")


def login(number):
    return "plume-verte" if number == 0 else f"voisine-{number}"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    places = [f"plume-verte/depot-{i}" for i in range(max(1, min(20, records // 100)))]
    people = max(2, min(500, records // 20))

    def write(kind, count, make):
        for part, first in enumerate(range(0, count, PER_FILE), 1):
            with open(root / f"{kind}_{part:06}.json", "w", encoding="utf-8") as file:
                file.write("[")
                for i in range(first, min(count, first + PER_FILE)):
                    file.write((",\n" if i > first else "\n") + json.dumps(make(i), ensure_ascii=False))
                file.write("\n]\n")

    def user(i):
        return {"type": "user", "url": HUB + login(i), "login": login(i), "name": f"Personne {i}", "emails": [{"address": f"p{i}@example.org", "primary": True}]}

    def repository(i):
        return {"type": "repository", "url": HUB + places[i], "owner": HUB + "plume-verte", "name": places[i].split("/")[1], "description": "Un dépôt",
                "collaborators": [], "repository_topics": []}

    def issue(i):
        return {"type": "issue", "url": f"{HUB}{places[i % len(places)]}/issues/{i + 1}", "repository": HUB + places[i % len(places)], "user": HUB + login(rng.randrange(people)),
                "title": f"Question {i}", "body": f"Comment faire {i} ? Merci @plume-verte", "reactions": [], "created_at": iso(i)}

    def comment(i):
        number = rng.randrange(issues)
        about = f"{HUB}{places[number % len(places)]}/issues/{number + 1}"
        return {"type": "issue_comment", "url": f"{about}#issuecomment-{2_000_000 + i}", "issue": about, "user": HUB + login(rng.choice([0, rng.randrange(people)])),
                "body": f"Voici, étape {i}", "formatter": "markdown", "reactions": [], "created_at": iso(i)}

    issues = max(1, records // 4)
    write("users", people, user)
    write("repositories", len(places), repository)
    write("issues", issues, issue)
    write("issue_comments", records - issues, comment)
