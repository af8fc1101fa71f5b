#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes Isabelle's exports: an invented manager, in the formats the platforms write. Same bytes on every run.

Usage: python3 sample_data/isabelle/make.py
"""
import base64
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

sys.dont_write_bytecode = True  # the folder is read as it stands
import phrases as P  # noqa: E402

HERE = Path(__file__).resolve().parent
ZONE = ZoneInfo("Europe/Brussels")
ME = "Isabelle Maréchaud"
START, EXPORT = "2024-11-04", "2026-10-30"
ZIP_TIME = (2026, 10, 30, 18, 6, 12)

HR = ["Maud Quertinier", "Anselme Brichart", "Noor Wittevrongel", "Karim Bouzerda", "Solveig Hautecoeur", "Bilal Tazrout",
      "Jef Kallemeyn", "Claire Vanhoorde", "Ludivine Pirsoul", "Oscar Delbrassine", "Anouk Verhaeven", "Samuel Nkoulou"]
TRAINERS = ["Perrine Lachaux", "Gaspard Meunerie", "Yasmina Oukhellal", "Théodore Vigneau", "Lise-Marie Courbet",
            "Ulysse Pradel", "Ondine Fabrègue", "Rachid Zemmouri", "Colette Ardouin"]
BRIVAL = ["Serge Montluel", "Hakim Benzarti", "Mireille Faugeron", "Odile Chastang", "Josselin Pautrat"]
DUTCH = ["Griet Lanssens", "Wannes Hoorickx", "Fatou Diarrassouba", "Mathilde Rocourt", "Pilar Ontañón", "Dries Opdecam"]
LYON = ["Léa M.", "Momo", "Stéphanie 69", "Titouan", "Carine Bellecourt", "Abdel", "Véro", "Quentin L.", "Mme Chapuis",
        "Sonia R.", "Max", "Clémence", "Jean-Phi", "Nour", "Elodie du 6e", "Fred le caviste", "Ana", "Grégoire", "Lulu", "Sabrina K."]
CAFES = ["Apolline Stevenart", "Hugo Matagne", "Ludivine Pirsoul", "Zoé Brassinne", "Régis Colmant"]

counts = defaultdict(lambda: defaultdict(int))  # source -> column -> number


# ---------------------------------------------------------------- text and time

def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def unix(text):
    return int(local(text).timestamp())


def link(r):
    slug = r.choice(["competences-cles", "former-autrement", "managers-de-proximite", "ia-et-formation", "barometre",
                     "transfert", "tutorat", "skills-map", "parcours-hybrides", "temps-pour-apprendre"])
    return f"https://www.{r.choice(P.LISTS['site'])}.example/{slug}-{r.randrange(100, 999)}"


def expand(r, text, shared=None):
    """Replaces {a|b} and {@list}, innermost first."""
    text = text.replace("{@link}", link(r)) if "{@link}" in text else text
    text = text.replace("{@shared}", shared or "")
    while m := re.search(r"\{([^{}]*)\}", text):
        inner = m[1]
        pick = r.choice(P.LISTS[inner[1:]]) if inner.startswith("@") else r.choice(inner.split("|"))
        text = text[:m.start()] + pick + text[m.end():]
    text = re.sub(r"\bde (Ixelles|Etterbeek|Uccle|août)", r"d'\1", text)
    return text[0].upper() + text[1:] if text[:4] != "http" else text


BEFORE_MOVING = unix("2026-04-15")
NOT_YET = re.compile("[Bb]rux|Je passe à Lyon|midi RH|cet été|four belge")


def fresh(r, template, seen, t, shared=None):
    """An expansion not said yet, if one is found soon; None for talk of Brussels before she thinks of it."""
    text = None
    for _ in range(25):
        new = expand(r, template, shared)
        if t < BEFORE_MOVING and NOT_YET.search(new):
            continue
        text = new
        if text not in seen:
            break
    seen.add(text)
    return text


def say(r, draw, seen, t):
    """The next template of a deck that suits the date."""
    while (text := fresh(r, next(draw), seen, t)) is None:
        pass
    return text


def blocks(bank):
    return [b.split("\n") for b in bank.strip().split("\n\n")]


def lines(bank):
    return bank.strip().split("\n")


def deck(r, items):
    """Draws without putting back, reshuffling when empty: no template comes twice in a row."""
    pile = []
    while True:
        if not pile:
            pile = list(items)
            r.shuffle(pile)
        yield pile.pop()


def instants(r, start, end, n):
    """n instants at human hours, sorted."""
    a, days = local(start), max(1, (local(end) - local(start)).days)
    out = []
    for _ in range(n):
        d = (a + timedelta(days=r.randrange(days))).replace(hour=r.choice([8, 9, 9, 10, 12, 12, 13, 14, 17, 18, 18, 19, 20, 21]),
                                                             minute=r.randrange(60), second=r.randrange(60))
        out.append(int(d.timestamp()))
    return sorted(out)


class Msg:
    def __init__(self, t, who, text, parent=None):
        self.t, self.who, self.text, self.parent = t, who, text, parent
        self.extra, self.id = {}, None


def talk(r, bank, people, start, end, n, mine=(), limit=None, shared=None):
    """n threads between two dates. mine: (from, to, probability) of Isabelle's lines being said."""
    out, seen, draw = [], set(), deck(r, blocks(bank))
    last = unix(limit or EXPORT + " 16:30")
    for t in instants(r, start, end, n):
        chance = max([p for a, b, p in mine if unix(a) <= t < unix(b)], default=0)
        present = r.random() < chance
        thread = next(draw)
        while thread[0].startswith("*") and not present:
            thread = next(draw)
        url = None
        if "{@shared}" in thread[0]:
            old = [s for s in shared if s[0] < t - 86400]
            if not old:
                continue
            url = r.choice(old[-6:])[1]
        opener, previous, others = None, None, list(people)
        r.shuffle(others)
        for i, line in enumerate(thread):
            me = line.startswith("*")
            if me and not present:  # what follows may answer her
                break
            if not me and i and r.random() < 0.12:
                continue
            who = ME if me else others[i % len(others)]
            text = fresh(r, line.lstrip("*> "), seen, t, url)
            if text is None:
                break
            m = Msg(t, who, text)
            if opener is None:
                opener = m
            else:  # an answer to Isabelle when she has just spoken, else mostly to the opener
                m.parent = previous if previous.who == ME or me or r.random() < 0.3 else opener
                if m.parent.who == m.who:
                    m.parent = opener if opener.who != m.who else None
            if m.t <= last:
                out.append(m)
            previous = m
            t += r.randrange(70, 5400)
            if not 7 <= datetime.fromtimestamp(t, ZONE).hour < 23:  # people sleep
                t += r.randrange(30000, 33000)
    return sorted(out, key=lambda m: m.t)


def note(source, **numbers):
    for k, v in numbers.items():
        counts[source][k] += v


def write(path, data):
    path = HERE / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def zipped(files, when=ZIP_TIME):
    """A ZIP whose bytes depend on nothing but its content: stored, fixed times."""
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w", zipfile.ZIP_STORED) as z:
        for name, data in files:
            info = zipfile.ZipInfo(name, when)
            info.create_system, info.external_attr = 3, 0o644 << 16
            z.writestr(info, data if isinstance(data, bytes) else data.encode())
    return buf.getvalue()


# ---------------------------------------------------------------- Telegram

TG_IDS = {name: 7000100 + 37 * i for i, name in enumerate(
    [ME] + list(dict.fromkeys(HR + TRAINERS + BRIVAL + DUTCH + LYON + CAFES)))}
ENTITY = re.compile(r"(https?://\S+[\w/])|(@\w+)")


def tg_time(t):
    return {"date": datetime.fromtimestamp(t, ZONE).strftime("%Y-%m-%dT%H:%M:%S"), "date_unixtime": str(t)}


def tg_text(text):
    parts, at = [], 0
    for m in ENTITY.finditer(text):
        if m.start() > at:
            parts.append({"type": "plain", "text": text[at:m.start()]})
        parts.append({"type": "link" if m[1] else "mention", "text": m[0]})
        at = m.end()
    if at < len(text):
        parts.append({"type": "plain", "text": text[at:]})
    if len(parts) == 1 and parts[0]["type"] == "plain":
        return {"text": text, "text_entities": parts}
    return {"text": [p["text"] if p["type"] == "plain" else p for p in parts], "text_entities": parts}


def service(t, actor, action, **more):
    m = Msg(t, actor, None)
    m.extra = {"action": action, **more}
    return m


def tg_chat(r, name, kind, cid, msgs, migrated=None, own_only=False, channel=False, group=True, react=0.14):
    """One chat. migrated: instant at which a basic group became a supergroup."""
    msgs = sorted(msgs, key=lambda m: m.t)
    early = [m for m in msgs if migrated and m.t < migrated]
    for i, m in enumerate(early):
        m.id = -1000000000 + 2 + 3 * i
    n = 0
    for m in msgs[len(early):]:
        n += r.randrange(1, 40) if own_only else r.choice([1, 1, 1, 2])
        m.id = n
    out = []
    for m in msgs:
        if m.extra.get("unsupported"):
            out.append({"id": m.id, "type": "unsupported"})
            note("Telegram", unsupported=1)
            continue
        uid = f"channel{cid}" if channel else f"user{TG_IDS[m.who]}"
        head = {"id": m.id, "type": "service" if m.text is None else "message", **tg_time(m.t)}
        if m.text is None:
            extra = dict(m.extra)
            if "pin" in extra:
                extra["message_id"] = extra.pop("pin").id
            out.append({**head, "actor": m.who, "actor_id": uid, **extra, "text": "", "text_entities": []})
            note("Telegram", **({"events": 1} if m.extra.get("mine") else {}))
            out[-1].pop("mine", None)
            continue
        row = {**head, "from": name if channel else m.who, "from_id": uid}
        if m.extra.get("deleted"):
            row["from"] = None
        if m.extra.get("edited"):
            e = tg_time(m.t + 140)
            row.update(edited=e["date"], edited_unixtime=e["date_unixtime"])
        if m.parent is not None and m.parent.id is not None:
            row["reply_to_message_id"] = m.parent.id
        elif m.extra.get("topic"):
            row["reply_to_message_id"] = m.extra["topic"].id
        row.update(m.extra.get("media", {}))
        row.update(tg_text(m.text))
        likers = m.extra.get("likers")
        if likers is None and not own_only and group and r.random() < react:
            likers = r.sample([x.who for x in msgs if x.who != m.who and x.who], 1) if len({x.who for x in msgs}) > 1 else []
        if likers:
            emoji = r.choice(["👍", "❤", "🔥", "👏", "🙏"])
            row["reactions"] = [{"type": "emoji", "count": len(likers), "emoji": emoji, "recent": [
                {"from": w, "from_id": f"user{TG_IDS[w]}", "date": tg_time(min(m.t + 900, unix(EXPORT + ' 17:00')))["date"]} for w in likers]}]
            if group:
                note("Telegram", reactions=likers.count(ME), others_reactions=len(likers) - likers.count(ME))
        if row.get("poll") and any(a["chosen"] for a in row["poll"]["answers"]):
            note("Telegram", votes=1)
        if group:
            note("Telegram", messages=1, mine=m.who == ME)
        else:
            note("Telegram", direct_messages=1)
        out.append(row)
    if group:
        note("Telegram", groups=1)
    else:
        note("Telegram", directs=1)
    return {"name": name, "type": kind, "id": cid, "messages": out}


