#!/usr/bin/env bash
# Calibration as it grows: 1e4 to 1.5e6 rows by 60, 500 and 4,000 targets (time and memory of a whole process each), and
# the largest of them in parts: reading memory, one pass, raking and logit(0.4, 3). At most 3 GiB of heap.
#
#   weigh_large.sh          all of it, some ten minutes
#   weigh_large.sh large    the largest problem alone
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
export BENCH_JVM="-Xmx3g"

echo "== 1,500,000 rows x 4,000 targets"
bench_java dev.assay.bench.WeighLarge 1500000 4000 pass raking logit
[ "${1:-}" = large ] && exit

echo "== growth: raking, one process each"
printf '%10s %8s %14s %10s %12s %8s %8s %14s\n' rows targets nonzeros GB seconds Newton passes "peak memory"
for rows in 10000 100000 1000000 1500000; do
    for targets in 60 500 4000; do
        bench_java dev.assay.bench.WeighLarge "$rows" "$targets" raking | awk -v rows="$rows" -v targets="$targets" '
            /nonzeros in/ { nonzeros = $6; bytes = $9 }
            /^raking:/ {
                seconds = $2
                for (f = 1; f <= NF; f++) {
                    if ($f == "Newton") newton = $(f - 1)
                    if ($f == "passes,") passes = $(f - 1)
                }
            }
            /^peak/ { printf "%10d %8d %14d %10s %12s %8d %8d %11.0f MB\n", rows, targets, nonzeros, bytes, seconds, newton, passes, $4 / 1024 }'
    done
done
