#!/bin/sh
# Runs what takes too long to be done at each change, part after part: long.sh [PART...]
#
# Each part ends with a line that tells what came of it; the last line tells of all, after a list of what was left out.
# SEEDS are those of the fault and kill loops, MINUTES the CPU time of each fuzz target.
set -u
cd "$(dirname "$0")/.." || exit
logs=$(realpath -m "${CARGO_TARGET_DIR:-target}")/long
rm -rf "$logs"
mkdir -p "$logs"
[ $# -gt 0 ] || set -- asan tsan valgrind threads chaos fuzz packages

has_nightly() {
    sysroot=$(rustup run nightly rustc --print sysroot) && [ -e "$sysroot/lib/rustlib/src/rust/library/Cargo.lock" ]
}

{ has_nightly || rustup toolchain install nightly --profile minimal --component rust-src; } >"$logs/nightly" 2>&1

run() { # PART
    case $1 in
    asan | valgrind) scripts/under.sh "$1" ;;
    tsan | fuzz)
        if ! has_nightly 2>/dev/null; then
            echo "SKIPPED 1: $1: there is no nightly compiler with rust-src"
        elif [ "$1" = tsan ]; then
            scripts/under.sh tsan
        else
            scripts/fuzz.sh "${MINUTES:-1}"
        fi
        ;;
    threads) B2H_HOST_SECONDS=60 cargo test --locked --test host sixty_four -- --nocapture ;;
    chaos)
        for seed in ${SEEDS:-1 2 3}; do
            "${MAKE:-make}" --no-print-directory chaos SEED="$seed" || return
        done
        ;;
    packages) cargo test --locked --test package ;;
    *) echo "There is no part $1." && return 2 ;;
    esac
}

# The lines of a part that tell what came of it.
summary() { # PART
    case $1 in
    chaos | asan | tsan | valgrind) grep -a "^$1: " "$logs/$1" ;;
    fuzz) grep -a ' s of CPU time, ' "$logs/$1" ;;
    *) grep -a '^test result: ' "$logs/$1" ;;
    esac | tr '\n' '|' | sed 's/|$//; s/|/ | /g'
}

passed= failed= skipped=
for part; do
    begun=$(date +%s)
    if run "$part" >"$logs/$part" 2>&1; then
        if grep -aq "^SKIPPED 1: $part: " "$logs/$part"; then
            skipped="$skipped $part"
        else
            passed="$passed $part"
        fi
        echo "$part, $(($(date +%s) - begun)) s: $(summary "$part")"
    else
        failed="$failed $part"
        tail -n 100 "$logs/$part"
        echo "$part, $(($(date +%s) - begun)) s: FAILED; all that it said is in $logs/$part. $(summary "$part")"
    fi
done

grep -aho 'SKIPPED.*\|^not run under.*' "$logs"/* | sort -u
echo "test-long: passed:${passed:- none}; failed:${failed:- none}; skipped:${skipped:- none}." \
    "Left out within parts: $(grep -aho 'SKIPPED.*' "$logs"/* | sort -u | wc -l), listed above with their reasons."
[ -z "$failed" ]
