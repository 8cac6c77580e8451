package dev.assay.measure;

import dev.assay.inference.Estimate;
import dev.assay.inference.Interval;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How often a rare combination occurs among synthetic rows, relative to real ones and whatever the
/// sizes: ratio = (share of synthetic weight in the cell) / (share of real weight in the cell); 1 is
/// unbiased.
///
/// With fewer than [#FEWEST_REAL] real rows the cell is too rare and there is no ratio; it is never
/// divided by max(count, 1).
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
    /// @param ratio         with the interval log ratio +- z sqrt(1/c_s + 1/c_r); with weights and
    ///                      clusters the counts are the effective ones, (sum W)^2 / sum W^2, W the
    ///                      weight of a unit's rows in the cell
    public record RareCell(
            String name, int realCount, int realRows, int syntheticCount, int syntheticRows, Estimate ratio) {}

    /// The ratios of these cells.
    ///
    /// @param level intended coverage of the intervals
    /// @throws IllegalArgumentException if a cell has a bit past its sample's rows
    public static List<RareCell> of(Sample real, Sample synthetic, List<Cell> cells, double level) {
        return cells.stream().map(cell -> of(real, synthetic, cell, level)).toList();
    }

    private static RareCell of(Sample real, Sample synthetic, Cell cell, double level) {
        int realCount = cell.real().cardinality();
        int syntheticCount = cell.synthetic().cardinality();
        double share = share(real, cell.real());
        OptionalDouble value = realCount < FEWEST_REAL || share == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(share(synthetic, cell.synthetic()) / share);
        double effectiveReal = effective(real, cell.real());
        double effectiveSynthetic = effective(synthetic, cell.synthetic());
        OptionalDouble low = OptionalDouble.empty();
        OptionalDouble high = OptionalDouble.empty();
        Optional<String> reason = Optional.empty();
        if (value.isEmpty()) {
            reason = Optional.of("too rare: " + realCount + " real rows in the cell, a ratio needs " + FEWEST_REAL);
        } else if (effectiveSynthetic == 0) {
            reason = Optional.of("no synthetic row in the cell: the logarithm of the ratio does not exist");
        } else {
            double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + level) / 2);
            double reach = Math.exp(z * Math.sqrt(1 / effectiveSynthetic + 1 / effectiveReal));
            low = OptionalDouble.of(value.getAsDouble() / reach);
            high = OptionalDouble.of(value.getAsDouble() * reach);
        }
        Estimate ratio = new Estimate(
                value,
                (long) real.rows() + synthetic.rows(),
                Math.min(real.units().count(), synthetic.units().count()),
                real.units().kind(),
                low,
                high,
                level,
                Interval.LOG_RATIO,
                0,
                0,
                OptionalDouble.empty(),
                List.of(),
                reason);
        return new RareCell(cell.name(), realCount, real.rows(), syntheticCount, synthetic.rows(), ratio);
    }

    private static double share(Sample sample, BitSet cell) {
        if (cell.length() > sample.rows()) {
            throw new IllegalArgumentException(
                    "a cell holds row " + (cell.length() - 1) + ", the sample has " + sample.rows() + " rows");
        }
        double inside = 0;
        double all = 0;
        for (int row = 0; row < sample.rows(); row++) {
            inside += cell.get(row) ? sample.weight(row) : 0;
            all += sample.weight(row);
        }
        return inside / all;
    }

    /// (sum W)^2 / sum W^2 over units, W the weight of a unit's rows in the cell.
    private static double effective(Sample sample, BitSet cell) {
        double[] ofUnit = new double[sample.units().count()];
        cell.stream().forEach(row -> ofUnit[sample.units().of(row)] += sample.weight(row));
        double sum = 0;
        double squares = 0;
        for (double w : ofUnit) {
            sum += w;
            squares += w * w;
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }
}
