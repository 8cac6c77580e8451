package dev.assay.trees;

import java.util.List;
import java.util.Optional;

/// What one target's model was made from.
///
/// @param column     the target
/// @param kind       its kind
/// @param declared   whether the kind was declared; otherwise it was inferred
/// @param predictors names, in order
/// @param rows       training rows with a value and a positive weight
/// @param missing    training rows without a value; they train the missingness gate only
/// @param gate       quality of the missingness gate on rows it has not seen, class 1 being missing;
///     empty if nothing is missing
/// @param amount     regime, counts by sign and gate metrics of an amount
public record TargetLineage(
        String column,
        ColumnKind kind,
        boolean declared,
        List<String> predictors,
        int rows,
        int missing,
        Optional<BoostedClassifier.Validation> gate,
        Optional<ZeroInflated.Lineage> amount) {}
