#!/usr/bin/env bash
# Broken input for everything that reads what somebody else wrote: the long form of the tests that run in every build.
#
#   quality/fuzz/fuzz.sh [INPUTS] [SEED]
#
# INPUTS in all (1000000 unless given), shared out over statements, envelopes and keys; studies; mappings, rules, logs and
# answers of model servers; files of tables and conditions. SEED makes other inputs, and brings the same ones back. Every input must
# be read or refused by a fault of the documented kinds: another exception, or more than the bound of time, is a finding, and is
# printed with its input. What is found becomes a test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
inputs="${1:-1000000}"
seed="${2:-$(date +%s)}"
case "$inputs$seed" in *[!0-9]*) echo "fuzz: INPUTS and SEED are whole numbers, got '$inputs' and '$seed'." >&2; exit 2 ;; esac

kinds() { # MODULE TESTS PERCENT: that share of the inputs for each kind of the module
    local each=$((inputs * $3 / 100))
    echo "$1: $each inputs for each kind, seed $seed, since $(date -u +%H:%M:%S)"
    ./mvnw -q -B -ntp -Dquick -pl "$1" -am test -Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false \
        -Dassay.fuzz="$each" -Dassay.fuzz.seed="$seed" -Djunit.jupiter.execution.timeout.mode=disabled
}

started=$SECONDS
kinds foundation/receipt 'StatementFuzzTest' 20
kinds foundation/study 'StudyFuzzTest' 16
kinds systems/distil 'SettingsFuzzTest,AnswersFuzzTest,HostileInputTest' 12
kinds foundation/frame 'FuzzTest' 8
echo "$inputs inputs in $((SECONDS - started)) s, seed $seed: no finding."
