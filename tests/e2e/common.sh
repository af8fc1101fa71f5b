# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts here: a folder of its own, and checks that count.
set -uo pipefail
program=$1 generator=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SECATEUR_HOME=$work/home LC_ALL=C.UTF-8
unset LANG LC_MESSAGES XDG_DATA_HOME
failures=0
fail() { printf 'FAILED: %s\n' "$*"; failures=$((failures + 1)); }
# expect CODE COMMAND...: runs it, keeps what it said in $work/out and $work/err.
expect() {
  local wanted=$1
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null
  local got=$?
  [ "$got" -eq "$wanted" ] || { fail "exit code $got, not $wanted: $*"; sed 's/^/  /' "$work/err"; }
}
says() { grep -qF -- "$1" "$work/out" "$work/err" || { fail "nobody said: $1"; sed 's/^/  /' "$work/out" "$work/err"; }; }
finish() {
  [ "$failures" -eq 0 ] && echo "all as expected"
  exit $((failures > 0))
}
