#!/usr/bin/env bash
# Quantile regression forest against R's ranger: fit, draw and quantiles on the same simulated rows
# (80,000 to train on, 20,000 to predict, 14 predictors, 100 trees, all features a split, minimum leaf 20).
# Usage: trees.sh [THREADS]     (the peer takes about a minute and a half on two threads)
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
threads=${1:-2}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
bench_machine
echo "threads: $threads"
ours=$(bench_java dev.assay.bench.ForestBenchmark time "$threads" 4 2>/dev/null)
echo "$ours"
# The warm figure: the median of the runs after the first.
ours=$(echo "$ours" | tail -n 3 | sort -t= -k2 -g | sed -n 2p)
if ! command -v Rscript >/dev/null || ! Rscript -e 'quit(status = !requireNamespace("ranger", quietly = TRUE))' 2>/dev/null; then
    echo "peer: Rscript with the package ranger is not installed"
    exit 0
fi
echo "R: $(Rscript -e 'cat(R.version.string)')"
bench_java dev.assay.bench.ForestBenchmark write "$data" 2>/dev/null
peer=$(Rscript "$bench_folder/peers/ranger_forest.R" "$data" "$threads")
echo "$peer"
figure() { echo "$1" | sed -n "s/.*$2=\([0-9.]*\).*/\1/p"; }
for what in fit_s draw_s quantiles_s pinball; do
    awk -v what="$what" -v ours="$(figure "$ours" "$what")" -v peer="$(figure "$peer" "$what")" \
        'BEGIN { printf "%-12s assay %s  ranger %s  ranger/assay %.3f\n", what, ours, peer, peer / ours }'
done
