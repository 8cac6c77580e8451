#!/usr/bin/env bash
# Tables larger than the heap through read, validate, split and totals: a CSV of ten columns and a Parquet of twenty, beside
# DuckDB's own COPY of the same file and our own conversion, which every stage that reads begins with; a stage also digests
# every cell and profiles every column. Wall time and peak resident memory, which counts what DuckDB takes outside the heap.
# Usage: quality/bench/tables.sh [ROWS] [HEAP] [FOLDER]; 10 million rows, 1g and a new folder below /tmp, deleted at the end.
set -euo pipefail
# shellcheck source=environment.sh
. "$(dirname "$0")/environment.sh"
rows=${1:-10000000}
heap=${2:-1g}
folder=${3:-$(mktemp -d /tmp/assay-tables.XXXXXX)}
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT

bench_machine
echo "duckdb: $(tr ':' '\n' <"$bench_folder/target/classpath" | sed -n 's/.*duckdb_jdbc-\(.*\)\.jar/\1/p')"
export ASSAY_JVM="-Xmx$heap"
"$project/assay" --version >&2

# measure NAME COMMAND...: prints seconds and peak megabytes.
measure() {
    local name=$1 said="$folder/time"
    shift
    if ! /usr/bin/time -f '%e %M' -o "$said" "$@" >"$folder/out" 2>&1; then
        tail -5 "$folder/out" >&2
        printf '%-28s failed\n' "$name"
        return
    fi
    awk -v name="$name" 'END { printf "%-28s %7.1f s %7.0f MB\n", name, $1, $2 / 1024 }' "$said"
}

bench_java dev.assay.bench.LargeTables csv "$folder/people.csv" "$rows" 1
bench_java dev.assay.bench.LargeTables parquet "$folder/people.parquet" "$rows" 2
printf 'name,table,variable,filter\nall,t,,\nfemale,t,weight,sex = '"'female'"'\nold,t,income,age > 60 AND income > 0\n' >"$folder/csv.defs.csv"
printf 'name,table,variable,filter\nall,t,,\nfirst,t,amount1,class0 = '"'level 1'"'\nlarge,t,amount2,count1 > 8000 AND amount2 > 0\n' >"$folder/parquet.defs.csv"

cd "$folder"
for kind in csv parquet; do
    file="people.$kind"
    echo "$file: $rows rows, $(stat -c %s "$file") bytes"
    measure "DuckDB's COPY" "$JAVA" -cp "$CLASSPATH_OF_BENCH" dev.assay.bench.LargeTables copy "$file" copied.parquet
    rm -f copied.parquet
    measure "the same by our reader" "$JAVA" -Xmx"$heap" -cp "$CLASSPATH_OF_BENCH" dev.assay.bench.LargeTables convert "$file" copied.parquet
    rm -f copied.parquet
    measure "read" "$project/assay" microdata read --file "$file" --workspace ws
    required=$([ $kind = csv ] && echo age || echo amount1)
    rule=$([ $kind = csv ] && echo 'income < 89999' || echo 'amount1 < 400')
    weight=$([ $kind = csv ] && echo weight || echo count0)
    table=$(find ws/runs -name table.parquet | head -1)
    measure "validate" "$project/assay" microdata validate --table "$table" --key id --required "$required" \
        --rules "in range=$rule" --max-quarantined 0.5 --workspace ws
    measure "split by rows" "$project/assay" microdata split --table "$table" --workspace ws
    measure "split by groups" "$project/assay" microdata split --table "$table" --by groups --column household --workspace ws
    measure "totals" "$project/assay" microdata totals --table "$table" --definitions "$kind.defs.csv" --weight "$weight" --workspace ws
    rm -rf ws
done
