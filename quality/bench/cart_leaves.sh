#!/usr/bin/env bash
# What the size of a tree's leaves gives away of 8,000 people of Adult, and what it brings.
# Usage: cart_leaves.sh [SEEDS]     (3 seeds take about a minute)
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
bench_java dev.assay.bench.CartLeaves "$project/studies/adult/data/adult.csv.gz" "${1:-3}" 2>/dev/null
