package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.ClusterSums;
import dev.assay.inference.Estimate;
import dev.assay.inference.Interval;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How often a rare combination occurs among synthetic rows, relative to real ones and whatever the sizes:
/// ratio = (share of synthetic weight in the cell) / (share of real weight in the cell); 1 is unbiased.
///
/// With fewer than [#FEWEST_REAL] real rows the cell is too rare and there is no ratio; it is never divided by
/// max(count, 1).
public final class RareCells {
    /// Real rows that a cell needs before a ratio is given.
    public static final int FEWEST_REAL = 5;

    private RareCells() {}

    /// A cell: which rows of each sample are in it.
    ///
    /// @param name      for the reader
    /// @param real      bits of the real rows in the cell
    /// @param synthetic bits of the synthetic rows in the cell
    public record Cell(String name, BitSet real, BitSet synthetic) {
        /// Copies the bits, so that the record is immutable.
        public Cell {
            real = (BitSet) real.clone();
            synthetic = (BitSet) synthetic.clone();
        }
    }

    /// The ratio of one cell.
    ///
    /// @param name          of the cell
    /// @param realCount     real rows in the cell
    /// @param realRows      real rows in all
    /// @param syntheticCount synthetic rows in the cell
    /// @param syntheticRows synthetic rows in all
    /// @param ratio         with the interval log ratio +- z sqrt(1/c_s + 1/c_r); with weights the counts are
    ///                      the effective ones of Kish, (sum w)^2 / sum w^2 over the cell. Rows are taken as
    ///                      independent
    /// @param resampled     the same ratio with a bootstrap interval over the samples' units, for clustered rows
    public record RareCell(
            String name,
            int realCount,
            int realRows,
            int syntheticCount,
            int syntheticRows,
            Estimate ratio,
            Estimate resampled) {}

    /// The ratios of these cells.
    ///
    /// @throws IllegalArgumentException if a cell has a bit past its sample's rows
    public static List<RareCell> of(
            Sample real, Sample synthetic, List<Cell> cells, Bootstrap bootstrap, Engine engine) {
        return cells.stream()
                .map(cell -> of(real, synthetic, cell, bootstrap, engine))
                .toList();
    }

    private static RareCell of(Sample real, Sample synthetic, Cell cell, Bootstrap bootstrap, Engine engine) {
        int realCount = cell.real().cardinality();
        int syntheticCount = cell.synthetic().cardinality();
        ClusterSums realSums = ClusterSums.of(real.units(), inside(real, cell.real()), real.weights());
        ClusterSums syntheticSums =
                ClusterSums.of(synthetic.units(), inside(synthetic, cell.synthetic()), synthetic.weights());
        boolean tooRare = realCount < FEWEST_REAL;
        Estimate resampled = bootstrap
                .estimates(
                        realSums,
                        syntheticSums,
                        (r, s) -> new double[] {tooRare || r[0] == 0 ? Double.NaN : s[0] / s[1] / (r[0] / r[1])},
                        engine)
                .getFirst();
        double effectiveReal = effective(real, cell.real());
        double effectiveSynthetic = effective(synthetic, cell.synthetic());
        OptionalDouble value = resampled.value();
        OptionalDouble low = OptionalDouble.empty();
        OptionalDouble high = OptionalDouble.empty();
        Optional<String> reason = Optional.empty();
        if (value.isEmpty()) {
            reason = Optional.of("too rare: " + realCount + " real rows in the cell, a ratio needs " + FEWEST_REAL);
            resampled = because(resampled, reason);
        } else if (effectiveSynthetic == 0) {
            reason = Optional.of("no synthetic row in the cell: the logarithm of the ratio does not exist");
        } else {
            double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + bootstrap.level()) / 2);
            double reach = Math.exp(z * Math.sqrt(1 / effectiveSynthetic + 1 / effectiveReal));
            low = OptionalDouble.of(value.getAsDouble() / reach);
            high = OptionalDouble.of(value.getAsDouble() * reach);
        }
        Estimate ratio = new Estimate(
                value,
                (long) real.rows() + synthetic.rows(),
                Math.min(real.rows(), synthetic.rows()),
                "row",
                low,
                high,
                bootstrap.level(),
                Interval.LOG_RATIO,
                0,
                0,
                OptionalDouble.empty(),
                List.of(),
                reason);
        return new RareCell(cell.name(), realCount, real.rows(), syntheticCount, synthetic.rows(), ratio, resampled);
    }

    private static double[] inside(Sample sample, BitSet cell) {
        if (cell.length() > sample.rows()) {
            throw new IllegalArgumentException(
                    "a cell holds row " + (cell.length() - 1) + ", the sample has " + sample.rows() + " rows");
        }
        double[] weights = new double[sample.rows()];
        cell.stream().forEach(row -> weights[row] = sample.weight(row));
        return weights;
    }

    private static double effective(Sample sample, BitSet cell) {
        double sum = 0;
        double squares = 0;
        for (int row = cell.nextSetBit(0); row >= 0; row = cell.nextSetBit(row + 1)) {
            sum += sample.weight(row);
            squares += sample.weight(row) * sample.weight(row);
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    private static Estimate because(Estimate e, Optional<String> reason) {
        return new Estimate(
                e.value(),
                e.n(),
                e.units(),
                e.unitKind(),
                e.low(),
                e.high(),
                e.level(),
                e.interval(),
                e.replicates(),
                e.seed(),
                e.meanReplicate(),
                e.warnings(),
                reason);
    }
}
