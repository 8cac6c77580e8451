package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.measure.internal.Codes;
import dev.assay.measure.internal.LevelDistance;
import dev.assay.measure.internal.MarginalDistance;
import dev.assay.measure.internal.NumberDistances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Column by column, how far the synthetic distribution is from the real one.
///
/// - Numbers: W1 (Wasserstein-1), the integral of |F - G|, in the column's unit and divided by the real
///   standard deviation; and the Kolmogorov-Smirnov distance max |F - G|. Missing cells are left out and
///   counted.
/// - Categories, booleans and texts: total variation, half the sum over levels of |share - share|.
///   Missing is a level.
///
/// All are weighted. Distances of samples are biased upwards: two samples of one law are not at distance
/// 0. Read them beside the distance of a second real sample ([ReferenceLines]). Intervals are of the
/// distance between the two laws ([Bootstrap#distances]): they reach down to 0 where the samples may be
/// of one law. A category whose rows lie in small levels has no interval; the second real sample is its
/// measure. The standard deviation is held fixed at the real sample's.
public final class Marginals {
    /// Columns resampled together; bounds the memory for sorted copies, cannot change a result.
    private static final int TOGETHER = 16;

    private Marginals() {}

    /// One column's distances.
    public sealed interface Marginal {
        /// Name of the column.
        String column();
    }

    /// Distances of a numeric column.
    ///
    /// @param column           name
    /// @param w1               in the column's unit
    /// @param w1Scaled         divided by the real standard deviation; empty if that is 0
    /// @param ks               0 to 1
    /// @param missingReal      real cells without a value
    /// @param missingSynthetic synthetic cells without a value
    public record NumericMarginal(
            String column, Estimate w1, Optional<Estimate> w1Scaled, Estimate ks, int missingReal, int missingSynthetic)
            implements Marginal {}

    /// Distance of a categorical column.
    ///
    /// @param column         name
    /// @param totalVariation 0 to 1
    public record CategoricalMarginal(String column, Estimate totalVariation) implements Marginal {}

    /// How often [#of] calls the engine for so many columns.
    public static int calls(int columns) {
        return (columns + TOGETHER - 1) / TOGETHER;
    }

    /// The distances of these columns. Cost: one pass over both samples a column and replicate;
    /// [Bootstrap#EXPENSIVE_REPLICATES] replicates are customary.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a column does not exist, or an infinite value is in it
    public static List<Marginal> of(
            Sample real, Sample synthetic, List<String> columns, Bootstrap bootstrap, Engine engine) {
        List<Marginal> marginals = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += TOGETHER) {
            List<String> some = columns.subList(from, Math.min(columns.size(), from + TOGETHER));
            marginals.addAll(together(real, synthetic, some, bootstrap, engine));
        }
        return List.copyOf(marginals);
    }

    private static List<Marginal> together(
            Sample real, Sample synthetic, List<String> columns, Bootstrap bootstrap, Engine engine) {
        List<MarginalDistance> distances =
                columns.stream().map(name -> distance(real, synthetic, name)).toList();
        double[] values = distances.stream()
                .flatMapToDouble(d -> Arrays.stream(d.values()))
                .toArray();
        int width = values.length;
        List<Estimate> estimates = bootstrap.distances(
                real.units(),
                synthetic.units(),
                values,
                (first, second) -> {
                    double[] most = new double[width];
                    double[] least = new double[width];
                    int at = 0;
                    for (MarginalDistance distance : distances) {
                        distance.moves(first, second, most, least, at);
                        at += distance.values().length;
                    }
                    double[] both = Arrays.copyOf(most, 2 * width);
                    System.arraycopy(least, 0, both, width, width);
                    return both;
                },
                engine);
        List<Marginal> marginals = new ArrayList<>();
        int at = 0;
        for (int c = 0; c < columns.size(); c++) {
            String name = columns.get(c);
            switch (distances.get(c)) {
                case NumberDistances numbers ->
                    marginals.add(new NumericMarginal(
                            name,
                            estimates.get(at),
                            numbers.deviation() > 0 ? Optional.of(estimates.get(at + 1)) : Optional.empty(),
                            estimates.get(at + 2),
                            real.frame().column(name).missing(),
                            synthetic.frame().column(name).missing()));
                case LevelDistance levels ->
                    marginals.add(new CategoricalMarginal(
                            name, levels.tooSparse() ? sparse(estimates.get(at), levels) : estimates.get(at)));
            }
            at += distances.get(c).values().length;
        }
        return marginals;
    }

    private static Estimate sparse(Estimate estimate, LevelDistance levels) {
        return estimate.without(String.format(
                Locale.ROOT,
                "%.0f %% of the rows lie in levels with fewer than 5 rows: no interval covers the distance of the laws, "
                        + "read it beside that of a second real sample",
                100 * levels.inSmallLevels()));
    }

    private static MarginalDistance distance(Sample real, Sample synthetic, String name) {
        if (Codes.isNumeric(real.frame().column(name))
                && Codes.isNumeric(synthetic.frame().column(name))) {
            return NumberDistances.of(
                    Codes.numbers(real.frame(), name),
                    real.weights(),
                    real.units(),
                    Codes.numbers(synthetic.frame(), name),
                    synthetic.weights(),
                    synthetic.units());
        }
        Codes.Joint codes =
                Codes.Joint.of(real.frame().column(name), synthetic.frame().column(name));
        return LevelDistance.of(codes, real.weights(), real.units(), synthetic.weights(), synthetic.units());
    }
}
