#!/bin/sh
# That the service registers each file once: ingest_test.sh CREDENTIALS INGEST B2H
set -eu

credentials=$1 ingest=$2 b2h=$3
folder=$(mktemp -d)
running=
trap 'kill $running 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/inbox" "$folder/archive"
base=https://data.example.org/$$/

files() {
    find "$folder/$1" -type f | wc -l
}

for number in 1 2 3 4 5 6 7 8; do
    echo "content $number" >"$folder/inbox/$number.dat"
done
echo unfinished >"$folder/inbox/9.dat.part"
"$ingest" "$credentials" "$folder/inbox" "$folder/archive" "$base" --once >"$folder/said"
[ "$(files archive)" = 8 ]
[ "$(files inbox)" = 1 ]
name=$(sed -n "s|^\(.*\) ${base}3.dat\$|\1|p" "$folder/said")
[ "$("$b2h" --credentials "$credentials" get "$name" URL)" = "${base}3.dat" ]
[ "$("$b2h" --credentials "$credentials" get "$name" CHECKSUM)" = crc32:31537501 ]

# A file that was registered and not moved is moved; another one under its address is refused.
mv "$folder/archive/3.dat" "$folder/inbox"
"$ingest" "$credentials" "$folder/inbox" "$folder/archive" "$base" --once >"$folder/said"
grep -q "^$name " "$folder/said"
echo changed >"$folder/inbox/3.dat"
status=0
"$ingest" "$credentials" "$folder/inbox" "$folder/archive" "$base" --once >"$folder/said" || status=$?
[ "$status" = 1 ]
grep -q 'another checksum' "$folder/said"
rm "$folder/inbox/3.dat"

# A service takes what comes, until it is told to end.
"$ingest" "$credentials" "$folder/inbox" "$folder/archive" "$base" >"$folder/said" &
running=$!
mv "$folder/inbox/9.dat.part" "$folder/inbox/9.dat"
while [ "$(files archive)" != 9 ]; do
    kill -0 $running
    sleep 0.05
done
kill -TERM $running
wait $running
running=
