#!/bin/sh
# Runs a program against a sandbox of its own: with-sandbox.sh SANDBOX PROGRAM [ARGUMENT ...]
#
# Starts the sandbox on a free port, runs "PROGRAM CREDENTIALS.json ARGUMENT ...", and stops the sandbox however
# that ends. The exit status is the program's.
set -eu

sandbox=$1 program=$2
shift 2
folder=$(mktemp -d)
running=

stop() {
    trap - EXIT INT TERM HUP
    for pid in $running; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM HUP

"$sandbox" --listen 127.0.0.1:0 --ready-file "$folder/ready.json" --credentials "$folder/credentials.json" &
running=$!
while [ ! -e "$folder/ready.json" ]; do
    kill -0 "$running" 2>/dev/null || { echo "The sandbox did not start." >&2; exit 1; }
    sleep 0.05
done

# In the background, so that a signal ends the wait at once.
"$program" "$folder/credentials.json" "$@" &
running="$! $running"
status=0
wait "$!" || status=$?
exit "$status"
