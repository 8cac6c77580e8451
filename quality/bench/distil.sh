#!/usr/bin/env bash
# Logs of model runs to training sets: collect, score and export of generated JSON Lines by the whole program, in a heap of at
# most 1 GB. distil.sh [rows ...], 1,000,000 and 10,000,000 unless told otherwise (the latter takes 11 GB of disk, twice).
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
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
for rows in "${@:-1000000}"; do
    bench_java dev.assay.bench.DistilRows "$project/studies/model-runs/data" "$rows" "$folder/data/runs.jsonl"
    bytes=$(stat -c %s "$folder/data/runs.jsonl")
    begin=$(date +%s.%N)
    ASSAY_JVM="-Xmx1g ${BENCH_ASSAY_JVM:-}" "$project/assay" run "$folder/study.yaml" --workspace "$folder/work" 2>&1 | grep -v started
    end=$(date +%s.%N)
    awk -v b="$bytes" -v s="$begin" -v e="$end" -v r="$rows" 'BEGIN { t = e - s
        printf "%d rows, %.0f MB of source: %.1f s, %.1f MB/s, %.0f rows/s\n", r, b / 1e6, t, b / 1e6 / t, r / t }'
    rm -rf "$folder/work" "$folder/data/runs.jsonl"
done
