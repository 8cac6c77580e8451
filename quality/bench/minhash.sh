#!/usr/bin/env bash
# Near duplicates by MinHash (14 bands x 8 hashes, 5-token shingles, exact Jaccard at 0.8) among generated texts of some
# 1 KB: rows a second of Assay and of the same recipe in Python, plain and with NumPy, and the peak memory of a million
# rows. Rows are made while Assay reads them, twice, and before the peer's clock starts. Python runs on a sample, since
# its rows a second do not depend on their number. `minhash.sh [ROWS [SAMPLE]]`.
. "$(dirname "$0")/environment.sh"

rows=${1:-1000000}
sample=${2:-3000}
python=${PYTHON:-/usr/bin/python3}
log=$(mktemp)
trap 'rm -f "$log" "$log.out"' EXIT

measured() {
    /usr/bin/time -v "$@" 2>"$log" | tee "$log.out"
    awk '/Maximum resident/ {printf "  peak memory %.0f MB\n", $NF / 1024}' "$log"
}
assay() {
    # shellcheck disable=SC2086
    measured "$JAVA" $JVM_FLAGS -Xmx1g -cp "$CLASSPATH_OF_BENCH" dev.assay.bench.MinHashBench "$@"
}
rate() { sed -n 's/.* \([0-9]*\) rows\/s.*/\1/p' "$log.out" | tail -n 1; }
ratio() { awk -v name="$1" -v ours="$2" -v peer="$3" 'BEGIN {if (peer > 0) printf "ratio to %s: %.0f\n", name, ours / peer}'; }

bench_machine
echo "the same rows as the peer, to see the same pairs:"
assay "$sample"
echo "ours (-Xmx1g), a fresh virtual machine, first run counted:"
assay "$rows" 1
one=$(rate)
assay "$rows"
all=$(rate)
echo "peer:"
if measured "$python" "$bench_folder/peers/minhash.py" "$sample" plain; then
    plain=$(rate)
    ratio "plain Python, one thread each" "$one" "$plain"
    ratio "plain Python, all threads to one" "$all" "$plain"
fi
if "$python" -c 'import numpy' 2>/dev/null && measured "$python" "$bench_folder/peers/minhash.py" "$sample" numpy; then
    numpy=$(rate)
    ratio "NumPy, one thread each" "$one" "$numpy"
    ratio "NumPy, all threads to one" "$all" "$numpy"
fi
