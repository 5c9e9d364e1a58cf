#!/bin/sh
# Makes sure that commands, or files, are there: need.sh COMMAND[:PACKAGE] ...
#
# As root on a Debian system missing ones are installed. Otherwise they are named, and the script fails.
set -eu

packages=
for need in "$@"; do
    command -v "${need%%:*}" >/dev/null 2>&1 || [ -e "${need%%:*}" ] || packages="$packages ${need##*:}"
done
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$packages" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list of packages
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
    echo "Missing. Please install these packages (names as in Debian):$packages" >&2
    exit 1
fi
