#!/usr/bin/env bash
# Precision, recall, density and coverage of 20,000 x 20,000 rows of 50 columns, double precision, against the way the
# published NumPy and scikit-learn code computes them; time and peak memory of both. Needs Python 3 with scikit-learn
# for the peer, GNU time for the memory. `prdc.sh large` adds 100,000 x 100,000 rows of ours, which the peer would need
# 240 GB for. `prdc.sh large-only` runs that alone.
. "$(dirname "$0")/environment.sh"

rows=20000
columns=50
log=$(mktemp)
trap 'rm -f "$log"' EXIT

measured() {
    /usr/bin/time -v "$@" 2>"$log" | tee -a "$log.out"
    awk '/Maximum resident/ {printf "  peak memory %.0f MB\n", $NF / 1024}' "$log"
}
assay() {
    # shellcheck disable=SC2086
    measured "$JAVA" $JVM_FLAGS -Xmx400m -cp "$CLASSPATH_OF_BENCH" dev.assay.bench.PrdcBench "$@"
}
seconds() { sed -n 's/.*threads: \([0-9.]*\) s;.*/\1/p' "$1" | head -n 1; }

bench_machine
if [ "${1:-}" != large-only ]; then
    : >"$log.out"
    echo "ours (-Xmx400m), a fresh virtual machine, first run counted:"
    assay $rows $columns 1
    ours=$(seconds "$log.out")
    : >"$log.out"
    echo "peer:"
    if measured "${PYTHON:-/usr/bin/python3}" "$bench_folder/peers/prdc_sklearn.py" $rows $columns; then
        awk -v p="$(seconds "$log.out")" -v a="$ours" 'BEGIN {printf "ratio: %.1f\n", p / a}'
    fi
fi
case "${1:-}" in
    large | large-only)
        echo "ours (-Xmx400m), 100,000 x 100,000:"
        assay 100000 $columns 1
        ;;
esac
rm -f "$log.out"
