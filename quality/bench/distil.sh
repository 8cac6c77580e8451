#!/usr/bin/env bash
# Logs of model runs to training sets: collect, score and export of generated JSON Lines by the whole program, in a heap of at
# most 1 GB, and the same steps in plain Python on fewer rows. distil.sh [rows ...], 1,000,000 unless told otherwise; 10,000,000
# need 65 GB of disk.
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
# Built before anything is timed.
"$project/assay" --version
folder=$(mktemp -d "${TMPDIR:-/tmp}/distil.XXXXXX")
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/data"
cp "$project/studies/model-runs/rules/zeroeval.yml" "$folder/rules.yml"
cat > "$folder/mapping.yml" <<'YAML'
schema_version: 1
stream: generated
class: verdict
source: runs.jsonl
format: jsonl
licence: Apache-2.0
rules: zeroeval
pinned: { timestamp: "2025-04-14T22:14:25Z" }
fields:
  run_id: concat($.generator, ":", $.id)
  task_id: $.id
  timestamp: pinned(timestamp)
  role: '"executor"'
  model_name: $.generator
  prompt: $.question
  text: $.output[0]
  reference: $.answer
YAML
cat > "$folder/study.yaml" <<'YAML'
study: generated
seed: 1
stages:
  collect:
    kind: distil.collect
    source: data
    mappings: { generated: mapping.yml }
    recorded-at: "2026-01-01T00:00:00Z"
  score:
    kind: distil.score
    evidence: collect.evidence
    rules: { zeroeval: rules.yml }
    scored-at: "2026-01-01T00:00:00Z"
  sft:
    kind: distil.export
    evidence: collect.evidence
    scored: score.scored
    to: sft
    shapes: [openai-chat]
    created-at: "2026-01-01T00:00:00Z"
YAML

# study ROWS: generates rows, runs the study on them, prints what it took.
study() {
    bench_java dev.assay.bench.DistilRows "$project/studies/model-runs/data" "$1" "$folder/data/runs.jsonl"
    local bytes begin end before after
    bytes=$(stat -c %s "$folder/data/runs.jsonl")
    times >"$folder/times" && before=$(tail -n 1 "$folder/times")
    begin=$(date +%s.%N)
    ASSAY_JVM="-Xmx1g ${BENCH_ASSAY_JVM:-}" "$project/assay" run "$folder/study.yaml" --workspace "$folder/work" 2>&1 | grep -v started
    end=$(date +%s.%N)
    times >"$folder/times" && after=$(tail -n 1 "$folder/times")
    awk -v b="$bytes" -v s="$begin" -v e="$end" -v r="$1" -v before="$before" -v after="$after" '
        function seconds(t, p) { split(t, p, /[ms]/); return 60 * p[1] + p[2] }
        BEGIN { t = e - s; split(before, x, " "); split(after, y, " ")
        printf "%d rows, %.0f MB of source: %.1f s, %.1f MB/s, %.0f rows/s; CPU %.1f s, of that %.1f s in the system\n", r, b / 1e6, t,
            b / 1e6 / t, r / t, seconds(y[1]) - seconds(x[1]) + seconds(y[2]) - seconds(x[2]), seconds(y[2]) - seconds(x[2]) }'
}

# What the machine takes to write as much as the study wrote, without computing anything.
copying() {
    local bytes begin end
    bytes=$(du -sb "$folder/work/runs" | cut -f 1)
    begin=$(date +%s.%N)
    cp -r "$folder/work/runs" "$folder/copy"
    end=$(date +%s.%N)
    rm -rf "$folder/copy"
    awk -v b="$bytes" -v s="$begin" -v e="$end" 'BEGIN { printf "copying the %.0f MB that it wrote: %.1f s\n", b / 1e6, e - s }'
}

# The same steps in plain Python on fewer rows, in the same run; the files have to be the same.
peer() {
    local rows=100000 out
    study "$rows"
    mkdir "$folder/peer"
    python3 "$bench_folder/peers/distil.py" "$folder/data/runs.jsonl" "$folder/peer"
    out=$(echo "$folder"/work/runs/*/outputs)
    cmp "$folder/peer/evidence.jsonl" "$out"/collect/evidence/*/*/*/generated.jsonl &&
        cmp "$folder/peer/sft.jsonl" "$out/sft/dataset/sft.jsonl" &&
        cmp "$folder/peer/sft.openai-chat.jsonl" "$out/sft/dataset/sft.openai-chat.jsonl" &&
        echo "evidence and samples are the same, byte for byte"
    rm -rf "$folder/work" "$folder/peer"
}

for rows in "${@:-1000000}"; do
    study "$rows"
    [ "$rows" -le 2000000 ] && copying
    rm -rf "$folder/work" "$folder/data/runs.jsonl"
done
peer
