package dev.assay.weigh;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Replicates of a sample: factors for the design weights, made when they are asked for, and what each
/// replicate's deviation counts.
///
/// With `theta_r` the estimate from replicate r and `mean` the mean over all replicates, the variance is
/// `sum_r scale_r (theta_r - mean)^2`.
public final class Replication {
    private interface Factors {
        double[] of(int replicate);
    }

    private final String method;
    private final double[] scales;
    private final Factors factors;

    private Replication(String method, double[] scales, Factors factors) {
        this.method = method;
        this.scales = scales;
        this.factors = factors;
    }

    /// Stratified jackknife (JKn; JK1 if there is one stratum): each replicate leaves out one primary unit,
    /// gives the other units of its stratum `n_h / (n_h - 1)`, and counts `(1 - f_h) (n_h - 1) / n_h` (Wolter
    /// 2007, section 4.6).
    ///
    /// @throws Fault (BAD_DATA) naming a stratum of one primary unit
    public static Replication jackknife(SampleDesign design) {
        int[] stratum = design.stratumOfUnit();
        int[] count = counts(design, stratum);
        double[] scales = new double[stratum.length];
        for (int u = 0; u < scales.length; u++) {
            int h = stratum[u];
            scales[u] = (1 - design.fractions()[h]) * (count[h] - 1.0) / count[h];
        }
        return new Replication("jackknife", scales, r -> {
            double[] factors = new double[design.units().length];
            int h = stratum[r];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = design.units()[i] == r ? 0 : design.strata()[i] == h ? count[h] / (count[h] - 1.0) : 1;
            }
            return factors;
        });
    }

    /// Rescaled bootstrap: in each stratum `n_h - 1` of its primary units are drawn with replacement, and a
    /// unit drawn m times gets the factor `m n_h / (n_h - 1)` (Rao and Wu 1988; Rao, Wu and Yue 1992). The
    /// finite-population correction is left out.
    ///
    /// @param replicates at least 2
    /// @param seed       each replicate draws from a child of it
    /// @throws Fault (BAD_DATA) naming a stratum of one primary unit
    public static Replication bootstrap(SampleDesign design, int replicates, Seed seed) {
        if (replicates < 2) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "A bootstrap needs at least 2 replicates, not " + replicates + ".");
        }
        int[] stratum = design.stratumOfUnit();
        int[] count = counts(design, stratum);
        int[][] members = members(stratum, count);
        double[] scales = new double[replicates];
        Arrays.fill(scales, 1.0 / (replicates - 1));
        return new Replication("bootstrap", scales, r -> {
            RandomGenerator random = seed.child(r).generator();
            double[] unit = new double[stratum.length];
            for (int h = 0; h < members.length; h++) {
                for (int k = 1; k < count[h]; k++) {
                    unit[members[h][random.nextInt(count[h])]] += count[h] / (count[h] - 1.0);
                }
            }
            return spread(design, unit);
        });
    }

    /// Balanced repeated replication for two primary units a stratum: half samples by the columns of a
    /// Hadamard matrix (Sylvester's, so the number of replicates is the next power of two above the number of
    /// strata), with Fay's factors `2 - rho` and `rho` (McCarthy 1969; Dippo, Fay and Morganstein 1984).
    ///
    /// @param rho in [0, 1): 0 for half samples proper; about 0.5 keeps small domains from vanishing
    /// @throws Fault (BAD_DATA) naming a stratum without exactly two primary units; (BAD_SETTING) if rho
    ///     is out of range
    public static Replication balanced(SampleDesign design, double rho) {
        if (!(rho >= 0 && rho < 1)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "Fay's factor must be 0 or more and below 1, not " + rho + ".");
        }
        int[] stratum = design.stratumOfUnit();
        int[] count = counts(design, stratum);
        for (int h = 0; h < count.length; h++) {
            if (count[h] != 2) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Balanced repeated replication needs two primary units in each stratum; '"
                                + design.stratumNames().get(h) + "' has " + count[h] + ". Use the jackknife.");
            }
        }
        int[][] members = members(stratum, count);
        int size = Math.max(2, Integer.highestOneBit(count.length) << 1);
        double[] scales = new double[size];
        Arrays.fill(scales, 1 / (size * (1 - rho) * (1 - rho)));
        return new Replication("balanced repeated replication", scales, r -> {
            double[] unit = new double[stratum.length];
            for (int h = 0; h < members.length; h++) {
                // Sylvester's matrix: the sign is the parity of the bits that row and column share; column
                // 0 is constant.
                boolean first = Integer.bitCount(r & (h + 1)) % 2 == 0;
                unit[members[h][0]] = first ? 2 - rho : rho;
                unit[members[h][1]] = first ? rho : 2 - rho;
            }
            return spread(design, unit);
        });
    }

    /// Replicates made elsewhere.
    ///
    /// @param factors `[replicates][rows]`, 0 or more
    /// @param scales  `[replicates]`, 0 or more
    /// @throws Fault (BAD_DATA) naming replicate and row of a factor that is negative or not finite
    public static Replication of(double[][] factors, double[] scales) {
        if (factors.length != scales.length || factors.length == 0) {
            throw new IllegalArgumentException(
                    "there are " + factors.length + " replicates and " + scales.length + " scales");
        }
        for (int r = 0; r < factors.length; r++) {
            for (int i = 0; i < factors[r].length; i++) {
                if (!(factors[r][i] >= 0) || Double.isInfinite(factors[r][i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "Replicate " + r + " has a factor on row " + i
                                    + " that is not a finite number of 0 or more; correct it.");
                }
            }
        }
        return new Replication("given replicates", scales.clone(), r -> factors[r].clone());
    }

    private static int[] counts(SampleDesign design, int[] stratum) {
        int[] count = new int[design.stratumNames().size()];
        for (int h : stratum) {
            count[h]++;
        }
        for (int h = 0; h < count.length; h++) {
            if (count[h] < 2) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Stratum '" + design.stratumNames().get(h)
                                + "' has one primary unit, which cannot be left out; join it with another stratum.");
            }
        }
        return count;
    }

    private static int[][] members(int[] stratum, int[] count) {
        int[][] members = new int[count.length][];
        int[] next = new int[count.length];
        for (int h = 0; h < count.length; h++) {
            members[h] = new int[count[h]];
        }
        for (int u = 0; u < stratum.length; u++) {
            members[stratum[u]][next[stratum[u]]++] = u;
        }
        return members;
    }

    private static double[] spread(SampleDesign design, double[] unit) {
        double[] factors = new double[design.units().length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = unit[design.units()[i]];
        }
        return factors;
    }

    /// What people call it.
    public String method() {
        return method;
    }

    /// Number of replicates.
    public int size() {
        return scales.length;
    }

    /// What a replicate's squared deviation counts.
    public double scale(int replicate) {
        return scales[replicate];
    }

    /// The factors of a replicate, `[rows]`; the caller's own.
    public double[] factors(int replicate) {
        return factors.of(replicate);
    }

    /// The variance of estimates over replicates.
    ///
    /// @param theta `[replicates]`, NaN for those that have none: they are left out, and the scales of the
    ///              others raised in proportion
    double variance(double[] theta) {
        List<Integer> there = new ArrayList<>();
        double mean = 0;
        double all = 0;
        double kept = 0;
        for (int r = 0; r < theta.length; r++) {
            all += scales[r];
            if (!Double.isNaN(theta[r])) {
                there.add(r);
                mean += theta[r];
                kept += scales[r];
            }
        }
        mean /= there.size();
        double sum = 0;
        for (int r : there) {
            sum += scales[r] * (theta[r] - mean) * (theta[r] - mean);
        }
        return kept > 0 ? sum * all / kept : Double.NaN;
    }
}
