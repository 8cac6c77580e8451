package dev.assay.distil;

/// A playbook in a ranking.
///
/// @param rank     from 1
/// @param score    by the method of the ranking, above 0
/// @param coverage share of the query's words that it holds, by weight; see [Retriever#relevant(String, int,
///                 double)]
/// @param playbook what was found; without its embedding text
public record Hit(int rank, double score, double coverage, Playbook playbook) {}
