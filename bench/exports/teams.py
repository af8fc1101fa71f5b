# SPDX-License-Identifier: GPL-3.0-or-later
"""A Microsoft Teams tenant export of any size: teams, channels, threads, reactions, chats."""
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

WORDS = "bonjour merci demain réunion ship the release who can review lunch ok build green où est le plan".split()
PEOPLE, TEAMS = 200, 40


def person(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "TeamsData2026-10-05"

    def write(path, rows):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8") as out:
            out.write("[")
            for number, row in enumerate(rows):
                out.write((",\n" if number else "") + json.dumps(row, ensure_ascii=False))
            out.write("]")

    def message(number, at, sender, place, **more):
        text = " ".join(rng.choices(WORDS, k=rng.randrange(1, 40)))
        user = {"Application": None, "User": {"Id": person(sender), "DisplayName": f"Person {sender}", "UserIdentityType": "aadUser"}}
        return {"Id": str(1_600_000_000_000 + number), "Body": {"ContentType": "html", "Content": f"<p>{text}</p>"}, "CreatedDateTime": at.isoformat(),
                "LastEditedDateTime": None, "DeletedDateTime": None, "Subject": None, "ReplyToId": None, "From": user, "Attachments": [], "Mentions": [],
                "Reactions": [], "MessageType": "message", "ChannelIdentity": None, "ChatId": None, "EventDetail": None, **place, **more}

    write("users/usersList.json", [{"Id": person(i), "DisplayName": "Mira Example" if i == 1 else f"Person {i}", "Mail": f"person{i}@example.org",
                                    "UserPrincipalName": f"person{i}@example.org"} for i in range(PEOPLE)])
    write("teams/teamsList.json", [{"Name": f"Team {i}", "Description": None, "GroupsId": f"team-{i}"} for i in range(TEAMS)])

    def thread(team, count):
        at, root_id, left = datetime(2019, 1, 7, tzinfo=timezone.utc), None, count
        number = 0
        while left > 0:
            number += 1
            at += timedelta(seconds=rng.randrange(60, 40_000_000 // count + 61))
            channel = number % 3
            place = {"ChannelIdentity": {"ChannelId": f"19:{team}-{channel}@thread.tacv2", "TeamId": f"team-{team}"}}
            row = message(number, at, rng.randrange(PEOPLE), place, ReplyToId=root_id if rng.random() < 0.5 else None)
            left -= 1
            if left > 0 and rng.random() < 0.1:
                row["Reactions"] = [{"CreatedDateTime": at.isoformat(), "ReactionType": "like", "User": {"User": {"Id": person(rng.randrange(PEOPLE))}}}]
                left -= 1
            if row["ReplyToId"] is None:
                root_id = row["Id"]
            yield row

    chats = records // 10
    for team in range(TEAMS):
        write(f"teams/team-{team}/channels_team-{team}.json", [{"Id": f"19:{team}-{c}@thread.tacv2", "DisplayName": f"Channel {c}", "MembershipType": "standard"}
                                                              for c in range(3)])
        write(f"teams/team-{team}/teamMembers_team-{team}.json", [{"Name": f"Person {i}", "UserId": person(i), "Role": None} for i in range(PEOPLE)])
        count = (records - chats) // TEAMS + (1 if team < (records - chats) % TEAMS else 0)
        write(f"teams/team-{team}/messages_team-{team}.json", thread(team, max(count, 1)) if count else [])
    start = datetime(2020, 1, 6, tzinfo=timezone.utc)
    for side in (1, 2):
        count = chats // 2 + (chats % 2 if side == 1 else 0)
        place = {"ChatId": f"19:{person(1)}_{person(2)}@unq.gbl.spaces"}
        write(f"users/{person(side)}/messages_{person(side)}.json",
              (message(2 * i + side, start + timedelta(seconds=600 * i), side, place) for i in range(count)))
