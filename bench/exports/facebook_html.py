# SPDX-License-Identifier: GPL-3.0-or-later
"""A Facebook export as pages, of any size: posts, comments and reactions in 120 groups, and Messenger."""
import random
from datetime import datetime, timedelta
from pathlib import Path

WORDS = "bonjour le four monte merci demain atelier terre glaçure who has a kiln near Namur see you there".split()
ME = "Zoé Exemple"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
START = ('<html><head><meta charset="utf-8"><title>{title}</title><style type="text/css">._a6-g{{margin:0}}</style></head>'
         '<body class="_5vb_"><main class="_a706" role="main">')
END = "</main></body></html>"


def clock(at):
    hour = at.hour % 12 or 12
    return f"{MONTHS[at.month - 1]} {at.day:02}, {at.year} {hour}:{at.minute:02}:{at.second:02} {'am' if at.hour < 12 else 'pm'}"


def record(title, body, at):
    return (f'<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">{title}</h2><div class="_2ph_ _a6-p">{body}</div>'
            f'<footer class="_3-94 _a6-o"><div class="_a72d">{clock(at)}</div></footer></section>\n')


def generate(folder, records, seed=1):
    rng = random.Random(seed)
    root = Path(folder) / "facebook-zoe-2026-11-01-aB3d"
    groups = [f"Group {i} of makers" for i in range(120)]
    start = datetime(2016, 1, 1)
    moment = lambda: start + timedelta(seconds=rng.randrange(330_000_000))
    text = lambda: " ".join(rng.choices(WORDS, k=rng.randrange(1, 30)))

    def write(path, title, rows):
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as out:
            out.write(START.format(title=title))
            for row in rows:
                out.write(row)
            out.write(END)

    def comment():
        body = f'<div class="_2pin"><div><div class="_3-95"><span class="_a6_m">Group: </span>{rng.choice(groups)}</div>{text()}</div></div>'
        return record(f"{ME} commented on Person {rng.randrange(300)}'s post.", body, moment())

    def message(people, at):
        return (f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{rng.choice(people)}</h2>'
                f'<div class="_3-95 _a6-p"><div><div></div><div>{text()}</div><div></div></div></div>'
                f'<div class="_3-94 _a6-o">{clock(at)}</div></div>\n')

    base = "your_facebook_activity/"
    write("personal_information/profile_information/profile_information.html", "Profile information",
          [f'<section class="_a6-g"><table><tr><td class="_a6_q">Name</td><td class="_a6_r">{ME}</td></tr></table></section>'])
    write(base + "groups/your_group_membership_activity.html", "Groups",
          (record(f"You became a member of {name}.", "", moment()) for name in groups))
    posts, comments, reactions = records // 10, records * 3 // 10, records // 5
    write(base + "groups/group_posts_and_comments.html", "Groups",
          (record(f"{ME} posted in {rng.choice(groups)}.", f'<div class="_2pin"><div>{text()}</div></div>', moment()) for _ in range(posts)))
    write(base + "groups/your_comments_in_groups.html", "Groups", (comment() for _ in range(comments)))
    write(base + "comments_and_reactions/likes_and_reactions.html", "Reactions",
          (record(f"{ME} likes Person {rng.randrange(300)}'s post.", "", moment()) for _ in range(reactions)))
    left, thread = max(0, records - posts - comments - reactions - len(groups)), 0
    while left > 0:
        thread += 1
        here = min(left, 2000)
        left -= here
        people = [ME] + [f"Person {rng.randrange(300)}" for _ in range(4)]
        names = ", ".join(people[:-1]) + " and " + people[-1]
        at = moment()
        head = [f'<div class="pam _a6-g"><div class="_a6-p">Participants: {names}</div></div>']
        rows = (row if isinstance(row, str) else message(people, at - timedelta(minutes=row)) for row in head + list(range(here)))
        write(base + f"messages/inbox/crew{thread}_{thread}/message_1.html", f"Crew {thread}", rows)
