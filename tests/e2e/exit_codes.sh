#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every documented exit code, seen from a shell.
. "$(dirname "$0")/common.sh"

good=$work/good/posts.csv bad=$work/bad/posts.csv
mkdir -p "$work/good" "$work/bad" "$work/none"
header=platform,group_id,post_id,kind,created_at,author_is_me,text
printf '%s\nbees,1,1,post,2026-01-02T10:00:00Z,true,hello\n' $header >"$good"
# 50 rows of which far more than a tenth are wrong: the source is refused whole.
{ echo $header; for i in $(seq 60); do echo "bees,1,$i,post,2026-99-99,true,x"; done; } >"$bad"
printf 'nothing to see' >"$work/none/holiday.bin"

expect 0 "$program" --version
expect 0 "$program"
expect 2 "$program" frobnicate
expect 2 "$program" audit --as-of yesterday
expect 4 "$program" import "$work/none/holiday.bin"
says holiday.bin
expect 4 "$program" import "$bad"
expect 0 "$program" groups --json
grep -q '"groups": \[\]' "$work/out" || fail "a refused source left groups behind"
expect 1 "$program" import "$good" "$bad"
says "$bad"
expect 0 "$program" import "$good"
expect 0 "$program" import --accept-quarantine "$bad"
expect 3 "$program" import --strict --accept-quarantine --no-text "$bad"
expect 0 "$program" audit --json
expect 2 "$program" show "no such group"
expect 1 "$program" report --out /dev/full
says /dev/full

# 5: another process holds the database, and does not let go.
mkfifo "$work/held"
python3 - "$SECATEUR_HOME/clients/me/secateur.db" "$work/held" <<'PY' &
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
db.execute("BEGIN EXCLUSIVE")
with open(sys.argv[2], "w") as held:
    held.write("held")
time.sleep(300)
PY
holder=$!
[ "$(timeout 60 cat "$work/held")" = held ] || fail "the database could not be held"
printf '%s\nbees,1,2,post,2026-01-03T10:00:00Z,true,again\n' $header >"$good"
expect 5 "$program" import "$good"
kill $holder 2>/dev/null
wait $holder 2>/dev/null

# Results go to standard output, all else to standard error.
"$program" audit --json 2>/dev/null | python3 -m json.tool >/dev/null || fail "audit --json is not JSON alone"
"$program" nonsense 2>/dev/null | grep -q . && fail "an error was written to standard output"
finish