def own(r, bank, when, people=()):
    """My own messages only, at the given instants."""
    seen, draw = set(), deck(r, lines(bank))
    return [Msg(t, ME, say(r, draw, seen, t)) for t in when]


def telegram():
    chats = []

    def add(name, kind, cid, msgs, **kw):
        chats.append(tg_chat(Random("tg-chat " + name), name, kind, cid, msgs, **kw))

    def rnd(name):
        return Random("tg " + name)

    # a channel she reads and cannot write in
    name, r = "Veille digitalisation RH", rnd("veille")
    seen, draw, posts = set(), deck(r, blocks(P.VEILLE)), []
    for i in range(104):
        t = unix(START + " 07:30") + i * 7 * 86400 + r.randrange(3) * 86400 + r.randrange(36000)
        if t < unix(EXPORT + " 16:00"):
            posts.append(Msg(t, name, fresh(r, next(draw)[0], seen, BEFORE_MOVING)))
            posts[-1].extra["likers"] = [ME] if i in (70, 81, 88, 95, 101) else []
    add(name, "private_channel", 1744100201, posts, channel=True)

    # lively, active, useful; a forum with topics
    name, r = "RH & Formation Bruxelles", rnd("rhbxl")
    msgs = talk(r, P.RHBXL, HR, "2026-02-02", EXPORT, 66, [("2026-04-22", "2026-10-31", 0.62)])
    t0 = unix("2026-02-01 10:00")
    topics = [service(t0 + 60 * i, HR[0], "topic_created", title=x) for i, x in enumerate(["Questions métier", "Offres et pistes", "Rencontres à Bruxelles"])]
    for m in msgs:
        if m.parent is None:
            m.extra["topic"] = topics[1 if re.search("Offre|Cherche|cherch", m.text) else 2 if re.search("petit-déj|midi|témo|DRH", m.text) else 0]
    q = Msg(unix("2026-10-15 09:12"), "Karim Bouzerda", "@isa_marechaud tu aurais la grille d'entretien dont tu parlais au dernier midi ?")
    q.extra["topic"] = topics[0]
    pollmsg = Msg(unix("2026-10-06 12:05"), "Maud Quertinier", "")
    pollmsg.extra = {"topic": topics[2], "media": {"poll": {"question": "Format de la rencontre de novembre ?", "closed": False, "total_voters": 17, "answers": [
        {"text": "Petit-déjeuner", "voters": 6, "chosen": False}, {"text": "Midi", "voters": 9, "chosen": True}, {"text": "Soirée", "voters": 2, "chosen": False}]}}}
    last = Msg(unix("2026-10-26 18:20"), "Anselme Brichart", "Isabelle, la DRH de l'hôpital veut te rencontrer, je vous mets en contact demain.")
    thanks = Msg(unix("2026-10-26 19:02"), ME, "Merci beaucoup Anselme, c'est exactement le genre de rencontre que je cherchais !", last)
    last.extra["topic"] = topics[2]
    join = service(unix("2026-04-22 20:14"), ME, "join_group_by_link", inviter="Maud Quertinier", mine=True)
    add(name, "private_supergroup", 1880233107, topics + msgs + [q, pollmsg, last, thanks, join])

    # a good group and its weaker copy: same people, same links later
    name, r = "Formateurs numériques", rnd("formnum")
    good = talk(r, P.FORMNUM, TRAINERS, START, EXPORT, 96, [(START, "2026-10-31", 0.55)])
    shared = [(m.t, u[0]) for m in good for u in re.findall(r"(https?://\S+[\w/])", m.text)[:1] and [re.findall(r"(https?://\S+[\w/])", m.text)]]
    moved = unix("2025-03-03 09:00")
    invite = service(unix(START + " 07:02"), "Perrine Lachaux", "invite_members", members=[ME, "Ulysse Pradel"], mine=True)
    add(name, "private_supergroup", 1650900412, [invite] + good + [
        service(moved - 5, "Perrine Lachaux", "migrate_to_supergroup"),
        service(moved, "Perrine Lachaux", "migrate_from_group", title=name)], migrated=moved)
    name, r = "Formateurs numériques – le relais", rnd("formcopy")
    copy = talk(r, P.FORMCOPY, TRAINERS[:6], "2025-01-20", EXPORT, 84, [("2025-02-01", "2025-06-20", 1.0)], shared=shared)
    add(name, "private_supergroup", 1650911870, copy)

    # former colleagues, met only here
    name, r = "Les ex-Brival", rnd("brival")
    add(name, "private_supergroup", 1533004821, talk(r, P.EXBRIVAL, BRIVAL, START, EXPORT, 62, [(START, "2026-10-31", 0.7)]))

    # dead: the project is over
    name, r = "Forum des compétences 2025 – orga", rnd("forum25")
    end = service(unix("2025-05-12 08:00"), "Gaspard Meunerie", "create_group", title=name, members=["Perrine Lachaux", "Yasmina Oukhellal", "Théodore Vigneau", ME], mine=True)
    add(name, "private_group", 502118840, [end] + talk(r, P.FORUM25, TRAINERS[:4], "2025-05-12", "2025-10-20", 24, [("2025-05-12", "2025-10-31", 0.8)]))

    # big, noisy, never a word of hers; holds what real exports hold: a deleted account, an unsupported record
    name, r = "Bons plans Lyon 3e & 6e", rnd("lyon")
    noise = talk(r, P.BONSPLANS, LYON, START, EXPORT, 215)
    noise[40].extra["deleted"] = True
    odd = Msg(noise[90].t + 1, None, None)
    odd.extra["unsupported"] = True
    add(name, "private_supergroup", 1402770019, noise + [odd], react=0.05)

    # Dutch
    name, r = "Nederlands oefenen in Brussel", rnd("dutch")
    nl = talk(r, P.DUTCH, DUTCH, "2026-03-02", EXPORT, 56, [("2026-07-22", "2026-10-31", 0.75)])
    add(name, "private_supergroup", 1933406650, nl + [service(unix("2026-07-22 18:40"), "Mathilde Rocourt", "invite_members", members=[ME], mine=True)])

    # joined ten days before
    name, r = "Cafés apprenants Bruxelles", rnd("cafes")
    c = talk(r, P.CAFES, CAFES, "2026-08-24", EXPORT, 13)
    hello = Msg(unix("2026-10-22 08:41"), ME, "Bonjour à toutes et tous, Isabelle, responsable RH et formation, tout juste arrivée de Lyon. Ma question : comment faire vivre une communauté d'apprentissage en dehors des outils ?")
    welcome = Msg(unix("2026-10-22 09:03"), "Ludivine Pirsoul", "Bienvenue Isabelle ! On en parle au prochain café.", hello)
    add(name, "private_supergroup", 1990451276, c + [hello, welcome, service(unix("2026-10-21 21:10"), ME, "join_group_by_link", inviter="Ludivine Pirsoul", mine=True)])

    # public groups: the default setting gives only her own messages
    name, r = "Logements & colocs Bruxelles", rnd("flat")
    when = instants(r, "2026-05-26", "2026-07-14", 15) + [unix("2026-09-21 19:30"), unix("2026-10-02 12:20")]
    msgs = own(r, "\n".join(lines(P.TG_FLAT)[:-2]), when[:15]) + own(r, lines(P.TG_FLAT)[-2], when[15:16]) + own(r, lines(P.TG_FLAT)[-1], when[16:])
    add(name, "public_supergroup", 1288450033, msgs + [service(unix("2026-05-25 22:03"), ME, "invite_members", members=[ME], mine=True)], own_only=True)
    name, r = "HR Tech Watch Europe", rnd("hrtech")
    add(name, "public_supergroup", 1311706254, own(r, P.TG_HRTECH, instants(r, "2025-01-13", "2026-10-28", 38)), own_only=True)
    add("Emploi formation & RH Belgique", "public_channel", 1455017723, [], own_only=True)

    left = tg_chat(Random("left"), "Randos des Monts d'Or", "public_supergroup", 1177203344, own(
        rnd("rando"), "\n".join(lines(P.TG_RANDO)[:-1]), instants(rnd("rando2"), START, "2026-06-20", 19)) + own(
        rnd("rando3"), lines(P.TG_RANDO)[-1], [unix("2026-07-04 18:30")]) + [
        service(unix("2026-07-05 09:15"), ME, "remove_members", members=[ME], mine=True)], own_only=True)

    for i, (who, start, n) in enumerate([("Maud Quertinier", "2026-05-04", 9), ("Perrine Lachaux", "2025-02-03", 10),
                                         ("Hakim Benzarti", START, 12), ("Mathilde Rocourt", "2026-08-03", 4)]):
        r = rnd("direct " + who)
        chats.append(tg_chat(r, who, "personal_chat", TG_IDS[who], talk(r, P.DIRECT, [who], start, EXPORT, n, [(start, "2026-10-31", 1)]), group=False))
    saved = Msg(unix("2026-09-02 20:00"), ME, "Idées pour l'article sur la formation des managers")
    saved.id = 3
    chats.append({"type": "saved_messages", "id": TG_IDS[ME], "messages": [
        {"id": 3, "type": "message", **tg_time(saved.t), "from": ME, "from_id": f"user{TG_IDS[ME]}", **tg_text(saved.text)}]})

    contacts = []
    for i, who in enumerate([HR[0], HR[3], TRAINERS[0], BRIVAL[1], BRIVAL[2], DUTCH[3]]):
        first, last_name = who.split(" ", 1)
        contacts.append({"user_id": TG_IDS[who], "first_name": first, "last_name": last_name,
                         "phone_number": f"00336399820{i:02d}", **tg_time(unix(f"2025-0{i + 2}-11 11:00"))})
    note("Telegram", contacts=len(contacts))
    doc = {
        "about": "Here is the data you requested. Remember: Telegram is ad free, it doesn't use your data for ad targeting and doesn't sell it to others.",
        "personal_information": {"user_id": TG_IDS[ME], "first_name": "Isabelle", "last_name": "Maréchaud",
                                 "phone_number": "+33 6 39 98 12 07", "username": "@isa_marechaud", "bio": "RH & formation, de Lyon à Bruxelles"},
        "profile_pictures": [],
        "contacts": {"about": "If you allow access, contacts are continuously synced with Telegram.", "list": contacts},
        "chats": {"about": "This page lists all chats from this export.", "list": chats},
        "left_chats": {"about": "This page lists all supergroups and channels from this export that you've left.", "list": [left]},
    }
    write(f"telegram/DataExport_{EXPORT}/result.json", json.dumps(doc, ensure_ascii=False, indent=1) + "\n")
    return shared


