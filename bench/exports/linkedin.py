# SPDX-License-Identifier: GPL-3.0-or-later
"""A Complete LinkedIn export: shares and comments half in 40 groups, reactions, group chats, connections, invitations."""
import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

WORDS = "réseau emploi projet merci métier salon échange forum question retour member event team data hiring advice thanks".split()
PEOPLE = 400


def url(n):
    return f"https://www.linkedin.com/in/person-{n}"


class Table:
    def __init__(self, path, columns):
        self.file = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow(columns)

    def add(self, *values):
        self.writer.writerow(values)


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "Complete_LinkedInDataExport_09-15-2026"
    root.mkdir()
    member = "_77001122"
    Table(root / "Profile.csv", ["First Name", "Last Name", "Maiden Name", "Headline", "Industry", "Geo Location"]).add(
        "Ada", "Example", "", "Manager", "Utilities", "Namur, Belgium")
    shares = Table(root / f"Shares{member}.csv", ["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"])
    comments = Table(root / f"Comments{member}.csv", ["Date", "Link", "Message"])
    reactions = Table(root / f"Reactions{member}.csv", ["Date", "Type", "Link"])
    invitations = Table(root / "Invitations.csv",
                        ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"])
    connections = Table(root / "Connections.csv", ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    messages = Table(root / "messages.csv", ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS",
                                             "DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"])
    at = datetime(2026, 9, 14, 20, 0)
    for i in range(records):
        at -= timedelta(seconds=rng.randrange(60, 1500))
        when = at.strftime("%Y-%m-%d %H:%M:%S")
        text = " ".join(rng.choices(WORDS, k=rng.randrange(3, 40)))
        number = 7_000_000_000_000_000_000 + i
        group = rng.randrange(80)
        post = f"groupPost%3A{90_000_000 + group}-{number}" if group < 40 else f"activity%3A{number}"
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3A{post}"
        kind = rng.random()
        other = rng.randrange(PEOPLE)
        if kind < 0.15:
            shares.add(when, link, text, "", "", "MEMBER_NETWORK")
        elif kind < 0.40:
            comments.add(when, link, text)
        elif kind < 0.65:
            reactions.add(when, rng.choice(["LIKE", "PRAISE"]), link)
        elif kind < 0.70:
            stamp = f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
            invitations.add("Ada Example", f"Person {i}", stamp, text if i % 3 else "", "OUTGOING", url("ada"), url(i))
        elif kind < 0.75:
            connections.add("Person", f"N{i}", url(i), "", f"Firm {other}", "Manager", at.strftime("%d %b %Y"))
        else:
            mine = rng.random() < 0.3
            conversation = rng.randrange(60)
            names = ["Ada Example", f"Person {other}", f"Person {other + 1}"]
            sender, *rest = names if mine else names[1:] + names[:1]
            messages.add(f"2-conversation{conversation}", f"Chat {conversation}", sender, url("ada" if mine else other), ", ".join(rest),
                         ",".join([url(other), url(other + 1)] if mine else [url(other + 1), url("ada")]), when + " UTC", "", text, "INBOX", "", "No", "No")
