#!/usr/bin/env bash
# reader_bench.sh BIN_FOLDER TRACE... : repeats the lines of the traces to a file of 1,000,000 lines, runs both programs on
# it in turn and prints the ratio of their medians. Above 0.8 the trace reader is as fast as it must be.
set -euo pipefail
bin=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for trace in "$@"; do zcat -f "$trace"; done >"$folder/once.jsonl"
while cat "$folder/once.jsonl" 2>/dev/null; do :; done | head -n 1000000 >"$folder/trace.jsonl" || true
for _ in 1 2 3 4 5 6 7; do
    "$bin/parse_reference" "$folder/trace.jsonl" 5 >>"$folder/reference"
    "$bin/reader_bench" "$folder/trace.jsonl" 5 >>"$folder/reader"
done
median() { grep -o 'median [0-9.]*' "$1" | cut -d' ' -f2 | sort -n | sed -n 4p; }
tail -qn 1 "$folder/reference" "$folder/reader"
reference=$(median "$folder/reference") reader=$(median "$folder/reader")
awk -v a="$reference" -v b="$reader" -v bytes="$(stat -c %s "$folder/trace.jsonl")" \
    'BEGIN { printf "medians of 7 medians: simdjson alone %.3f s, reader %.3f s (%.0f MB/s): ratio %.2f\n", a, b, bytes / b / 1e6, a / b }'