# ---------------------------------------------------------------- WhatsApp

E2E_FR = "Les messages et les appels sont chiffrés de bout en bout. Seules les personnes participant à cette discussion peuvent les lire, les écouter ou les partager."
E2E_EN = "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."


def wa_android(msgs):
    out = []
    for m in sorted(msgs, key=lambda m: m.t):
        stamp = datetime.fromtimestamp(m.t, ZONE).strftime("%d/%m/%Y, %H:%M - ")
        out.append(stamp + (m.text if m.who is None else f"{m.who}: {m.text}"))
    return "\n".join(out) + "\n"


def wa_ios(msgs, group):
    out = []
    for m in sorted(msgs, key=lambda m: m.t):
        stamp = datetime.fromtimestamp(m.t, ZONE).strftime("[%d/%m/%Y, %H:%M:%S] ")
        body = m.text.replace("<Médias omis>", "\u200eimage absente")
        hidden = m.extra.get("notice") or body.startswith("\u200e")
        out.append(("\u200e" if hidden and m.who else "") + stamp + f"{m.who or group}: " + ("\u200e" if hidden and not body.startswith("\u200e") else "") + body)
    return "\r\n".join(out) + "\r\n"


def wa_note(msgs, group=True, mine_events=0):
    said = [m for m in msgs if m.who is not None and not m.extra.get("notice")]
    gone = sum(1 for m in msgs if m.who is not None and m.extra.get("notice"))
    if group:
        note("WhatsApp", groups=1, messages=len(said), mine=sum(m.who == ME for m in said), deleted=gone, events=mine_events)
    else:
        note("WhatsApp", directs=1, direct_messages=len(said))


def notice(t, text):
    m = Msg(unix(t), None, text)
    m.extra["notice"] = True
    return m


def deleted(t, text):
    m = Msg(unix(t), ME, text)
    m.extra["notice"] = True
    return m


def scripted(bank):
    """Messages given one by one: instant, who ("*" is Isabelle), text."""
    return [Msg(unix(t), ME if who == "*" else who, text) for t, who, text in bank]


def whatsapp(links):
    """links: (instant, address) of what was shared in the Telegram group that one of these groups repeats."""
    def rnd(name):
        return Random("wa " + name)

    def android(name, msgs, events=0):
        wa_note(msgs, mine_events=events)
        write(f"whatsapp/Discussion WhatsApp avec {name}.txt", wa_android(msgs))

    name = "Famille Maréchaud"
    msgs = talk(rnd(name), P.FAMILLE, ["Maman", "Papa", "Léonie Maréchaud", "Basile Maréchaud", "Tonton Guy"], START, EXPORT, 104, [(START, "2026-10-31", 0.75)])
    msgs[30].text += " <Ce message a été modifié>"
    android(name, msgs + [notice(START + " 07:00", E2E_FR), notice(START + " 07:00", f"Léonie Maréchaud a créé le groupe « {name} »"),
                          notice(START + " 07:01", "Léonie Maréchaud vous a ajoutée"), deleted("2025-12-24 22:14", "Vous avez supprimé ce message")], 1)

    name = "Parents CM2 B – école des Tilleuls"
    msgs = talk(rnd(name), P.PARENTS, ["Aurore (maman Jules)", "Nadège maman d'Inès", "Cyril papa Noah", "+33 6 39 98 44 10", "Sylvette Abrial"],
                "2025-09-01", "2026-07-04", 52, [("2025-09-01", "2026-07-04", 0.6)])
    android(name, msgs + [notice("2025-09-01 07:00", E2E_FR), notice("2025-09-01 07:00", f"Aurore (maman Jules) a créé le groupe « {name} »"),
                          notice("2025-09-01 07:20", "Aurore (maman Jules) vous a ajoutée"), notice("2026-07-03 18:00", "Sylvette Abrial a quitté le groupe")], 1)

    name = "Midis RH Bruxelles"
    msgs = talk(rnd(name), P.MIDIS, [HR[0], HR[3], HR[7], HR[8], HR[11], "+32 460 00 31 18"], "2026-05-12", EXPORT, 34, [("2026-05-12", "2026-10-31", 1)])
    android(name, msgs + [notice("2026-05-11 20:30", E2E_FR), notice("2026-05-11 20:30", f"Vous avez créé le groupe « {name} »"),
                          notice("2026-05-11 20:31", "Vous avez ajouté Maud Quertinier"), notice("2026-05-11 20:31", "Vous avez ajouté Karim Bouzerda"),
                          notice("2026-06-02 12:10", "Claire Vanhoorde a rejoint le groupe via le lien d'invitation"),
                          deleted("2026-09-08 08:15", "Vous avez supprimé ce message")], 1)

    # exported in July and forgotten: a stale source, whose date is in the archive
    name = "Course du jeudi"
    msgs = talk(rnd(name), P.COURSE, ["Fanch Kerdelhué", "Bérénice Talmont", "Yannig Prat", "Coralie Duvergey"], "2025-01-09", "2026-07-11", 66,
                [("2025-01-09", "2026-07-11", 0.6)], limit="2026-07-11 20:00")
    all_msgs = msgs + [notice("2025-01-08 20:00", E2E_FR), notice("2025-01-08 20:00", f"Fanch Kerdelhué a créé le groupe « {name} »"),
                       notice("2025-01-08 20:04", "Fanch Kerdelhué vous a ajoutée"), deleted("2026-03-05 18:01", "Vous avez supprimé ce message")]
    wa_note(all_msgs, mine_events=1)
    stem = f"Discussion WhatsApp avec {name}"
    write(f"whatsapp/{stem}.zip", zipped([(stem + ".txt", wa_android(all_msgs))], (2026, 7, 12, 10, 20, 0)))

    name = "Un pas après l'autre – groupe de parole deuil"
    msgs = talk(rnd(name), P.DEUIL, ["Hélène", "Marc-Antoine", "Jocelyne", "~\u202fDanièle"], "2025-01-06", EXPORT, 46, [("2025-01-06", "2026-10-31", 0.5)])
    all_msgs = msgs + [notice("2025-01-05 18:00:10", E2E_FR), notice("2025-01-05 18:00:10", "Hélène a créé ce groupe"), notice("2025-01-05 18:02:41", "Hélène vous a ajoutée")]
    wa_note(all_msgs, mine_events=1)
    write(f"whatsapp/WhatsApp Chat - {name}.zip", zipped([("_chat.txt", wa_ios(all_msgs, name))]))

    name = "HR-café Brussel & Brussels"
    msgs = talk(rnd(name), P.HRCAFE, ["Jef Kallemeyn", "Noor Wittevrongel", "Anouk Verhaeven", "Priya Ramdelal", "Lotte Uyttersprot"],
                "2026-06-11", EXPORT, 34, [("2026-06-11", "2026-10-31", 0.55)])
    all_msgs = msgs + [notice("2026-06-10 18:02:11", E2E_EN), notice("2026-06-10 18:02:11", "You joined using a group link."),
                       notice("2026-08-19 09:30:00", "Lotte Uyttersprot added Priya Ramdelal"), deleted("2026-09-17 20:11:09", "You deleted this message.")]
    wa_note(all_msgs, mine_events=1)
    write(f"whatsapp/WhatsApp Chat - {name}.zip", zipped([("_chat.txt", wa_ios(all_msgs, name))]))

    def joined_by_link(when, made, by, name):
        return [notice(made, E2E_FR), notice(made, f"{by} a créé le groupe « {name} »"),
                notice(when, "Vous avez rejoint le groupe via le lien d'invitation")]

    # her question is settled since July, and Nadia has never been thanked
    name = "Équivalences de diplômes – entraide"
    android(name, talk(rnd(name), P.EQUIV, ["Nadia Belhoucine", "Thibaut Wéry", "Rosa Campanile", "Idriss"], "2026-03-10", EXPORT, 34)
            + scripted(P.EQUIV_ASK) + joined_by_link("2026-03-13 21:00", "2025-09-02 09:00", "Thibaut Wéry", name), 1)

    # one question, one generous answer, silence
    name = "Formateurs et RH indépendants de Wallonie"
    own_lines = scripted([("2026-06-22 09:30", "*", "Bonjour, Isabelle, responsable formation. Ravie de vous lire."),
                          ("2026-09-08 11:05", "*", "Une question : comment fixez-vous le prix d'une journée de formation pour une association ?"),
                          ("2026-09-08 12:20", "Benoît Warzée", "Isabelle, je prends mon tarif entreprise moins trente pour cent, et je demande une lettre de recommandation. "
                           "Voici mon calcul complet : préparation un tiers, animation deux tiers, déplacement à part. Je t'ouvre mon tableau si tu veux.")])
    android(name, talk(rnd(name), P.INDEP, ["Benoît Warzée", "Céline Delvigne", "Marouane Idrissi", "Fanny Lekeux"], "2026-04-20", EXPORT, 40)
            + own_lines + joined_by_link("2026-06-21 18:00", "2026-04-19 09:00", "Céline Delvigne", name), 1)

    # she says thank you and nothing else
    name = "Revue de presse formation"
    android(name, talk(rnd(name), P.REVUE, ["Alban Turquin", "Josiane Hennart", "Wim Roosbeek"], "2025-03-03", EXPORT, 90, [("2025-03-03", "2026-10-31", 0.3)])
            + joined_by_link("2025-03-02 20:10", "2025-01-15 09:00", "Alban Turquin", name), 1)

    # the right title, and talk of anything else
    name = "Managers RH & formation Bruxelles"
    android(name, talk(rnd(name), P.HORS_SUJET, ["Gino", "Steve V.", "Kathy", "Mehdi", "Big Ben", "Valou", "Dirk"], "2026-04-27", EXPORT, 190)
            + scripted([("2026-05-04 10:00", "*", "Bonjour à tous, je cherche à rencontrer des responsables formation d'ici."), ("2026-05-19 12:30", "*", "Y a-t-il ici des gens du métier ?")])
            + joined_by_link("2026-05-03 22:15", "2026-04-26 09:00", "Steve V.", name), 1)

    # useful, and exported four months ago
    name = "AFEST entre pairs"
    msgs = talk(rnd(name), P.AFEST, ["Capucine Orsel", "Malik Hadjadj", "Roselyne Gaudry"], "2025-09-15", "2026-06-28", 44, [("2025-09-15", "2026-06-29", 0.6)], limit="2026-06-28 18:00")
    all_msgs = msgs + [notice("2025-09-14 19:00", E2E_FR), notice("2025-09-14 19:00", f"Capucine Orsel a créé le groupe « {name} »"), notice("2025-09-14 19:02", "Capucine Orsel vous a ajoutée")]
    wa_note(all_msgs, mine_events=1)
    stem = f"Discussion WhatsApp avec {name}"
    write(f"whatsapp/{stem}.zip", zipped([(stem + ".txt", wa_android(all_msgs))], (2026, 6, 29, 9, 12, 0)))

    # her one tie here is met every fortnight at the Midis RH
    name = "Atelier couture Saint-Gilles"
    android(name, talk(rnd(name), P.COUTURE, ["Mounia", "Bernadette", "Ilse", "Claire Vanhoorde"], "2026-05-04", EXPORT, 48)
            + scripted(P.COUTURE_MINE) + joined_by_link("2026-05-20 19:45", "2026-05-03 09:00", "Mounia", name), 1)

    # repeats the Telegram group: same people, same links some days later
    name = "Formateurs numériques (WhatsApp)"
    android(name, talk(rnd(name), P.RELAIS_WA, TRAINERS[:5], "2025-11-10", EXPORT, 60, shared=links)
            + scripted([("2025-11-12 08:30", "*", "Bonjour, je suis déjà sur le Telegram, je regarde ce qui change ici.")])
            + joined_by_link("2025-11-11 20:00", "2025-11-09 09:00", "Perrine Lachaux", name), 1)

    who = "Karim Bouzerda"
    msgs = talk(rnd(who), P.DIRECT, [who], "2026-05-14", EXPORT, 12, [("2026-05-14", "2026-10-31", 1)])
    wa_note(msgs, group=False)
    write(f"whatsapp/Discussion WhatsApp avec {who}.txt", wa_android(msgs + [notice("2026-05-13 19:00", E2E_FR)]))


