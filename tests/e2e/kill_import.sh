#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills an import at 20 seeded moments. Each time the database must be as before or complete, and importing again must give what an
# undisturbed import gives.
. "$(dirname "$0")/common.sh"
RANDOM=20261121
"$generator" --kind telegram --messages 60000 --groups 12 --out "$work/export" >/dev/null || fail "no export was generated"
dump() { "$program" groups --json && "$program" audit --json --as-of 2026-10-31; }

begin=$(date +%s%N)
expect 0 "$program" import "$work/export"
span=$((($(date +%s%N) - begin) / 1000000))
dump >"$work/clean"
count() { "$program" sources --json 2>/dev/null | grep -c '"connector":'; }

interrupted=0
for round in $(seq 20); do
  rm -rf "$SECATEUR_HOME"
  "$program" client new me >/dev/null
  "$program" import "$work/export" >/dev/null 2>&1 &
  pid=$!
  sleep "$(printf '%d.%03d' $((span * RANDOM / 32768 / 1000)) $((span * RANDOM / 32768 % 1000)))"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  case $(count) in
    0) interrupted=$((interrupted + 1))
       [ "$("$program" groups --json | grep -c '"id":')" -eq 0 ] || fail "round $round: groups of a killed import" ;;
    1) ;;
    *) fail "round $round: $(count) sources" ;;
  esac
  expect 0 "$program" import "$work/export"
  dump >"$work/again"
  cmp -s "$work/clean" "$work/again" || fail "round $round: not what a clean import gives"
done
[ "$interrupted" -ge 5 ] || fail "only $interrupted of 20 imports were really interrupted"
echo "$interrupted of 20 imports were interrupted"
finish
