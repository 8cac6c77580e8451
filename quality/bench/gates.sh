#!/usr/bin/env bash
# Share of a class of 1 % that a gate predicts on new rows, over the true share, at five numbers of training rows.
# Usage: gates.sh [RUNS]     (40 runs take about two minutes)
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
bench_java dev.assay.bench.Gates "${1:-40}" 2>/dev/null
