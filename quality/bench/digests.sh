#!/usr/bin/env bash
# Digests of generated JSON Lines of some 1.2 KB a row, in canonical form and as programs write them: the file's SHA-256 and the
# content digest of its rows, each alone and both in one pass, in a heap of 256 MB. The peer is sha256sum on the same file, which
# gives the first of the two. digests.sh [rows], 1,000,000 unless told otherwise (3 GB of disk).
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
folder=$(mktemp -d "${TMPDIR:-/tmp}/digests.XXXXXX")
trap 'rm -rf "$folder"' EXIT
bench_java dev.assay.bench.DistilRows "$project/studies/model-runs/data" "${1:-1000000}" "$folder/written.jsonl"
bench_java dev.assay.bench.Digests canonical "$folder/written.jsonl" "$folder/canonical.jsonl"
for rows in canonical written; do
    file=$folder/$rows.jsonl
    bytes=$(stat -c %s "$file")
    echo "$rows rows, $((bytes / 1000000)) MB:"
    BENCH_JVM=-Xmx256m bench_java dev.assay.bench.Digests "$file"
    begin=$(date +%s.%N)
    sha256sum "$file" >/dev/null
    end=$(date +%s.%N)
    awk -v n="$bytes" -v b="$begin" -v e="$end" 'BEGIN { printf "  %-27s %6.0f MB/s, %.2f s\n", "sha256sum", n / (e - b) / 1e6, e - b }'
done
