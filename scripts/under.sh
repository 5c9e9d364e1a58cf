#!/bin/sh
# Runs every test that compiles a C program under a tool: under.sh asan|tsan|valgrind (tests/common/under.rs)
#
# Ends with what was left out, and a line that tells how many programs ran how often and what was found. The exit status
# is 0 if nothing was.
set -eu
cd "$(dirname "$0")/.."
tool=$1
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
work=$target/tmp/under/$tool
found=$work/found
rm -rf "$found"
mkdir -p "$found"

tests=
for main in tests/*.rs tests/*/main.rs; do
    folder=${main%/main.rs}
    if grep -rqE '\b(c_program|compile(_all|_with)?)\(' "$folder"; then
        tests="$tests --test $(basename "$folder" .rs)"
    fi
done

status=0
# shellcheck disable=SC2086 # a list
B2H_TEST_UNDER=$tool nice cargo test --locked --no-fail-fast --package b2handle $tests >"$work/cargo-test.log" 2>&1 || status=$?

reports=$(find "$found" -type f ! -name runs -size +0)
for report in $reports; do
    echo "--- $report"
    head -n 60 "$report"
done
if [ "$status" != 0 ]; then
    grep -aE '^test .*FAILED|^error' "$work/cargo-test.log" || tail -n 60 "$work/cargo-test.log"
    echo "The log is $work/cargo-test.log."
fi
skipped=$(grep -ao 'SKIPPED.*' "$work/cargo-test.log" || :)
[ -z "$skipped" ] || echo "$skipped"

# Those of tests/c that no test ran.
unseen=
for source in tests/c/*.c tests/c/*.cpp; do
    name=$(basename "${source%.*}")
    grep -qx "$name" "$found/runs" || unseen="$unseen $name"
done
[ -z "$unseen" ] || echo "not run under $tool:$unseen"

programs=$(sort -u "$found/runs" | wc -l)
runs=$(wc -l <"$found/runs")
count() { printf '%s' "$1" | grep -c . || :; }
passed=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$work/cargo-test.log")
echo "$tool: $programs C programs in $runs runs, $(count "$reports") reports;" \
    "$passed tests passed, $(count "$skipped") left out"
[ "$status" = 0 ] && [ -z "$reports" ] && [ "$runs" -gt 0 ]
