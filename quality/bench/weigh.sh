#!/usr/bin/env bash
# Survey-weight calibration: 1,000,000 rows x 500 targets by raking (time, peak memory, passes), and 50,000 rows x 60
# targets against R's survey in the same run.
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "== raking, 1,000,000 rows x 500 targets, heap at most 1 GiB"
BENCH_JVM="-Xmx1g" bench_java dev.assay.bench.Weigh rows 1000000 2

echo "== 50,000 rows x 60 targets"
bench_java dev.assay.bench.Weigh write 50000 "$folder"
if command -v Rscript > /dev/null && Rscript -e 'quit(status = !requireNamespace("survey", quietly = TRUE))'; then
    Rscript "$bench_folder/peers/survey_calibrate.R" "$folder/rows.csv" "$folder/targets.csv" "$folder/" | tee "$folder/peer.txt"
else
    echo "R with package survey is not installed: no peer figure"
    : > "$folder/peer.txt"
fi
bench_java dev.assay.bench.Weigh file "$folder" 1 | tee "$folder/ours.txt"
for method in linear raking logit; do
    peer=$(sed -n "s/^survey $method: \([0-9.]*\) s$/\1/p" "$folder/peer.txt")
    first=$(sed -n "s/^$method: \([0-9.]*\) s.*/\1/p" "$folder/ours.txt" | head -n 1)
    best=$(sed -n "s/^$method: \([0-9.]*\) s.*/\1/p" "$folder/ours.txt" | sort -n | head -n 1)
    [ -z "$peer" ] || awk -v m="$method" -v p="$peer" -v f="$first" -v b="$best" 'BEGIN {
        printf "%s, one thread: survey %.3f s; Assay %.3f s in a fresh JVM (ratio %.1f), %.3f s once compiled (ratio %.0f)\n", m, p, f, p / f, b, p / b }'
done
