#!/usr/bin/env bash
# Epochs of calibration by gradient and of selection by gates at 1,500,000 rows x 4,000 targets, 3e8 nonzeros, in at most
# 3 GiB of heap: weigh_epochs.sh [rows] [epochs]
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
BENCH_JVM="-Xmx3g" bench_java dev.assay.bench.WeighEpochs "${1:-1500000}" "${2:-40}"
