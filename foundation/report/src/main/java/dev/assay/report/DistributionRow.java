package dev.assay.report;

import java.util.Optional;
import java.util.OptionalDouble;

/// How far a column's distribution lies from that in an earlier run.
///
/// @param column    stage, artefact and name of the column
/// @param kind      what it holds, one word
/// @param method    the statistic, a few words
/// @param statistic its value
/// @param p         its p value as it was judged, if it is a test
/// @param threshold from when on it is drift
/// @param psi       the population stability index, for information
/// @param drifted   whether it drifted; empty if there were too few values to judge
/// @param before    values in the earlier run
/// @param now       values in this run
public record DistributionRow(
        String column,
        String kind,
        String method,
        double statistic,
        OptionalDouble p,
        double threshold,
        OptionalDouble psi,
        Optional<Boolean> drifted,
        long before,
        long now) {}
