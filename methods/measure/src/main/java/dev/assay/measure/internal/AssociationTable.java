package dev.assay.measure.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.inference.Units;
import dev.assay.measure.Associations.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The associations of all pairs of columns of one sample, as a function of a draw.
///
/// Everything needed is a weighted sum over rows: products of numeric features, numeric features by level,
/// and pairs of levels. A draw only changes the rows' weights, so each costs one pass over the rows and no
/// sorting.
public final class AssociationTable {
    /// A pair of columns by position.
    ///
    /// @param first  position of the first column
    /// @param second position of the second, larger
    /// @param kind   what is measured
    public record Pairing(int first, int second, Kind kind) {}

    /// The tables of two samples over the same columns and levels.
    public record Both(AssociationTable real, AssociationTable synthetic) {}

    private final List<Pairing> pairs;
    private final NumericFeatures numbers;
    private final int[] numericOf;
    private final int[] codedOf;
    private final List<int[]> codes;
    private final int[] levels;
    private final double[] weights;
    private final Units units;

    private AssociationTable(
            List<Pairing> pairs,
            NumericFeatures numbers,
            int[] numericOf,
            int[] codedOf,
            List<int[]> codes,
            int[] levels,
            double[] weights,
            Units units) {
        this.pairs = pairs;
        this.numbers = numbers;
        this.numericOf = numericOf;
        this.codedOf = codedOf;
        this.codes = codes;
        this.levels = levels;
        this.weights = weights;
        this.units = units;
    }

    /// The tables of two samples.
    public static Both of(
            Frame real,
            double[] realWeights,
            Units realUnits,
            Frame synthetic,
            double[] weights,
            Units units,
            List<String> columns,
            boolean ranks) {
        int count = columns.size();
        int[] numericOf = new int[count];
        int[] codedOf = new int[count];
        Arrays.fill(numericOf, -1);
        Arrays.fill(codedOf, -1);
        List<String> numeric = new ArrayList<>();
        List<Codes.Joint> coded = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            Column first = real.column(columns.get(c));
            Column second = synthetic.column(columns.get(c));
            if (Codes.isNumeric(first) && Codes.isNumeric(second)) {
                numericOf[c] = numeric.size();
                numeric.add(columns.get(c));
            } else {
                codedOf[c] = coded.size();
                coded.add(Codes.Joint.of(first, second));
            }
        }
        List<Pairing> pairs = new ArrayList<>();
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                int numericColumns = (numericOf[a] >= 0 ? 1 : 0) + (numericOf[b] >= 0 ? 1 : 0);
                pairs.add(new Pairing(
                        a,
                        b,
                        numericColumns == 2 ? Kind.CORRELATION : numericColumns == 1 ? Kind.ETA : Kind.CRAMERS_V));
            }
        }
        int[] levels = coded.stream().mapToInt(Codes.Joint::count).toArray();
        return new Both(
                new AssociationTable(
                        List.copyOf(pairs),
                        NumericFeatures.of(real, numeric, realWeights, ranks),
                        numericOf,
                        codedOf,
                        coded.stream().map(Codes.Joint::first).toList(),
                        levels,
                        realWeights,
                        realUnits),
                new AssociationTable(
                        List.copyOf(pairs),
                        NumericFeatures.of(synthetic, numeric, weights, ranks),
                        numericOf,
                        codedOf,
                        coded.stream().map(Codes.Joint::second).toList(),
                        levels,
                        weights,
                        units));
    }

    /// The pairs, in the order of the results.
    public List<Pairing> pairs() {
        return pairs;
    }

    /// The associations of the whole sample.
    public double[] ofAll() {
        int[] ones = new int[units.count()];
        Arrays.fill(ones, 1);
        return of(ones);
    }

    /// Number of columns that are constant in the whole sample.
    public int constant() {
        int constant = numbers.constant();
        for (int[] code : codes) {
            constant += Arrays.stream(code).distinct().count() < 2 ? 1 : 0;
        }
        return constant;
    }

    /// The associations on a draw; 0 where a column is constant.
    public double[] of(int[] times) {
        double[] drawn = new double[weights.length];
        int[] present = new int[weights.length];
        int count = 0;
        for (int row = 0; row < drawn.length; row++) {
            drawn[row] = weights[row] * times[units.of(row)];
            if (drawn[row] != 0) {
                present[count++] = row;
            }
        }
        present = Arrays.copyOf(present, count);
        double[] products = numbers.products(drawn);
        double[][] byLevel = new double[codes.size()][];
        for (int k = 0; k < byLevel.length; k++) {
            byLevel[k] = numbers.sumsByLevel(drawn, codes.get(k), levels[k]);
        }
        double[] all = new double[pairs.size()];
        for (int p = 0; p < all.length; p++) {
            Pairing pair = pairs.get(p);
            all[p] = switch (pair.kind()) {
                case CORRELATION -> numbers.correlation(products, numericOf[pair.first()], numericOf[pair.second()]);
                case ETA -> {
                    boolean codedFirst = codedOf[pair.first()] >= 0;
                    int coded = codedOf[codedFirst ? pair.first() : pair.second()];
                    int numeric = numericOf[codedFirst ? pair.second() : pair.first()];
                    yield numbers.eta(products, byLevel[coded], levels[coded], numeric);
                }
                case CRAMERS_V -> cramersV(drawn, present, codedOf[pair.first()], codedOf[pair.second()]);
            };
        }
        return all;
    }

    /// @param present the rows that were drawn
    private double cramersV(double[] drawn, int[] present, int first, int second) {
        int columns = levels[second];
        double[] table = new double[levels[first] * columns];
        int[] a = codes.get(first);
        int[] b = codes.get(second);
        for (int row : present) {
            table[a[row] * columns + b[row]] += drawn[row];
        }
        return Contingency.cramersV(table, levels[first], columns);
    }
}
