#!/usr/bin/env bash
# A coverage-guided fuzzer (Jazzer) on one target: it changes inputs so that they reach code that none reached before.
#
#   quality/fuzz/guided.sh TARGET [SECONDS]
#
# TARGET is Patterns, Studies, Mappings, RuleFiles, Envelopes, Tables or Conditions; SECONDS is 60 unless given. Inputs that reached
# something new are kept in quality/fuzz/target/corpus/TARGET and are where the next run goes on. A finding is an exception
# that is not documented, more than 10 s or 2 GB for one input, or a crash: it ends with 77, and its input is kept there too.
set -euo pipefail
target="${1:-}"
seconds="${2:-60}"
case "$target" in
    Patterns | Studies | Mappings | RuleFiles | Envelopes | Tables | Conditions) ;;
    *) echo "guided: TARGET is Patterns, Studies, Mappings, RuleFiles, Envelopes, Tables or Conditions, got '$target'." >&2; exit 2 ;;
esac
case "$seconds" in '' | *[!0-9]*) echo "guided: SECONDS is a whole number, got '$seconds'." >&2; exit 2 ;; esac
ASSAY_BENCH_MODULE=quality/fuzz
. "$(dirname "${BASH_SOURCE[0]}")/../bench/environment.sh"
corpus="$project/quality/fuzz/target/corpus/$target"
mkdir -p "$corpus"
if [ -z "$(ls -A "$corpus")" ]; then
    case "$target" in
        Studies) for study in "$project"/studies/*/study.yaml; do cp "$study" "$corpus/$(basename "$(dirname "$study")")"; done ;;
        Mappings) cp "$project"/studies/model-runs/mappings/* "$corpus" ;;
        RuleFiles) cp "$project"/studies/model-runs/rules/* "$corpus" ;;
        Conditions) printf "age > 3 AND name LIKE 'a%%' OR x IN (1, 2)" >"$corpus/and"
            printf "CASE WHEN x IS NULL THEN 1 ELSE round(x, 2) END BETWEEN 0 AND 2" >"$corpus/case" ;;
        Patterns) printf '([a-z]+)*[0-9]{2,3}$\nab12' >"$corpus/groups" ;;
        Tables) printf '\0a,b\n1,"x ""y"""\n' >"$corpus/csv"; printf '\2{"a":1,"b":[null]}\n' >"$corpus/jsonl" ;;
        Envelopes) printf '{"payload":"e30=","payloadType":"t","signatures":[{"keyid":"k","sig":"AA=="}]}' >"$corpus/one" ;;
    esac
fi
bench_machine
cd "$project/quality/fuzz/target"
# shellcheck disable=SC2086
exec "$JAVA" $JVM_FLAGS -Xmx2g -cp "$CLASSPATH_OF_BENCH" com.code_intelligence.jazzer.Jazzer \
    --target_class="dev.assay.fuzz.$target" --instrumentation_includes='dev.assay.**:com.google.re2j.**' \
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.SqlInjection \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=6000 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$corpus/finding-" "$corpus"
