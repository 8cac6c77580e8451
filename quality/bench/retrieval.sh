#!/usr/bin/env bash
# Retrieval: rankings on a test collection, time of BM25 on generated playbooks, and what the graph of vectors finds.
#
#   retrieval.sh                                           speed and graph
#   retrieval.sh DOCUMENTS TOPICS JUDGEMENTS [QUERIES...]  quality on a collection
#
# DOCUMENTS is a folder, a file, or a .tar.gz of HTML pages, TREC records or JSON Lines; TOPICS and JUDGEMENTS are in
# the formats of TREC or BEIR. QUERIES are files (id, tab, text) that have nothing to do with the collection: they show
# what scores and coverage are when nothing can be found. No collection comes with this project. CACM in Anserini's
# packaging (cacm.tar.gz, topics.cacm.txt, qrels.cacm.txt) gives MAP 0.3123 and P@30 0.1942, as published there.
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"
bench_machine
export BENCH_JVM="-Xmx3g"

if [ $# -eq 0 ]; then
    bench_java dev.assay.bench.Retrieval speed "${PLAYBOOKS:-1000000}"
    bench_java dev.assay.bench.Retrieval graph 10000
    exit
fi
documents=$1
shift
if [[ $documents == *.tar.gz ]]; then
    unpacked=$(mktemp -d)
    trap 'rm -rf "$unpacked"' EXIT
    tar -xzf "$documents" -C "$unpacked"
    documents=$unpacked
fi
bench_java dev.assay.bench.Retrieval quality "$documents" "$@"
