package dev.assay.weigh;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.internal.Judgement;
import java.util.Arrays;
import java.util.Optional;

/// Calibration with one ratio `w / d` for all rows of a cluster: equal weights within clusters whose design
/// weights are equal.
///
/// Minimising `sum_i (d_i / q_i) G(g_c(i))` over one ratio a cluster is a calibration of clusters: with `D_c
/// = sum d_i`, the row of a cluster is `sum (d_i / D_c) x_i` and its scale `D_c / sum (d_i / q_i)`. A
/// cluster's ratio lies within the bounds of all its members.
public final class Clustered {
    private Clustered() {}

    /// Calibrates.
    ///
    /// @param cluster `[rows]` the cluster of each row, numbered from 0 without gaps
    /// @throws Fault (BAD_DATA) naming a cluster whose rows' bounds have no ratio in common
    /// @return as from [Calibration], with a weight a row; rows at bounds are counted as rows
    public static CalibrationResult solve(
            CalibrationSettings settings, CalibrationProblem problem, int[] cluster, Engine engine, Progress progress) {
        int rows = problem.design().rows();
        if (cluster.length != rows) {
            throw new IllegalArgumentException("there are " + rows + " rows and " + cluster.length + " clusters");
        }
        int clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
        double[] sizes = sums(problem.designWeights(), cluster, clusters);
        double[] lower = new double[clusters];
        double[] upper = new double[clusters];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            int c = cluster[i];
            if (problem.designWeights()[i] > 0) {
                lower[c] = Math.max(lower[c], problem.lowerRatio(settings.distance(), settings.bounds(), i));
                upper[c] = Math.min(upper[c], problem.upperRatio(settings.bounds(), i));
            }
        }
        double[] scales = scales(problem, cluster, sizes);
        for (int c = 0; c < clusters; c++) {
            if (lower[c] > upper[c]) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "The bounds of the rows of cluster " + c
                                + " have no ratio in common; widen them or leave the cluster out.");
            }
        }
        CalibrationProblem whole = new CalibrationProblem(
                collapsed(problem, cluster, sizes),
                sizes,
                scales,
                problem.targets(),
                Optional.of(new RowBounds(lower, upper)),
                problem.start());
        CalibrationResult result = Calibration.solve(
                settings.withBounds(new Bounds(
                        settings.bounds().lower(),
                        settings.bounds().upper(),
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY)),
                whole,
                engine,
                progress);
        double[] weights = new double[rows];
        for (int i = 0; i < rows; i++) {
            int c = cluster[i];
            weights[i] = sizes[c] == 0
                    ? 0
                    : settings.bounds().clip(problem.designWeights()[i] * (result.weights()[c] / sizes[c]));
        }
        CalibrationResult judged = Judgement.of(
                problem, settings, weights, result.newtonSteps(), result.passes(), result.history(), "", engine);
        return new CalibrationResult(
                result.status(),
                result.explanation(),
                weights,
                result.multipliers(),
                result.newtonSteps(),
                judged.passes(),
                result.bytesPerPass(),
                result.targets(),
                judged.distribution(),
                result.history(),
                result.dependent(),
                result.infeasibility());
    }

    /// The problem in which each row has its cluster's mean columns and scale. Calibrating it gives the
    /// same
    /// weights, and the residuals of a variable from its columns are those by which clustered weights vary
    /// (`aggregate.stage` of R's survey package does the same).
    static CalibrationProblem averaged(CalibrationProblem problem, int[] cluster) {
        double[] sizes = sums(
                problem.designWeights(), cluster, Arrays.stream(cluster).max().orElse(-1) + 1);
        double[] scales = scales(problem, cluster, sizes);
        Design means = collapsed(problem, cluster, sizes);
        int columns = means.columns();
        int[] ids = new int[columns];
        double[] values = new double[columns];
        double[] q = new double[cluster.length];
        Design.Builder design = Design.builder(columns);
        for (int i = 0; i < cluster.length; i++) {
            RowBlock block = means.block(cluster[i]);
            design.row(block.unpack(cluster[i] - block.first(), ids, values), ids, values);
            q[i] = scales[cluster[i]];
        }
        return CalibrationProblem.of(design.build(), problem.designWeights(), problem.targets())
                .withQ(q);
    }

    private static double[] sums(double[] values, int[] cluster, int clusters) {
        double[] sums = new double[clusters];
        for (int i = 0; i < cluster.length; i++) {
            sums[cluster[i]] += values[i];
        }
        return sums;
    }

    private static double[] scales(CalibrationProblem problem, int[] cluster, double[] sizes) {
        double[] costs = new double[cluster.length];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = problem.designWeights()[i] / problem.q()[i];
        }
        double[] scales = sums(costs, cluster, sizes.length);
        for (int c = 0; c < scales.length; c++) {
            scales[c] = scales[c] > 0 ? sizes[c] / scales[c] : 1;
        }
        return scales;
    }

    private static Design collapsed(CalibrationProblem problem, int[] cluster, double[] sizes) {
        int columns = problem.design().columns();
        int rows = cluster.length;
        // Rows in the order of their clusters, so that one cluster is gathered at a time.
        int[] starts = new int[sizes.length + 1];
        for (int c : cluster) {
            starts[c + 1]++;
        }
        for (int c = 0; c < sizes.length; c++) {
            starts[c + 1] += starts[c];
        }
        int[] order = new int[rows];
        int[] next = starts.clone();
        for (int i = 0; i < rows; i++) {
            order[next[cluster[i]]++] = i;
        }
        Design.Builder design = Design.builder(columns);
        double[] sums = new double[columns];
        boolean[] isTouched = new boolean[columns];
        int[] touched = new int[columns];
        int[] ids = new int[columns];
        double[] values = new double[columns];
        for (int c = 0; c < sizes.length; c++) {
            int count = 0;
            for (int k = starts[c]; k < starts[c + 1]; k++) {
                int i = order[k];
                RowBlock block = problem.design().block(i);
                double part = sizes[c] == 0 ? 0 : problem.designWeights()[i] / sizes[c];
                int entries = block.unpack(i - block.first(), ids, values);
                for (int e = 0; e < entries; e++) {
                    if (!isTouched[ids[e]]) {
                        isTouched[ids[e]] = true;
                        touched[count++] = ids[e];
                    }
                    sums[ids[e]] += part * values[e];
                }
            }
            Arrays.sort(touched, 0, count);
            for (int e = 0; e < count; e++) {
                values[e] = sums[touched[e]];
                sums[touched[e]] = 0;
                isTouched[touched[e]] = false;
            }
            design.row(count, touched, values);
        }
        return design.build();
    }
}
