package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.measure.Associations;
import dev.assay.measure.CopyCheck;
import dev.assay.measure.Marginals;
import dev.assay.measure.PrdcIntervals;
import dev.assay.measure.PrdcScores;
import dev.assay.measure.RareCells;
import dev.assay.measure.ZeroRates;
import java.util.List;
import java.util.Optional;

/// Everything measured of one set of synthetic rows.
///
/// @param name         the method, or the reference line
/// @param reference    whether it is a reference line
/// @param rows         the rows measured
/// @param prdc         exact counts
/// @param intervals    precision, recall, density and coverage with intervals
/// @param zeros        zero rates, if there are amounts
/// @param rare         rare cells
/// @param marginals    column by column
/// @param associations pair by pair, if there are two columns
/// @param copies       whether rows are copies of training rows
public record FidelityScores(
        String name,
        boolean reference,
        Frame rows,
        PrdcScores prdc,
        PrdcIntervals intervals,
        Optional<ZeroRates> zeros,
        List<RareCells.RareCell> rare,
        List<Marginals.Marginal> marginals,
        Optional<Associations> associations,
        CopyCheck copies) {
    public FidelityScores {
        rare = List.copyOf(rare);
        marginals = List.copyOf(marginals);
    }
}
