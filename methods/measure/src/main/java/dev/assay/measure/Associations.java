package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.measure.internal.AssociationTable;
import dev.assay.measure.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/// Pair by pair, how far the association of two columns among synthetic rows is from that among real
/// rows.
///
/// - two numeric columns: Pearson's correlation, -1 to 1; or Spearman's, with mid-ranks taken once in
///   each sample;
/// - two categorical columns: Cramér's V, 0 to 1, sqrt(chi^2 / (n (min(rows, columns) - 1))) without bias
///   correction, so tables with many small cells read high in both samples;
/// - one of each: the correlation ratio eta, 0 to 1, the root of the share of variance between levels.
///
/// All are weighted; missing numbers are left out pair by pair, a missing category is a level. Booleans
/// and texts are categorical. A column that is constant (on a draw) has association 0 with everything,
/// so that a collapsed synthetic column counts as a loss of its associations instead of dropping out;
/// such columns are counted.
///
/// Real and synthetic units are resampled independently. The mean and the largest absolute difference
/// are biased upwards by sampling error, so read them beside those of a second real sample
/// ([ReferenceLines]); their intervals are of the difference between the two laws and reach down to 0
/// where there may be none ([Bootstrap#differences]).
///
/// @param pairs                  every pair of columns once
/// @param meanAbsoluteDifference over all pairs
/// @param maxAbsoluteDifference  over all pairs
/// @param constantReal           columns that are constant in the real sample
/// @param constantSynthetic      columns that are constant in the synthetic sample
public record Associations(
        List<Pair> pairs,
        Estimate meanAbsoluteDifference,
        Estimate maxAbsoluteDifference,
        int constantReal,
        int constantSynthetic) {

    /// How two numeric columns are associated.
    public enum Correlation {
        /// Of the values.
        PEARSON,
        /// Of the mid-ranks.
        SPEARMAN
    }

    /// What was measured for a pair.
    public enum Kind {
        /// Pearson's or Spearman's correlation.
        CORRELATION,
        /// Cramér's V.
        CRAMERS_V,
        /// The correlation ratio.
        ETA
    }

    /// Two columns.
    ///
    /// @param first      name
    /// @param second     name
    /// @param kind       what was measured
    /// @param real       among real rows
    /// @param synthetic  among synthetic rows
    /// @param difference synthetic - real
    public record Pair(String first, String second, Kind kind, double real, double synthetic, Estimate difference) {}

    /// Copies the list, so that the record is immutable.
    public Associations {
        pairs = List.copyOf(pairs);
    }

    /// The associations of every pair of these columns. Cost a replicate: rows x columns^2 operations;
    /// [Bootstrap#EXPENSIVE_REPLICATES] replicates are customary.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there are fewer than 2 columns, one does not exist or
    ///     has an infinite value
    public static Associations of(
            Sample real,
            Sample synthetic,
            List<String> columns,
            Correlation correlation,
            Bootstrap bootstrap,
            Engine engine) {
        Checks.notEmpty("pairs of columns", Math.max(0, columns.size() - 1));
        AssociationTable.Both both = AssociationTable.of(
                real.frame(),
                real.weights(),
                real.units(),
                synthetic.frame(),
                synthetic.weights(),
                synthetic.units(),
                columns,
                correlation == Correlation.SPEARMAN);
        AssociationTable first = both.real();
        AssociationTable second = both.synthetic();
        int count = first.pairs().size();
        List<Estimate> estimates = bootstrap.differences(
                real.units(),
                synthetic.units(),
                (realTimes, syntheticTimes) -> differences(first.of(realTimes), second.of(syntheticTimes)),
                engine);
        double[] ofReal = first.ofAll();
        double[] ofSynthetic = second.ofAll();
        List<Pair> pairs = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            AssociationTable.Pairing pairing = first.pairs().get(p);
            pairs.add(new Pair(
                    columns.get(pairing.first()),
                    columns.get(pairing.second()),
                    pairing.kind(),
                    ofReal[p],
                    ofSynthetic[p],
                    estimates.get(p)));
        }
        return new Associations(
                pairs, estimates.get(count), estimates.get(count + 1), first.constant(), second.constant());
    }

    /// Differences of all pairs.
    private static double[] differences(double[] real, double[] synthetic) {
        double[] differences = new double[real.length];
        for (int p = 0; p < differences.length; p++) {
            differences[p] = synthetic[p] - real[p];
        }
        return differences;
    }
}
