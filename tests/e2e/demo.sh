#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What scripts/demo does, in both languages; and importing everything again changes nothing.
. "$(dirname "$0")/common.sh"
for language in fr en; do
  client=isabelle-$language
  run() { "$program" --client "$client" --as-of 2026-10-31 --no-input --lang "$language" "$@"; }
  expect 0 "$program" client new "$client"
  cp "$root/sample_data/isabelle/profile.toml" "$SECATEUR_HOME/clients/$client/"
  expect 0 run import "$root/sample_data/isabelle"
  expect 0 run answer --from "$root/sample_data/isabelle/answers.csv"
  expect 0 run audit --json
  cp "$work/out" "$work/first"
  expect 0 run import --json "$root/sample_data/isabelle"
  grep -q '"status": "imported"' "$work/out" && fail "a source was read again although nothing changed"
  expect 0 run audit --json
  cmp -s "$work/first" "$work/out" || fail "importing again changed the audit"
  for format in terminal html json csv md; do
    expect 0 run report --format $format --out "$work/report.$format"
    [ -s "$work/report.$format" ] || fail "no $format report"
  done
  xmllint --html --noout "$work/report.html" 2>"$work/lint"
  grep -v 'Tag \(main\|nav\|section\|header\|footer\|svg\|details\|summary\|title\|path\|g\|text\|circle\|rect\|line\|figure\|figcaption\|desc\|article\|polyline\|aside\|time\|use\|symbol\|defs\|tspan\) invalid' "$work/lint" |
    grep -q 'error' && { fail "the HTML is not well formed"; head -20 "$work/lint"; }
done
finish
