package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.measure.Associations;
import dev.assay.measure.CopyCheck;
import dev.assay.measure.Marginals;
import dev.assay.measure.PrdcIntervals;
import dev.assay.measure.PrdcScores;
import dev.assay.measure.RareCells;
import dev.assay.measure.Summaries;
import dev.assay.measure.ZeroRates;
import java.util.List;
import java.util.Optional;

/// Everything measured of one set of synthetic rows.
///
/// @param name         the method, or the reference line
/// @param reference    whether it is a reference line
/// @param rows         the rows measured
/// @param prdc         exact counts, of each draw from the rows
/// @param intervals    precision, recall, density and coverage with intervals
/// @param zeros        zero rates, if there are amounts
/// @param rare         rare cells
/// @param summaries    means, quantiles and shares of frequent values, furthest off first
/// @param marginals    column by column
/// @param associations pair by pair, if there are two columns
/// @param copies       whether rows are copies of training rows
public record FidelityScores(
        String name,
        boolean reference,
        Frame rows,
        List<PrdcScores> prdc,
        PrdcIntervals intervals,
        Optional<ZeroRates> zeros,
        List<RareCells.RareCell> rare,
        List<Summaries.Summary> summaries,
        List<Marginals.Marginal> marginals,
        Optional<Associations> associations,
        CopyCheck copies) {
    public FidelityScores {
        prdc = List.copyOf(prdc);
        rare = List.copyOf(rare);
        summaries = List.copyOf(summaries);
        marginals = List.copyOf(marginals);
    }

    /// Coverage, averaged over the draws.
    double coverage() {
        return prdc.stream().mapToDouble(PrdcScores::coverage).average().orElse(Double.NaN);
    }

    /// Mean over columns of the Kolmogorov-Smirnov distance or the total variation, 0 to 1.
    double marginalDistance() {
        return marginals.stream()
                .flatMap(m -> switch (m) {
                    case Marginals.NumericMarginal numeric ->
                        numeric.ks().value().stream().boxed();
                    case Marginals.CategoricalMarginal categorical ->
                        categorical.totalVariation().value().stream().boxed();
                })
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /// Mean absolute difference of associations; 0 if there are none.
    double associationDifference() {
        return associations
                .map(a -> a.meanAbsoluteDifference().value().orElse(Double.NaN))
                .orElse(0.0);
    }
}
