package dev.assay.weigh.internal.descent;

import dev.assay.fault.Fault;
import dev.assay.weigh.Targets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The data part of the loss for the targets of the batches so far: `(1 / sum omega) sum_j omega_j ((t_j -
/// T_j) / s_j)^2`.
final class Misfit {
    private final double[] values;
    private final double[] scales;
    private final double[] omega;

    private Misfit(double[] values, double[] scales, double[] omega) {
        this.values = values;
        this.scales = scales;
        this.omega = omega;
    }

    /// One for each batch, of all targets up to and with it.
    ///
    /// @param groups the group of each target, or none
    static List<Misfit> of(Targets targets, List<List<Integer>> batches, List<Integer> groups) {
        int size = targets.size();
        if (!groups.isEmpty() && groups.size() != size) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "There are " + size + " targets and " + groups.size() + " groups; give one group a target.");
        }
        Map<Integer, Integer> members = new HashMap<>();
        groups.forEach(g -> members.merge(g, 1, Integer::sum));
        double[] values = targets.values();
        double[] scales = new double[size];
        double[] say = new double[size];
        for (int j = 0; j < size; j++) {
            scales[j] = targets.get(j).scale();
            say[j] = groups.isEmpty() ? 1 : 1.0 / members.getOrDefault(groups.get(j), 1);
        }
        List<Misfit> list = new ArrayList<>();
        BitSet joined = new BitSet(size);
        if (batches.isEmpty()) {
            joined.set(0, size);
            list.add(of(values, scales, say, joined));
        }
        for (List<Integer> batch : batches) {
            for (int column : batch) {
                if (column < 0 || column >= size || joined.get(column)) {
                    throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "Batches of targets must name each column from 0 to " + (size - 1)
                                    + " at most once; check column " + column + ".");
                }
                joined.set(column);
            }
            list.add(of(values, scales, say, joined));
        }
        return list;
    }

    private static Misfit of(double[] values, double[] scales, double[] say, BitSet joined) {
        double sum = 0;
        for (int j = 0; j < say.length; j++) {
            sum += joined.get(j) ? say[j] : 0;
        }
        double[] omega = new double[say.length];
        for (int j = 0; j < say.length; j++) {
            omega[j] = joined.get(j) ? say[j] / sum : 0;
        }
        return new Misfit(values, scales, omega);
    }

    private double error(double[] totals, int j) {
        return (totals[j] - values[j]) / scales[j];
    }

    double loss(double[] totals) {
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
            sum += omega[j] * error(totals, j) * error(totals, j);
        }
        return sum;
    }

    /// `factor` times the derivative of the loss by each total.
    double[] slopes(double[] totals, double factor) {
        double[] slopes = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            slopes[j] = 2 * factor * omega[j] * error(totals, j) / scales[j];
        }
        return slopes;
    }

    double maxError(double[] totals) {
        double most = 0;
        for (int j = 0; j < values.length; j++) {
            most = Math.max(most, omega[j] > 0 ? Math.abs(error(totals, j)) : 0);
        }
        return most;
    }

    double meanError(double[] totals) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < values.length; j++) {
            sum += omega[j] > 0 ? Math.abs(error(totals, j)) : 0;
            count += omega[j] > 0 ? 1 : 0;
        }
        return count == 0 ? 0 : sum / count;
    }

    /// Whether a target is among those fitted.
    boolean has(int j) {
        return omega[j] > 0;
    }
}
