#!/usr/bin/env bash
# Every table on calibration in docs/benchmarks.md, one script after the other.
set -euo pipefail
folder="$(dirname "${BASH_SOURCE[0]}")"
for script in weigh weigh_large weigh_epochs weigh_assembly; do
    echo "==== $script.sh"
    "$folder/$script.sh"
done
