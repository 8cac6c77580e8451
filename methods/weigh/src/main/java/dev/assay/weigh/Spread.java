package dev.assay.weigh;

import dev.assay.weigh.SampleDesign.LonelyUnits;

/// The variance of a sum of primary units' values under a sample design.
final class Spread {
    private Spread() {}

    /// The variance of `sum w e`.
    ///
    /// @param e `[rows]`
    static double of(double[] weights, double[] e, SampleDesign design) {
        double[] units = new double[design.unitCount()];
        for (int i = 0; i < e.length; i++) {
            units[design.units()[i]] += weights[i] * e[i];
        }
        return of(units, design);
    }

    /// @param units `[primary units]`
    private static double of(double[] units, SampleDesign design) {
        int[] stratum = design.stratumOfUnit();
        int strata = design.fractions().length;
        double[] mean = new double[strata];
        int[] count = new int[strata];
        double all = 0;
        for (int u = 0; u < units.length; u++) {
            mean[stratum[u]] += units[u];
            count[stratum[u]]++;
            all += units[u];
        }
        all /= units.length;
        double[] squares = new double[strata];
        for (int h = 0; h < strata; h++) {
            mean[h] = count[h] == 1 && design.lonely() == LonelyUnits.CENTRE ? all : mean[h] / count[h];
        }
        for (int u = 0; u < units.length; u++) {
            double off = units[u] - mean[stratum[u]];
            squares[stratum[u]] += off * off;
        }
        double variance = 0;
        for (int h = 0; h < strata; h++) {
            double scale = count[h] > 1 ? count[h] / (count[h] - 1.0) : 1;
            variance += (1 - design.fractions()[h]) * scale * squares[h];
        }
        return variance;
    }
}
