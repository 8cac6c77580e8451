#!/usr/bin/env bash
# What is read is what was written: the long form of the test that runs in every build.
#
#   quality/fuzz/lossless.sh [CELLS] [SEED]
#
# CELLS (1000000 unless given) of each type and style, in files of every format and dialect, are written, read, compared one by
# one, written again in another format and read again. SEED makes other cells, and brings the same ones back. A cell that is not
# what it was, and that its column does not tell of, is a finding.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cells="${1:-1000000}"
seed="${2:-$(date +%s)}"
case "$cells$seed" in *[!0-9]*) echo "lossless: CELLS and SEED are whole numbers, got '$cells' and '$seed'." >&2; exit 2 ;; esac
started=$SECONDS
./mvnw -q -B -ntp -Dquick -pl foundation/frame -am test -Dtest=LosslessTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dassay.fuzz="$cells" -Dassay.fuzz.seed="$seed" -Djunit.jupiter.execution.timeout.mode=disabled
echo "$cells cells of each type in $((SECONDS - started)) s, seed $seed: no finding."