# ---------------------------------------------------------------- LinkedIn

URL = "https://www.linkedin.com/in/"


def slug(name):
    plain = name.lower().translate(str.maketrans("éèêëàâîïôöûüçñó ", "eeeeaaiioouucno-")).replace("'", "")
    return plain + "-invented"


def table(header, rows, quote=csv.QUOTE_MINIMAL):
    buf = io.StringIO()
    w = csv.writer(buf, lineterminator="\n", quoting=quote)
    w.writerow(header)
    w.writerows(rows)
    return buf.getvalue()


def backslash(header, rows):
    """The dialect of Comments.csv: embedded quotes as \\"."""
    def cell(x):
        return '"' + x.replace('"', '\\"') + '"' if re.search('[",\n]', x) else x
    return "\n".join(",".join(cell(c) for c in row) for row in [header] + rows)


def utc(t, pattern="%Y-%m-%d %H:%M:%S"):
    return datetime.fromtimestamp(t, timezone.utc).strftime(pattern)


def linkedin():
    r = Random("linkedin")
    me, member = URL + slug(ME), "845120937"
    shares, comments, reactions, reposts = [], [], [], []

    def snowflake(t):
        return ((t * 1000 + r.randrange(1000)) << 22) + r.randrange(1 << 22)

    def urn(t, group):
        number = snowflake(t)
        kind = f"groupPost%3A{group}-{number}" if group else f"activity%3A{number}"
        return f"https://www.linkedin.com/feed/update/urn%3Ali%3A{kind}"

    def post(times, bank, group):
        seen, draw = set(), deck(r, lines(bank))
        for i, t in enumerate(times):
            text = say(r, draw, seen, t)
            if i % 3 == 2:
                text += "\n" + (r.choice(["Votre expérience m'intéresse.", "Je lis toutes les réponses.", "Et chez vous ?"]) if "é" in text else "How do you do it?")
                text = '"' + text.replace('"', '""').replace("\n", '"\n"') + '"'
            shares.append((t, [utc(t), urn(t, group), text, "", "", "MEMBER_NETWORK"]))

    def comment(times, bank, group):
        seen, draw = set(), deck(r, lines(bank))
        for t in times:
            comments.append((t, [utc(t), urn(t - r.randrange(3600, 90000), group), say(r, draw, seen, t)]))

    def react(times, group):
        for t in times:
            reactions.append((t, [utc(t), r.choice(["LIKE", "LIKE", "PRAISE", "INTEREST", "EMPATHY"]), urn(t - r.randrange(3600, 90000), group)]))

    drh, edtech, supply = "99124803", "99083166", "99040981"
    post(instants(r, "2025-09-08", "2026-06-20", 10) + instants(r, "2026-06-22", EXPORT, 15), P.LI_DRH, drh)
    comment(instants(r, "2025-09-08", "2026-06-20", 10) + instants(r, "2026-06-22", EXPORT, 22), P.LI_DRH_COM, drh)
    react(instants(r, "2025-06-01", EXPORT, 24), drh)
    post(instants(r, "2025-02-03", "2025-11-20", 5), P.LI_EDTECH, edtech)
    comment(instants(r, "2025-02-10", "2025-11-28", 4) + [unix("2026-08-19 12:40")], P.LI_EDTECH, edtech)
    post(instants(r, START, "2025-02-20", 3), P.LI_SUPPLY, supply)
    comment(instants(r, START, "2025-02-20", 2), P.LI_SUPPLY, supply)
    grouped = len(shares) + len(comments) + len(reactions)
    note("LinkedIn", messages=len(shares) + len(comments), mine=len(shares) + len(comments), reactions=len(reactions))
    comment(instants(r, START, EXPORT, 28), P.LI_OPEN, None)
    react(instants(r, START, EXPORT, 45), None)
    seen, draw = set(), deck(r, lines(P.LI_DRH))
    for t in instants(r, "2025-03-01", EXPORT, 6):
        shares.append((t, [utc(t), f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{snowflake(t)}", say(r, draw, seen, t), "", "", "MEMBER_NETWORK"]))
    for t in instants(r, "2025-03-01", EXPORT, 4):
        reposts.append((t, [utc(t), urn(t - 7200, None)]))
    votes = [(t, [utc(t), urn(t - 7200, None), o]) for t, o in zip(instants(r, "2026-01-10", EXPORT, 2), ["Le manque de temps", "Oui, chaque trimestre"])]
    note("LinkedIn", unattributed=len(shares) + len(comments) + len(reactions) + len(reposts) + len(votes) - grouped, groups=7)

    def newest(rows):
        return [row for _, row in sorted(rows, key=lambda x: -x[0])]

    # messages: one group chat, six direct conversations, an advertisement and a draft that are no record
    head = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT",
            "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]
    rows = []

    def conversation(cid, title, people, msgs):
        for m in msgs:
            to = [p for p in [ME] + people if p != m.who]
            rows.append((m.t, [cid, title, m.who, URL + slug(m.who), ", ".join(to), ",".join(URL + slug(p) for p in to),
                               utc(m.t) + " UTC", "", m.text, "INBOX", "", "No", "No"]))

    jury = ["Perrine Lachaux", "Oscar Delbrassine", "Colette Ardouin"]
    msgs = talk(r, P.JURY, jury, "2026-03-16", "2026-10-10", 11, [("2026-03-16", "2026-10-31", 1)])
    conversation("2-anVyeS1jZXJ0aWY=", "Jury certification formateurs", jury, msgs)
    note("LinkedIn", groups=1, messages=len(msgs), mine=sum(m.who == ME for m in msgs))
    for i, who in enumerate(["Oscar Delbrassine", "Claire Vanhoorde", "Solveig Hautecoeur", "Samuel Nkoulou", "Bilal Tazrout", "Colette Ardouin"]):
        msgs = talk(r, P.DIRECT, [who], f"2026-0{i + 2}-04", EXPORT, 3, [("2026-01-01", "2026-10-31", 1)])
        conversation(f"2-ZGlyZWN0{i}A==", "", [who], msgs)
        note("LinkedIn", directs=1, direct_messages=len(msgs))
    t = unix("2026-05-07 09:00")
    rows.append((t, ["2-c3BvbnNvcg==", "Sponsored", "LinkedIn Member", "", ME, me, utc(t) + " UTC", "Devenez coach", '<p class="spinmail-quill-editor__spin-break">Une offre pour vous</p>', "INBOX", "", "No", "No"]))
    t = unix("2026-10-29 21:40")
    rows.append((t, ["2-ZGlyZWN01A==", "", ME, me, "Claire Vanhoorde", URL + slug("Claire Vanhoorde"), utc(t) + " UTC", "", "Bonjour Claire, je voulais te dire", "", "", "Yes", "No"]))

    firms = ["Mutuelle des Trois Ponts", "Atelier Noord", "Brasserie du Vallon", "Hôpital Sainte-Aurélie", "Coopérative Grain d'Or", "Cabinet Passerelle", "Brival Logistique"]
    jobs = ["DRH", "HR Business Partner", "Responsable formation", "Formatrice indépendante", "Learning Manager", "Consultant RH", "Directrice des opérations"]
    known = [p for p in HR + TRAINERS + BRIVAL + ["Priya Ramdelal", "Apolline Stevenart", "Hugo Matagne"]]
    connections = []
    for p in known:
        first, last = p.split(" ", 1)
        t = unix("2024-12-01") + r.randrange(690) * 86400 if p in HR else unix("2019-03-01") + r.randrange(2000) * 86400
        connections.append((t, [first, last, URL + slug(p), f"{slug(p)}@mail.example" if r.random() < 0.15 else "", r.choice(firms), r.choice(jobs), utc(t, "%d %b %Y")]))
    note("LinkedIn", contacts=len(connections))
    hidden = (unix("2026-02-21"), ["", "", "", "", "", "", "21 Feb 2026"])
    preamble = 'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for connections who have allowed their connections to see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email."\n\n'

    def am_pm(t):
        d = datetime.fromtimestamp(t, ZONE)
        return f"{d.month}/{d.day}/{d:%y}, {d.hour % 12 or 12}:{d:%M} {'AM' if d.hour < 12 else 'PM'}"

    invites = []
    for i, p in enumerate(HR[1:9] + ["Apolline Stevenart", "Priya Ramdelal", "Hugo Matagne", "Samuel Nkoulou"]):
        out = i % 3 != 2
        t = unix("2026-04-10 12:00") + i * 15 * 86400 + r.randrange(30000)
        text = f"Bonjour {p.split()[0]}, nous étions à la même rencontre RH. Je serais heureuse de poursuivre l'échange." if out and i % 2 == 0 else ""
        a, b = (ME, p) if out else (p, ME)
        invites.append((t, [a, b, am_pm(t), text, "OUTGOING" if out else "INCOMING", URL + slug(a), URL + slug(b)]))
    given = [("Karim Bouzerda", "Conduite du changement"), ("Perrine Lachaux", "Ingénierie pédagogique")]
    received = [("Odile Chastang", "Gestion des compétences"), ("Hakim Benzarti", "Formation"), ("Maud Quertinier", "Formation")]
    recommended = [[*p.split(" ", 1), *rest] for p, *rest in [
        ("Ulysse Pradel", "Cabinet Passerelle", "Formateur", "Ulysse rend simple ce qui ne l'est pas. Mes managers citent encore sa formation deux ans après.", "09/02/25, 10:12 AM", "VISIBLE")]]
    recommending = [[*p.split(" ", 1), *rest] for p, *rest in [
        ("Odile Chastang", "Brival Logistique", "Directrice des opérations", "Isabelle a fait de la formation un sujet de terrain, avec les équipes de nuit comme avec le comité.", "06/20/26, 03:00 PM", "VISIBLE"),
        ("Perrine Lachaux", "Indépendante", "Conceptrice pédagogique", "Une partenaire exigeante et généreuse.", "11/18/25, 09:31 AM", "VISIBLE")]]
    pages = [["Atelier Noord", "Sat Sep 05 08:12:14 UTC 2026"], ["Hôpital Sainte-Aurélie", "Tue Aug 18 17:40:02 UTC 2026"]]
    note("LinkedIn", invitations=len(invites), praises=len(given) + len(received) + len(recommended) + len(recommending), pages=len(pages))

    events = [["Petit-déjeuner RH : transparence salariale", "Sep 15, 2026 8:30 AM - Sep 15, 2026 10:00 AM", "APPROVED", ""],
              ["Learning Day Brussels", "Oct 8, 2026 9:00 AM - Oct 8, 2026 5:00 PM", "APPROVED", "https%3A%2F%2Flearningday.example%2F2026"],
              ["Webinaire : mesurer la formation", "Mar 12, 2026 12:00 PM - Mar 12, 2026 1:00 PM", "APPROVED", ""],
              ["Salon logistique Lyon", "Jun 4, 2026 9:00 AM - Jun 4, 2026 6:00 PM", "RELINQUISHED", ""]]
    note("LinkedIn", meetings=len(events))

    def person(p):
        return p.split(" ", 1)

    reco = ["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"]
    endorse = ["Endorsement Date", "Skill Name", "{0} First Name", "{0} Last Name", "{0} Public Url", "Endorsement Status"]

    def endorsements(role, people):
        return table([c.format(role) for c in endorse], [[utc(unix("2025-06-01 10:00") + 86400 * 31 * i, "%Y/%m/%d %H:%M:%S UTC"), s, *person(p),
                                                          "www.linkedin.com/in/" + slug(p), "ACCEPTED"] for i, (p, s) in enumerate(people)])

    ads_head = ["Member Age", "Buyer Groups", "Company Names", "Company Follower of", "Company Names", "Company Names", "Company Size", "Degrees", "Member Schools",
                "Fields of Study", "Job Functions", "Job Seniorities", "Job Titles", "Job Titles", "Job Titles", "Member Groups", "Member Interests", "Member Skills", "interfaceLocale"]
    names = ["HR Pros in Belgium", "DRH & décideurs RH Belgique", "Digital Learning & EdTech Europe", "Supply Chain & Logistique Rhône-Alpes"]
    ads = ["35-54", "", "Brival Logistique", "Atelier Noord; Hôpital Sainte-Aurélie", "Cabinet Passerelle", "", "201-500", "Master", "IAE des Trois Rivières", "Gestion des ressources humaines",
           "Human Resources; Education", "Manager", "Responsable RH et formation", "Learning and Development Manager", "Chargée de formation", "; ".join(names),
           "Formation professionnelle; Compétences", "Ingénierie de formation; Gestion des compétences; SIRH", "fr_FR"]

    files = {
        "Profile.csv": table(["First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code", "Geo Location", "Twitter Handles", "Websites", "Instant Messengers"],
                             [["Isabelle", "Maréchaud", "", "", "", "Responsable RH et formation | compétences, managers, digitalisation", "Douze ans de ressources humaines et de formation à Lyon, à Bruxelles depuis juillet 2026.", "Human Resources Services", "1050", "Brussels, Belgium", "", "", ""]]),
        "Ad_Targeting.csv": table(ads_head, [ads]),
        f"Shares_{member}.csv": table(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"], newest(shares)),
        f"Comments_{member}.csv": backslash(["Date", "Link", "Message"], newest(comments)),
        f"Reactions_{member}.csv": table(["Date", "Type", "Link"], newest(reactions)),
        f"InstantReposts_{member}.csv": table(["Date", "Link"], newest(reposts)),
        f"Votes_{member}.csv": table(["Date", "Link", "OptionText"], newest(votes)),
        f"Saved_Items_{member}.csv": table(["savedItem", "CreatedTime"], [["https://www.linkedin.com/feed/update/urn:li:activity:" + str(snowflake(unix("2026-09-09 10:00"))), "2026-09-09 08:00:00"]]),
        "messages.csv": table(head, newest(rows), csv.QUOTE_ALL),
        "learning_coach_messages.csv": table(head[:10], []),
        "LearningCoachMessages.csv": "No conversations found",
        "Connections.csv": preamble + table(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"], newest(connections + [hidden])),
        "Invitations.csv": table(["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"], newest(invites)),
        "Recommendations_Given.csv": table(reco, recommended),
        "Recommendations_Received.csv": table(reco, recommending),
        "Endorsement_Given_Info.csv": endorsements("Endorsee", given),
        "Endorsement_Received_Info.csv": endorsements("Endorser", received),
        "Events.csv": table(["Event Name", "Event Time", "Status", "External Url"], events),
        "Company Follows.csv": table(["Organization", "Followed On"], pages),
        "SearchQueries.csv": table(["Time", "Search Query"], [["2026/10/11 10:10:23 UTC", "responsable formation bruxelles"], ["2026/09/30 18:02:55 UTC", "learning manager"]]),
        "Logins.csv": table(["Login Date", "IP Address", "User Agent", "Login Type"], [["Thu Oct 29 19:02:11 UTC 2026", "192.0.2.14", "Mozilla/5.0", "Password"]]),
        "Email Addresses.csv": table(["Email Address", "Confirmed", "Primary", "Updated On"], [["isabelle.marechaud@example.org", "Yes", "Yes", "3/2/26, 9:12 AM"]]),
        "PhoneNumbers.csv": table(["Extension", "Number", "Type"], [["", "+32 460 00 12 07", "Mobile"]]),
        "Skills.csv": table(["Name"], [["Ingénierie de formation"], ["Gestion des compétences"], ["SIRH"]]),
    }
    write("linkedin/Complete_LinkedInDataExport_10-30-2026.zip", zipped(sorted(files.items())))


# ---------------------------------------------------------------- Facebook

def mojibake(x):
    """Each UTF-8 byte becomes its own character, as in these exports."""
    if isinstance(x, str):
        return x.encode().decode("latin-1")
    if isinstance(x, list):
        return [mojibake(i) for i in x]
    if isinstance(x, dict):
        return {mojibake(k): mojibake(v) for k, v in x.items()}
    return x


def facebook():
    r = Random("facebook")
    admin, flat, congress, dress, yoga, pedago, cook, expats = (
        "Formateurs & RH francophones de Bruxelles", "Logements à louer à Bruxelles", "Congrès annuel Apprendre Ensemble", "Vide-dressing Lyon 6e",
        "Yoga & bien-être Lyon", "Pédagogie active & soft skills", "Les recettes du dimanche", "Expats & newcomers in Ixelles")
    joined = {admin: "2026-04-02", flat: "2026-05-20", congress: "2025-02-20", dress: "2023-04-11", yoga: "2024-12-08", pedago: "2024-11-12",
              cook: "2025-01-05", expats: "2026-07-20"}
    seasons = instants(r, "2025-03-10", "2025-04-05", 4) + instants(r, "2026-03-09", "2026-04-11", 5)
    plan = [(admin, instants(r, "2026-04-20", EXPORT, 17), P.FB_ADMIN), (flat, instants(r, "2026-05-21", "2026-08-06", 5), "\n".join(lines(P.FB_LOGEMENT)[:3])),
            (flat, [unix("2026-08-07 20:10")], lines(P.FB_LOGEMENT)[3]), (congress, seasons, P.FB_CONGRES), (dress, instants(r, START, "2025-06-10", 8), P.FB_DRESSING),
            (pedago, instants(r, "2025-01-10", "2025-12-09", 6), P.FB_PEDAGO), (cook, instants(r, "2025-01-12", EXPORT, 34), P.FB_RECETTES),
            (expats, [unix("2026-07-21 20:05"), unix("2026-08-04 18:40")], P.FB_EXPATS)]
    chat = [(admin, instants(r, "2026-04-25", EXPORT, 26), P.FB_ADMIN_COM), (congress, instants(r, "2025-03-12", "2025-04-08", 3) + instants(r, "2026-03-11", "2026-04-11", 3), P.LI_DRH_COM),
            (cook, instants(r, "2025-02-02", EXPORT, 22), P.FB_RECETTES), (pedago, instants(r, "2025-02-10", "2025-12-02", 3), P.FB_PEDAGO)]
    posts, comments = [], []
    for group, times, bank in plan:
        seen, draw = set(), (iter(lines(bank)) if group == expats else deck(r, lines(bank)))
        for i, t in enumerate(times):
            text = say(r, draw, seen, t)
            urls = re.findall(r"https?://\S+[\w/]", text)
            entry = {"timestamp": t}
            if urls:
                entry["attachments"] = [{"data": [{"external_context": {"url": urls[0]}}]}]
            entry["data"] = [{"post": text}, {"update_timestamp": t + 60}] if i % 4 == 1 else [{"post": text}]
            posts.append({**entry, "title": f"{ME} a publié dans {group}."})
    others = [p for p in HR + TRAINERS]
    for group, times, bank in chat:
        seen, draw = set(), deck(r, lines(bank))
        for i, t in enumerate(times):
            who = r.choice(others)
            comments.append({"timestamp": t, "data": [{"comment": {"timestamp": t, "comment": say(r, draw, seen, t), "author": ME, "group": group}}],
                             "title": f"{ME} a répondu au commentaire de {who}." if i % 3 == 2 else f"{ME} a commenté la publication de {who}."})
    posts.sort(key=lambda e: -e["timestamp"])
    comments.sort(key=lambda e: -e["timestamp"])
    membership = sorted(({"timestamp": unix(d + " 20:15"), "data": [{"name": g}], "title": f"{ME} est devenue membre de {g}."} for g, d in joined.items()), key=lambda e: -e["timestamp"])
    visits = [{"timestamp": t, "media": [], "label_values": [{"ent_field_name": "Name", "label": "Nom", "value": g}], "fbid": str(61550000000000 + i)}
              for i, (g, t) in enumerate([(admin, unix("2026-10-29 08:10")), (cook, unix("2026-10-25 18:02")), (expats, unix("2026-10-11 21:30")), (admin, unix("2026-10-20 12:31"))])]
    note("Facebook", groups=len(joined), events=len(membership), messages=len(posts) + len(comments), mine=len(posts) + len(comments), visits=len(visits))

    def thread(title, people, msgs, tid, still=True):
        rows = []
        for m in sorted(msgs, key=lambda m: -m.t):
            row = {"sender_name": m.who, "timestamp_ms": m.t * 1000 + 137, "content": m.text, "is_geoblocked_for_viewer": False}
            rows.append(row)
        return f"your_facebook_activity/messages/inbox/{re.sub('[^a-z0-9]', '', title.lower())}_{tid}/message_1.json", {
            "participants": [{"name": p} for p in people + ([ME] if still else [])], "messages": rows, "title": title, "is_still_participant": still,
            "thread_path": f"inbox/{re.sub('[^a-z0-9]', '', title.lower())}_{tid}", "magic_words": []}

    cousins = ["Léonie Maréchaud", "Basile Maréchaud", "Guy Maréchaud", "Aliénor Maréchaud"]
    pool = ["Dorian Vesque", "Sabine Clavière", "Aurélien Thoiry"]
    c1 = talk(r, P.COUSINADE, cousins, "2026-02-08", "2026-09-10", 16, [("2026-02-08", "2026-10-31", 0.8)])
    c2 = talk(r, P.COVOIT, pool, "2025-01-13", "2025-06-27", 20, [("2025-01-13", "2025-06-30", 0.8)])
    d1 = talk(r, P.DIRECT, ["Solveig Hautecoeur"], "2026-06-01", EXPORT, 6, [("2026-06-01", "2026-10-31", 1)])
    note("Facebook", groups=2, messages=len(c1) + len(c2), mine=sum(m.who == ME for m in c1 + c2), directs=1, direct_messages=len(d1))

    went = [("Rencontre formateurs – Flagey", "2026-06-18 18:30"), ("Midi des métiers de la formation", "2026-09-24 12:15"), ("Congrès Apprendre Ensemble 2026", "2026-03-26 09:00")]
    event = [{"name": n, "start_timestamp": unix(t), "end_timestamp": unix(t) + 7200} for n, t in went]
    note("Facebook", meetings=5)
    base = "your_facebook_activity/"
    files = {
        "personal_information/profile_information/profile_information.json": {"profile_v2": {
            "name": {"full_name": ME, "first_name": "Isabelle", "middle_name": "", "last_name": "Maréchaud"}, "emails": {"emails": ["isabelle.marechaud@example.org"]},
            "current_city": {"name": "Bruxelles", "timestamp": unix("2026-07-19 10:00")}, "hometown": {"name": "Lyon", "timestamp": 0}}},
        base + "groups/your_group_membership_activity.json": {"groups_joined_v2": membership},
        base + "groups/your_groups.json": {"groups_admined_v2": [{"name": admin, "timestamp": unix("2026-06-15 09:40")}]},
        base + "groups/group_posts_and_comments.json": {"group_posts_v2": posts},
        base + "groups/your_comments_in_groups.json": {"group_comments_v2": comments},
        "logged_information/interactions/groups_and_events_you've_visited.json": visits,
        base + "events/your_event_responses.json": {"event_responses_v2": {
            "events_joined": event, "events_declined": [{"name": "Soirée d'adieu Lyon 6e", "start_timestamp": unix("2026-07-10 19:00"), "end_timestamp": 0}],
            "events_interested": [{"name": "Bourse aux livres d'Ixelles", "start_timestamp": unix("2026-10-17 10:00"), "end_timestamp": 0}]}},
    }
    files.update([thread("Cousinade 2026", cousins, c1, "7310022"), thread("Covoiturage Villeurbanne", pool, c2, "7310450", still=False),
                  thread("Solveig Hautecoeur", ["Solveig Hautecoeur"], d1, "7310991")])
    write("facebook/facebook-isabelle-2026-10-30-aB3dE5.zip", zipped([(n, json.dumps(mojibake(d), ensure_ascii=True, indent=2)) for n, d in sorted(files.items())]))


# ---------------------------------------------------------------- Slack: the workspace of a former mission

PROJECT = ["Loïc Ferrandin", "Sandra Vaugeois", "Amadou Keita", "Piotr Wilczek", "Jennifer Aubrac", "Corentin Maillet"]
TUTORS = ["Agathe Lemonnier", "Tess Rivoal", "Ibrahim Sarr", "Blandine Coquet"]


def slack(letters):
    """letters: (instant, address) of the newsletter she quotes."""
    ids = {name: f"U0GAR{i:02d}" for i, name in enumerate([ME] + PROJECT + TUTORS)}
    mail = {name: ascii_address(name, "garonne.example") for name in ids} | {ME: "isabelle.marechaud@example.org"}
    rnd = {name: Random("slack " + name) for name in ["projet-entrepot", "pause-cafe", "tuteurs"]}
    rooms = [
        # noisy; her mission ended in August 2025 and nobody took her out
        ("projet-entrepot", PROJECT, "Mise en service de l'entrepôt de Garonne", talk(rnd["projet-entrepot"], P.PROJET, PROJECT, START, EXPORT, 190, [("2025-01-06", "2025-08-29", 1.0)]), ()),
        # no word of hers since the mission, a few reactions this autumn
        ("pause-cafe", PROJECT + TUTORS, "Tout sauf le travail", talk(rnd["pause-cafe"], P.PAUSE, PROJECT + TUTORS[:2], START, EXPORT, 80, [("2025-01-06", "2025-08-29", 1.0)]), ("2026-08-20", 7)),
        # small, a modest title, exactly her trade
        ("tuteurs", TUTORS, "", talk(rnd["tuteurs"], P.TUTEURS, TUTORS, "2025-02-03", EXPORT, 70, [("2025-02-03", "2026-10-31", 0.65)], shared=letters), ()),
    ]
    files, channels = {}, []
    for i, (name, people, purpose, msgs, liked) in enumerate(rooms):
        channels.append({"id": f"C0GAR{i}", "name": name, "created": unix(START), "creator": ids[people[0]], "is_archived": False,
                         "members": [ids[p] for p in [ME] + people], "topic": {"value": ""}, "purpose": {"value": purpose}})
        root, days, stamp = {}, defaultdict(list), {}
        for k, m in enumerate(msgs):
            stamp[m] = f"{m.t}.{k:06d}"
        likes = 0
        for m in msgs:
            row = {"type": "message", "user": ids[m.who], "text": m.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "ts": stamp[m]}
            if m.parent in stamp:
                root[m] = root.get(m.parent, m.parent)
                row.update(thread_ts=stamp[root[m]], parent_user_id=ids[root[m].who])
            if liked and m.t > unix(liked[0]) and likes < liked[1] and m.parent is None:
                row["reactions"] = [{"name": "joy", "users": [ids[ME]], "count": 1}]
                likes += 1
            days[datetime.fromtimestamp(m.t, ZONE).strftime("%Y-%m-%d")].append(row)
        for day, rows in days.items():
            files[f"{name}/{day}.json"] = rows
        note("Slack", groups=1, messages=len(msgs), mine=sum(m.who == ME for m in msgs), reactions=likes)
    files["channels.json"] = channels
    files["users.json"] = [{"id": ids[n], "team_id": "T0GARONNE", "name": mail[n].split("@")[0], "profile": {"real_name": n, "email": mail[n]}} for n in ids]
    write("slack/Garonne Slack export Nov 4 2024 - Oct 30 2026.zip", zipped([(n, json.dumps(d, ensure_ascii=False)) for n, d in sorted(files.items())]))


def ascii_address(name, domain):
    return slug(name).removesuffix("-invented").replace("-", ".").replace("&", "") + "@" + domain


# ---------------------------------------------------------------- Discord: her own package, and a channel somebody saved whole

def discord():
    def flake(t, n=0):
        return str((t * 1000 - 1420070400000) << 22 | n)

    def stamp(t):
        return datetime.fromtimestamp(t, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000+00:00")

    me = {"id": "286920592588801207", "name": "isa_marechaud", "discriminator": "0000", "nickname": ME, "isBot": False}
    r = Random("discord")
    said = own(r, P.LD_EUROPE, instants(r, "2026-04-20", "2026-10-24", 26))
    server, channel = "410000000000000001", "510000000000000001"
    name, old = "L&D Europe", "Fresque des métiers – bénévoles"
    files = {
        "Account/user.json": {"id": me["id"], "username": me["name"], "discriminator": 0, "global_name": ME, "email": "isabelle.marechaud@example.org", "relationships": []},
        "Servers/index.json": {server: name, "410000000000000002": old},
        f"Servers/{server}/guild.json": {"id": server, "name": name},
        "Servers/410000000000000002/guild.json": {"id": "410000000000000002", "name": old},
        "Messages/index.json": {channel: f"general in {name}"},
        f"Messages/c{channel}/channel.json": {"id": channel, "type": "GUILD_TEXT", "name": "general", "guild": {"id": server, "name": name}},
        f"Messages/c{channel}/messages.json": [{"ID": int(flake(m.t)), "Timestamp": utc(m.t), "Contents": m.text, "Attachments": ""} for m in reversed(said)],
    }
    write("discord/package.zip", zipped([(n, json.dumps(d, ensure_ascii=False)) for n, d in sorted(files.items())]))
    note("Discord", groups=1, messages=len(said), mine=len(said))

    people = {n: {"id": f"30000000000000{i:04d}", "name": n.split()[0].lower(), "discriminator": "0000", "nickname": n, "isBot": False}
              for i, n in enumerate(["Mélusine Karsenty", "Youri Delacour", "Inès Chabrol", "Bastien Roumieu"])} | {ME: me}
    msgs = talk(Random("fresque"), P.FRESQUE, [n for n in people if n != ME], "2025-01-13", "2026-02-02", 40, [("2025-01-13", "2026-01-20", 0.7)])
    rows = []
    for i, m in enumerate(msgs):
        m.id = flake(m.t, i)
        row = {"id": m.id, "type": "Reply" if m.parent else "Default", "timestamp": stamp(m.t), "timestampEdited": None, "content": m.text, "author": people[m.who]}
        if m.parent:
            row["reference"] = {"messageId": m.parent.id, "channelId": "510000000000000002"}
        rows.append(row)
    write(f"discord/{old} - Salons - général [510000000000000002].json", json.dumps({
        "guild": {"id": "410000000000000002", "name": old}, "channel": {"id": "510000000000000002", "type": "GuildTextChat", "category": "Salons", "name": "général", "topic": ""},
        "dateRange": {"after": None, "before": None}, "exportedAt": "2026-10-30T17:00:00+01:00", "messages": rows, "messageCount": len(rows)}, ensure_ascii=False, indent=0) + "\n")
    note("Discord", groups=1, messages=len(msgs), mine=sum(m.who == ME for m in msgs))


# ---------------------------------------------------------------- Reddit

def reddit():
    comments = []
    for i, (t, text) in enumerate(P.REDDIT_ID):
        where = f"https://www.reddit.com/r/instructionaldesign/comments/1isa{i}0/thread/"
        comments.append([f"kisa{i}01", f"{where}kisa{i}01/", utc(unix(t)) + " UTC", "", "instructionaldesign", "0", where, f"t3_1isa{i}0", text, ""])
    votes = [[f"1hr{i:03d}", f"https://www.reddit.com/r/humanresources/comments/1hr{i:03d}/post/", "up"] for i in range(6)]
    files = [("comments.csv", table("id,permalink,date,ip,subreddit,gildings,link,parent,body,media".split(","), comments)), ("post_votes.csv", table(["id", "permalink", "direction"], votes)),
             ("subscribed_subreddits.csv", table(["subreddit"], [["humanresources"], ["instructionaldesign"]])),
             ("statistics.csv", table(["statistic", "value"], [["account name", "isa_marechaud"], ["export time", utc(unix(EXPORT + " 17:30")) + " UTC"]]))]
    write("reddit/export_isa_marechaud_20261030.zip", zipped(files))
    note("Reddit", groups=2, messages=len(comments), mine=len(comments), votes=len(votes))


# ---------------------------------------------------------------- mailing lists

def mailbox():
    address = "isabelle.marechaud@example.org"

    def letter(m, number, key, subject, labels, parent=None, post=True):
        who = address if m.who == ME else ascii_address(m.who, "courriel.example")
        when = datetime.fromtimestamp(m.t, ZONE)
        title, host = key
        name, _, domain = host.partition("@")
        head = [f"From {1800000000000000000 + number}@xxx {utc(m.t, '%a %b %d %H:%M:%S +0000 %Y')}", f"X-GM-THRID: {1800000000000000000 + number}", f"X-Gmail-Labels: {labels}"]
        if m.who != ME:
            head += [f"Delivered-To: {address}", f"List-Id: {quoted(title)} <{name}.{domain}>"] + ([f"List-Post: <mailto:{host}>"] if post else [f"List-Unsubscribe: <https://{domain}/retrait>"])
        head += [f"From: {quoted(m.who)} <{who}>", f"To: {host}", f"Subject: {quoted(subject)}", f"Date: {when.strftime('%a, %d %b %Y %H:%M:%S %z')}", f"Message-ID: <{m.id}>"]
        if parent:
            head.append(f"In-Reply-To: <{parent}>")
        return "\n".join(head + ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", m.text, "", ""])

    def quoted(text):
        return text if text.isascii() else "=?utf-8?B?" + base64.b64encode(text.encode()).decode() + "?="

    box, number = [], 0

    def put(out, key, msgs, tag, post=True):
        nonlocal number
        for m in msgs:
            number += 1
            m.id = f"{tag}-{number}@courriel.example"
            first = m.parent is None
            m.extra["subject"] = f"[{tag}] " + " ".join(m.text.split()[:6]) if first else m.parent.extra["subject"]
            subject = m.extra["subject"] if first else "Re: " + m.extra["subject"]
            out.append((m.t, letter(m, number, key, subject, quoted("Messages envoyés") if m.who == ME else quoted("Boîte de réception"), None if first else m.parent.id, post)))
        note("Mail", groups=1, messages=len(msgs), mine=sum(m.who == ME for m in msgs))

    # every December, and silent for the rest of the year
    burst = []
    for year in ("2024", "2025"):
        part = talk(Random("colloque " + year), P.COLLOQUE, ["Honorine Jouvet", "Matthias Krebs", "Elisa Fontanel"], f"{year}-11-18", f"{year}-12-20", 12, [(f"{year}-11-18", f"{year}-12-21", 0.8)])
        for m in part:
            m.text = m.text.replace("2025" if year == "2025" else "2026", str(int(year) + 1))
        burst += part
    put(box, ("Colloque du tutorat", "colloque-tutorat@listes.courriel.example"), burst, "colloque-tutorat")
    # a letter nobody can answer, whose links she passes on
    name, r, seen = "Lettre Compétences Belgique", Random("lettre"), set()
    letters = [Msg(t, name, fresh(r, text, seen, t)) for t, text in zip([unix("2025-01-07 06:30") + 14 * 86400 * i for i in range(47)], deck(r, lines(P.LETTRE)))]
    put(box, (name, "lettre-competences@lettres.courriel.example"), letters, "lettre-competences", post=False)
    # a trade union
    put(box, ("SMF – section syndicale formation", "smf-section@listes.courriel.example"),
        talk(Random("smf"), P.SYNDICAT, ["Didier Lancelin", "Fatima Ouali", "Gwenaël Tanguy"], START, EXPORT, 34, [(START, "2026-06-01", 0.8)]), "smf-section")
    write("mail/Takeout/Messagerie/Tous les messages.mbox", "".join(text for _, text in sorted(box)))

    # a list she moderates, as Google Groups gives it to who manages it
    archive, key = [], ("Formation continue entre pairs", "formation-continue-pairs@googlegroups.com")
    put(archive, key, talk(Random("forco"), P.FORCO, ["Ghislain Peretti", "Maëlle Castaing", "Orlane Dubreuil", "Nicolas Vautrin"], "2025-01-13", EXPORT, 56, [("2025-01-13", "2026-10-31", 0.25)]), "formation-continue")
    folder = f"mail/Takeout/Groupes/googlegroups.com/{key[1]}"
    write(folder + "/sujets.mbox", "".join(text for _, text in sorted(archive)))
    write(folder + "/membres.csv", table("Adresse,Nom,Statut,Année,Mois,Jour,Heure,Minute,Seconde".split(","),
        [[address, ME, "gestionnaire", 2025, 1, 12, 19, 0, 0]] + [[ascii_address(n, "courriel.example"), n, "membre", 2025, 1, 13 + i, 9, 0, 0]
         for i, n in enumerate(["Ghislain Peretti", "Maëlle Castaing", "Orlane Dubreuil", "Nicolas Vautrin"])]))
    return [(m.t, re.search(r"https?://\S+[\w/]", m.text)[0]) for m in letters]


# ---------------------------------------------------------------- a calendar: coffee with people of the tutors' channel

def calendar():
    meetings = [("20260312T123000", "Agathe Lemonnier", "Lyon, place Bellecour"), ("20260611T180000", "Tess Rivoal", "Lyon, gare de la Part-Dieu"), ("20260924T183000", "Agathe Lemonnier", "Bruxelles, gare du Midi")]
    rows = ["BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:isabelle.marechaud@example.org", "X-WR-TIMEZONE:Europe/Brussels"]
    for i, (start, who, place) in enumerate(meetings):
        rows += ["BEGIN:VEVENT", f"DTSTART;TZID=Europe/Brussels:{start}", "DURATION:PT1H", "DTSTAMP:20261030T170000Z", f"UID:cafe{i}@agenda.example",
                 f"ATTENDEE;PARTSTAT=ACCEPTED;CN={ME}:mailto:isabelle.marechaud@example.org", f"ATTENDEE;PARTSTAT=ACCEPTED;CN={who}:mailto:{ascii_address(who, 'garonne.example')}",
                 f"SUMMARY:Café avec {who.split()[0]}", "LOCATION:" + place.replace(",", "\\,"), "END:VEVENT"]
    write("calendar/isabelle.marechaud@example.org.ics", "\r\n".join(rows + ["END:VCALENDAR", ""]))
    note("Calendar", meetings=len(meetings))


# ---------------------------------------------------------------- tables typed by hand

def generic():
    measured = "2026-10-30T18:00:00+01:00"
    viadeo, school, alumni, meetup = "viadeo", "copainsdavant", "alumni", "meetup"
    groups = [
        [viadeo, "rh-formation-fr", "RH & Formation – réseau francophone", "https://viadeo.example/groupes/rh-formation-fr", "Professionnels des ressources humaines et de la formation", "rh;formation", "fr", "private", "4100", "0", "0", "2016-04-21T09:00:00+02:00", measured],
        [school, "jean-rivoire-1996", "Collège Jean-Rivoire, promo 1996", "", "Anciens élèves du collège", "école;souvenirs", "fr", "private", "38", "", "", "", measured],
        [alumni, "iae3r-bxl", "Club Alumni des Trois Rivières – Bruxelles", "https://alumni.example/bruxelles", "Rencontres en personne des diplômés installés à Bruxelles : dirigeants, responsables RH, consultants", "alumni;rencontres;bruxelles", "fr", "private", "64", "22", "3", "2026-10-16T08:00:00+02:00", measured],
        [meetup, "brussels-learning", "Brussels Learning & Development Meetup", "https://meetup.example/brussels-learning", "In-person evenings for L&D and HR people in Brussels", "learning;hr;brussels", "en", "public", "870", "60", "9", "2026-10-22T21:00:00+02:00", measured],
        ["manual", "cercle-marguerite", "Cercle Marguerite – femmes et RH en Belgique", "https://cercle-marguerite.example", "Cercle privé de DRH et de responsables formation en Belgique, deux dîners par an", "rh;décideurs;belgique", "fr", "private", "90", "", "", "", measured],
        ["", "", "Cercle des DRH du Brabant"] + [""] * 10,
        ["manual", "talents-wallonie", "Réseau Talents & Compétences Wallonie", "https://talents-wallonie.example", "Responsables formation et compétences des entreprises wallonnes, une rencontre par trimestre", "formation;compétences;wallonie", "fr", "private", "210", "", "", "", measured],
        ["manual", "tablee-ixelles", "Tablée formation d'Ixelles", "", "Une douzaine de responsables formation autour d'un café, sans programme", "formation;rencontres;bruxelles", "fr", "private", "14", "", "", "", measured],
    ]
    members = [[viadeo, "rh-formation-fr", "imarechaud", "member", "member", "2011-09-14", "", "none", "2016-05-11T20:00:00+02:00", "false", ""],
               [school, "jean-rivoire-1996", "isa96", "member", "member", "2008-02-20", "", "none", "2019-02-03T21:15:00+01:00", "false", ""],
               [alumni, "iae3r-bxl", "isabelle.marechaud@example.org", "member", "member", "2026-04-15", "", "all", "2026-10-15T09:00:00+02:00", "false", "premier jeudi du mois, vers le parc Royal"],
               [meetup, "brussels-learning", "isabelle-m", "member", "member", "2026-06-25", "", "mentions", "2026-10-22T22:00:00+02:00", "false", ""],
               ["manual", "cercle-marguerite", "", "requested", "", "", "", "", "", "false", "on me l'a conseillé, cotisation 180 € par an"],
               ["manual", "talents-wallonie", "", "requested", "", "", "", "", "", "false", "trouvé en ligne"],
               ["manual", "tablee-ixelles", "", "member", "member", "2026-06-30", "", "", "", "false", "rien d'écrit, on se voit"]]
    posts, n = [], 0

    def post(platform, group, kind, when, mine=True, text="", title="", url=""):
        nonlocal n
        n += 1
        stamp = local(when).isoformat()
        posts.append([platform, group, f"p{n:03d}", kind, stamp, str(mine).lower(), "", "", "", title, text, "", "en" if platform == meetup else "fr", "", url, "", ""])
        if kind == "event_rsvp":
            note("Tables", meetings=1)
        else:
            note("Tables", messages=1, mine=mine)

    for when, text in [("2014-03-10 09:20", "Quels outils utilisez-vous pour le plan de formation ? Nous faisons tout sur tableur."), ("2014-11-24 14:02", "Merci pour vos conseils, nous avons choisi un outil simple."),
                       ("2015-06-02 18:11", "Réforme de la formation : qui a un résumé clair pour les managers ?"), ("2016-04-12 08:47", "Je cherche un retour sur les entretiens professionnels.")]:
        post(viadeo, "rh-formation-fr", "post", when, text=text)
    for when in ["2026-05-07 19:00", "2026-06-04 19:00", "2026-09-03 19:00", "2026-10-01 19:00"]:
        post(alumni, "iae3r-bxl", "event_rsvp", when, title="Premier jeudi")
    for when, text in [("2026-05-08 09:10", "Merci pour l'accueil d'hier, trois conversations à poursuivre, dont une avec un DRH du secteur hospitalier."),
                       ("2026-09-04 08:55", "Je propose une table sur la formation des managers pour octobre."), ("2026-10-02 09:30", "Merci à ceux qui sont venus à ma table. Voici mes notes : https://www.formation-durable.example/notes-managers-77")]:
        post(alumni, "iae3r-bxl", "post", when, text=text)
    for when in ["2026-07-02 18:30", "2026-09-10 18:30", "2026-10-22 18:30"]:
        post(meetup, "brussels-learning", "event_rsvp", when, title="Monthly evening")
    for when, text in [("2026-07-03 10:05", "Thanks for the warm welcome, I took home two ideas for onboarding."), ("2026-09-11 09:12", "Here are the slides on training managers, comments welcome."),
                       ("2026-10-23 08:50", "Great evening! Happy to host a table on skills next time.")]:
        post(meetup, "brussels-learning", "reply", when, text=text)
    for when in ["2026-07-09 08:30", "2026-09-17 08:30", "2026-10-15 08:30"]:
        post("manual", "tablee-ixelles", "event_rsvp", when, title="Tablée")
    for when, text in [("2026-08-28 12:00", "Next evening: skills and internal mobility, two speakers."), ("2026-10-12 12:00", "October programme is online, three short talks on digital learning.")]:
        post(meetup, "brussels-learning", "post", when, mine=False, text=text)

    accounts = [["viadeo", "2016-05-11", "true", "false"], ["copainsdavant", "2019-02-03", "true", "false"], ["alumni", "2026-10-15", "false", "true"], ["meetup", "2026-10-22", "true", "true"]]
    club = "Club Alumni des Trois Rivières – Bruxelles"
    meetings = [["2026-05-07", "Eugénie Sartorel", "parc Royal", club], ["2026-05-07", "Baudouin Lenoble-Marche", "parc Royal", club], ["2026-06-04", "Eugénie Sartorel", "parc Royal", club],
                ["2026-06-18", "Karim Bouzerda", "Flagey", "Midis RH Bruxelles"], ["2026-09-03", "Baudouin Lenoble-Marche", "parc Royal", club], ["2026-09-10", "Noor Wittevrongel", "gare Centrale", "Brussels Learning & Development Meetup"],
                ["2026-09-24", "Maud Quertinier", "Flagey", "RH & Formation Bruxelles"], ["2026-10-01", "Eugénie Sartorel", "parc Royal", club], ["2026-10-08", "Claire Vanhoorde", "Etterbeek", "Midis RH Bruxelles"],
                ["2026-07-09", "Édith Vandamme", "Ixelles", "Tablée formation d'Ixelles"], ["2026-09-17", "Tarek Mansouri", "Ixelles", "Tablée formation d'Ixelles"],
                ["2026-10-15", "Édith Vandamme", "Ixelles", "Tablée formation d'Ixelles"]]
    note("Tables", groups=len(groups), meetings=len(meetings), memberships=len(members), events=sum(bool(m[5]) for m in members))
    gh = "platform,group_id,name,url,description,topics,language,visibility,members,members_active_30d,posts_30d,last_post_at,measured_at".split(",")
    mh = "platform,group_id,account,state,role,joined_at,left_at,notify,last_visit_at,pinned,note".split(",")
    ph = "platform,group_id,post_id,kind,created_at,author_is_me,author,reply_to,thread_id,title,text,text_len,lang,topics,url,reactions,replies".split(",")
    write("generic/groups.csv", table(gh, groups))
    write("generic/memberships.csv", table(mh, members))
    write("generic/posts.csv", table(ph, posts))
    write("generic/accounts.csv", table(["platform", "last_used", "public", "password_known"], accounts))
    write("generic/meetings.csv", table(["date", "person", "place", "met_through"], meetings))


# ---------------------------------------------------------------- the table of counts, at the end of README.md

COLUMNS = [("groups", "groups"), ("events", "my joins and leaves with a date"), ("messages", "posts, comments, messages in groups"), ("mine", "of which my acts"),
           ("reactions", "my reactions in groups"), ("votes", "my votes in groups"), ("visits", "my visits of groups"), ("unattributed", "my activity of no known group"), ("directs", "direct conversations"),
           ("direct_messages", "messages in them"), ("contacts", "contacts"), ("pages", "company pages followed"), ("invitations", "invitations"),
           ("praises", "recommendations and endorsements"), ("meetings", "meetings")]


def readme():
    sources = ["Telegram", "WhatsApp", "LinkedIn", "Facebook", "Slack", "Discord", "Reddit", "Mail", "Calendar", "Tables"]
    rows = ["| | " + " | ".join(sources) + " | all |", "|---" * (len(sources) + 2) + "|"]
    rows += [f"| {label} | " + " | ".join(str(counts[s][key]) for s in sources) + f" | {sum(counts[s][key] for s in sources)} |" for key, label in COLUMNS]
    path = HERE / "README.md"
    mark = "<!-- written by make.py from here on -->\n"
    text = path.read_text(encoding="utf-8").split(mark)[0] if path.exists() else ""
    text = text.rstrip("\n") + "\n\n" + mark + "\n" + "\n".join(rows) + f"""

Beside these, and no record: {counts['WhatsApp']['deleted']} WhatsApp placeholders of a message she deleted, {counts['Telegram']['unsupported']} Telegram line of type
`unsupported`, one note to herself in the saved messages, one LinkedIn draft, one LinkedIn advertisement, one hidden LinkedIn relation without a name.
Telegram also names {counts['Telegram']['others_reactions']} reactions of other people. The tables hold {counts['Tables']['memberships']} membership rows; one more group is a name only.
"""
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    whatsapp(telegram())
    slack(mailbox())
    discord()
    reddit()
    calendar()
    linkedin()
    facebook()
    generic()
    readme()
