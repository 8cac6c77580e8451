package dev.assay.report;

import dev.assay.study.Metric;
import java.util.Optional;

/// A claim and what the run's evidence says about it.
///
/// @param id        short name of the claim
/// @param says      the claim as a sentence
/// @param metric    where the number stands: `stage.name`
/// @param threshold what the number is held against, in words: `above 0.90`
/// @param verdict   what the evidence says
/// @param measured  the number with its interval, if it was measured
/// @param reason    one sentence on how the verdict came about; may be empty
public record ClaimRow(
        String id,
        String says,
        String metric,
        String threshold,
        Verdict verdict,
        Optional<Metric> measured,
        String reason) {}
