#!/usr/bin/env bash
# From tables and targets with SQL filters to a sparse design: 20,000 targets on 1,000,000 persons, 4,000 on 3,750,000
# persons in 1,500,000 households. At most 3 GiB of heap.
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
export BENCH_JVM="-Xmx3g"
bench_java dev.assay.bench.WeighAssembly 1000000 20000
bench_java dev.assay.bench.WeighAssembly 3750000 4000
