#!/bin/sh
# Runs fuzz targets one after another, each for so many minutes of CPU time: fuzz.sh [MINUTES [TARGET...]]
# The first find ends it. Inputs that reached something new are kept in target/fuzz/grown.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-20}
[ $# -eq 0 ] || shift
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
work=$target/fuzz
[ $# -gt 0 ] || set -- credentials record locations keys replies c_api

PATH=$target/tools/bin:$PATH
if ! command -v cargo-fuzz >/dev/null; then
    cargo install --quiet --locked --root "$target/tools" --target-dir "$target/tools/build" cargo-fuzz
fi

cpu_seconds() { # PID
    ticks=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f12,13) || return 1
    [ -n "$ticks" ] || return 1
    # shellcheck disable=SC2086
    set -- $ticks
    echo $((($1 + $2) / $(getconf CLK_TCK)))
}

for name; do
    case $name in
    # Their threads make and free memory while an input runs, which is taken for leaks.
    replies | c_api) options='-detect_leaks=0 -len_control=0' ;;
    *) options='-use_value_profile=1' ;;
    esac
    seeds=fuzz/corpus/$name
    [ "$name" != keys ] || seeds="$seeds crates/client/tests/keys"
    if [ -n "${B2H_FUZZ_SEEDS:-}" ]; then seeds="$seeds $B2H_FUZZ_SEEDS"; fi
    mkdir -p "$work/grown/$name" "$work/found/$name"

    cargo +nightly fuzz build --fuzz-dir fuzz --target-dir "$work" "$name"
    program=$(echo "$work"/*/release/"$name")
    # shellcheck disable=SC2086
    nice -n 19 "$program" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 $options \
        -artifact_prefix="$work/found/$name/" "$work/grown/$name" $seeds >"$work/$name.log" 2>&1 &
    fuzzer=$!
    trap 'kill "$fuzzer" 2>/dev/null || :' EXIT
    used=0
    while now=$(cpu_seconds "$fuzzer") && [ "$now" -lt $((minutes * 60)) ]; do
        used=$now
        sleep 2
    done
    kill -USR1 "$fuzzer" 2>/dev/null || :
    if ! wait "$fuzzer"; then
        tail -n 60 "$work/$name.log"
        echo "$name: found something; the log is $work/$name.log, the input is in $work/found/$name" >&2
        exit 1
    fi
    trap - EXIT
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log")
    cover=$(grep -o 'cov: [0-9]* ft: [0-9]*' "$work/$name.log" | tail -n 1)
    echo "$name: $used s of CPU time, $runs runs, $cover"
done
