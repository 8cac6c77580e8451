package dev.assay.weigh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where replicates come from: a design, or factors that somebody else made.
///
/// @param units     `[rows]` the primary unit of each
/// @param unitCount how many there are
/// @param design    of which they are replicates
/// @param patterns  `[primary units][replicates]` factors, where there is no design
record Origin(int[] units, int unitCount, Optional<SampleDesign> design, double[][] patterns) {
    /// A column of which less than this part is left after projection is a combination of others.
    private static final double DEPENDENT = 1e-5;

    static Origin of(SampleDesign design) {
        return new Origin(design.units(), design.unitCount(), Optional.of(design), new double[0][]);
    }

    /// @param factors `[replicates][rows]`
    static Origin of(double[][] factors) {
        int[] units = new int[factors[0].length];
        Map<List<Double>, Integer> known = new HashMap<>();
        List<double[]> patterns = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            int row = i;
            double[] pattern = Arrays.stream(factors)
                    .mapToDouble(replicate -> replicate[row])
                    .toArray();
            units[i] = known.computeIfAbsent(Arrays.stream(pattern).boxed().toList(), p -> {
                patterns.add(pattern);
                return patterns.size() - 1;
            });
        }
        return new Origin(units, patterns.size(), Optional.empty(), patterns.toArray(double[][]::new));
    }

    /// What an estimate rests on, by the rows that count.
    Reach reach(boolean[] counted) {
        if (design.isPresent()) {
            return Reach.of(design.get(), counted);
        }
        boolean[] touched = new boolean[unitCount];
        int rows = 0;
        for (int i = 0; i < counted.length; i++) {
            rows += counted[i] ? 1 : 0;
            touched[units[i]] |= counted[i];
        }
        List<double[]> used = new ArrayList<>();
        for (int u = 0; u < unitCount; u++) {
            if (touched[u]) {
                used.add(patterns[u]);
            }
        }
        return new Reach(rows, used.size(), Math.max(0, rank(used) - 1), false);
    }

    /// The rank of these rows, by the modified method of Gram and Schmidt.
    private static int rank(List<double[]> rows) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            double[] rest = row.clone();
            for (double[] unit : basis) {
                double along = dot(rest, unit);
                for (int c = 0; c < rest.length; c++) {
                    rest[c] -= along * unit[c];
                }
            }
            double length = Math.sqrt(dot(rest, rest));
            if (length > DEPENDENT * Math.sqrt(dot(row, row))) {
                for (int c = 0; c < rest.length; c++) {
                    rest[c] /= length;
                }
                basis.add(rest);
            }
        }
        return basis.size();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
