#!/usr/bin/env bash
# Reading a million rows of 20 doubles from Parquet: Frames.read beside DuckDB's own driver on the same file.
# Usage: quality/bench/frame.sh
set -euo pipefail
# shellcheck source=environment.sh
. "$(dirname "$0")/environment.sh"

bench_machine
echo "threads: DuckDB $(getconf _NPROCESSORS_ONLN), Java 1"
echo "duckdb: $(tr ':' '\n' <"$bench_folder/target/classpath" | sed -n 's/.*duckdb_jdbc-\(.*\)\.jar/\1/p')"
echo "input: 1000000 rows x 20 columns of doubles, Parquet with zstd"
results=$(mktemp)
trap 'rm -f "$results"' EXIT
bench_java -Xmx3g org.openjdk.jmh.Main 'dev\.assay\.bench\.FrameRead\.' \
    -jvmArgs "$JVM_FLAGS -Xmx3g" -rf csv -rff "$results" >&2
awk -F, '
    NR > 1 { gsub(/"/, ""); sub(/.*\./, "", $1); ms[$1] = $5; error[$1] = $6 }
    END {
        for (name in ms) printf "%-16s %8.1f ms  (99.9%% interval +- %.1f)\n", name, ms[name], error[name]
        printf "ratio frames / duckdbChunks:    %.2f (at most 1.5)\n", ms["frames"] / ms["duckdbChunks"]
        printf "ratio frames / duckdbResultSet: %.2f\n", ms["frames"] / ms["duckdbResultSet"]
    }' "$results"
