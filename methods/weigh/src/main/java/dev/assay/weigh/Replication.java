package dev.assay.weigh;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Replicates of a sample: factors for the design weights, made when they are asked for, and what each
/// replicate's deviation counts.
///
/// With `theta_r` the estimate from replicate r and `mean` the mean over all replicates, the variance is
/// `sum_r scale_r (theta_r - mean)^2`.
///
/// Every method gives a total its linearised variance, the bootstrap on average, sampling fractions included:
/// `1 - f_h` scales the jackknife's deviations, and in the bootstrap and in half samples `sqrt(1 - f_h)` scales how
/// far a factor lies from 1. A stratum of which every primary unit was drawn, and a lonely unit that is
/// dropped, have the factor 1 throughout.
public final class Replication {
    private interface Factors {
        double[] of(int replicate);
    }

    private final String method;
    private final double[] scales;
    private final Factors factors;
    private final Origin origin;

    private Replication(String method, double[] scales, Factors factors, Origin origin) {
        this.method = method;
        this.scales = scales;
        this.factors = factors;
        this.origin = origin;
    }

    /// Stratified jackknife (JKn; JK1 if there is one stratum): each replicate leaves out one primary unit,
    /// gives the other units of its stratum `n_h / (n_h - 1)`, and counts `(1 - f_h) (n_h - 1) / n_h` (Wolter
    /// 2007, section 4.6).
    ///
    /// @throws Fault (BAD_SETTING) if a lonely unit is to be centred
    public static Replication jackknife(SampleDesign design) {
        Drawn drawn = Drawn.of(design);
        int[] left = IntStream.range(0, drawn.stratum().length)
                .filter(u -> drawn.varies(drawn.stratum()[u]))
                .toArray();
        double[] scales = new double[left.length];
        for (int r = 0; r < scales.length; r++) {
            int h = drawn.stratum()[left[r]];
            scales[r] = (1 - design.fractions()[h]) * (drawn.count()[h] - 1.0) / drawn.count()[h];
        }
        return new Replication(
                "jackknife",
                scales,
                r -> {
                    double[] factors = new double[design.units().length];
                    int h = drawn.stratum()[left[r]];
                    double others = drawn.count()[h] / (drawn.count()[h] - 1.0);
                    for (int i = 0; i < factors.length; i++) {
                        factors[i] = design.units()[i] == left[r] ? 0 : design.strata()[i] == h ? others : 1;
                    }
                    return factors;
                },
                Origin.of(design));
    }

    /// Rescaled bootstrap: in each stratum `n_h - 1` of its primary units are drawn with replacement, and a
    /// unit drawn m times gets the factor `1 - a + a m n_h / (n_h - 1)`, `a = sqrt(1 - f_h)` (Rao and Wu 1988,
    /// section 4; Rao, Wu and Yue 1992). Factors are 0 or more.
    ///
    /// @param replicates at least 2
    /// @param seed       each replicate draws from a child of it
    /// @throws Fault (BAD_SETTING) if there are too few replicates or a lonely unit is to be centred
    public static Replication bootstrap(SampleDesign design, int replicates, Seed seed) {
        if (replicates < 2) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "A bootstrap needs at least 2 replicates, not " + replicates + ".");
        }
        Drawn drawn = Drawn.of(design);
        int[][] members = drawn.members();
        double[] scales = new double[replicates];
        Arrays.fill(scales, 1.0 / (replicates - 1));
        return new Replication(
                "bootstrap",
                scales,
                r -> {
                    RandomGenerator random = seed.child(r).generator();
                    double[] unit = new double[drawn.stratum().length];
                    for (int h = 0; h < members.length; h++) {
                        int n = members[h].length;
                        double a = drawn.varies(h) ? Math.sqrt(1 - design.fractions()[h]) : 0;
                        for (int u : members[h]) {
                            unit[u] = 1 - a;
                        }
                        for (int k = 1; k < n && a > 0; k++) {
                            unit[members[h][random.nextInt(n)]] += a * n / (n - 1.0);
                        }
                    }
                    return spread(design, unit);
                },
                Origin.of(design));
    }

    /// Balanced repeated replication for two primary units a stratum: half samples by the columns of a
    /// Hadamard matrix (Sylvester's, so the number of replicates is the next power of two above the number of
    /// strata), with Fay's factors `2 - rho` and `rho` (McCarthy 1969; Dippo, Fay and Morganstein 1984).
    ///
    /// Both are drawn towards 1 by `sqrt(1 - f_h)` where a part `f_h` was drawn.
    ///
    /// @param rho in [0, 1): 0 for half samples proper; about 0.5 keeps small domains from vanishing
    /// @throws Fault (BAD_DATA) naming a stratum without exactly two primary units; (BAD_SETTING) if rho
    ///     is out of range or a lonely unit is to be centred
    public static Replication balanced(SampleDesign design, double rho) {
        if (!(rho >= 0 && rho < 1)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "Fay's factor must be 0 or more and below 1, not " + rho + ".");
        }
        Drawn drawn = Drawn.of(design);
        int[] varying =
                IntStream.range(0, drawn.count().length).filter(drawn::varies).toArray();
        for (int h : varying) {
            if (drawn.count()[h] != 2) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Balanced repeated replication needs two primary units in each stratum; '"
                                + design.stratumNames().get(h) + "' has " + drawn.count()[h] + ". Use the jackknife.");
            }
        }
        int[][] members = drawn.members();
        int size = Math.max(2, Integer.highestOneBit(varying.length) << 1);
        double[] scales = new double[size];
        Arrays.fill(scales, 1 / (size * (1 - rho) * (1 - rho)));
        return new Replication(
                "balanced repeated replication",
                scales,
                r -> {
                    double[] unit = new double[drawn.stratum().length];
                    Arrays.fill(unit, 1);
                    for (int k = 0; k < varying.length; k++) {
                        int h = varying[k];
                        // Sylvester's matrix: the sign is the parity of the bits that row and column share;
                        // column 0 is constant.
                        double sign = Integer.bitCount(r & (k + 1)) % 2 == 0 ? 1 : -1;
                        double off = sign * (1 - rho) * Math.sqrt(1 - design.fractions()[h]);
                        unit[members[h][0]] = 1 + off;
                        unit[members[h][1]] = 1 - off;
                    }
                    return spread(design, unit);
                },
                Origin.of(design));
    }

    /// Replicates made elsewhere. Rows that have the same factors in every replicate are taken for one primary
    /// unit, and degrees of freedom are the rank of the factors less 1.
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
            if (factors[r].length != factors[0].length) {
                throw new IllegalArgumentException("replicates 0 and " + r + " have different numbers of rows");
            }
            for (int i = 0; i < factors[r].length; i++) {
                if (!(factors[r][i] >= 0) || Double.isInfinite(factors[r][i])) {
                    throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "Replicate " + (r + 1) + " has a factor on row " + (i + 1)
                                    + " that is not a finite number of 0 or more; correct it.");
                }
            }
        }
        return new Replication("given replicates", scales.clone(), r -> factors[r].clone(), Origin.of(factors));
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

    /// What an estimate rests on, by the rows that count.
    Reach reach(boolean[] counted) {
        return origin.reach(counted);
    }

    /// `[rows]` the primary unit of each.
    int[] units() {
        return origin.units();
    }

    int unitCount() {
        return origin.unitCount();
    }

    /// The variance of `sum w u` as the sample was drawn, whatever the weights were calibrated to.
    double plain(double[] weights, double[] u) {
        if (origin.design().isPresent()) {
            return Spread.of(weights, u, origin.design().get());
        }
        double[] theta = new double[size()];
        for (int r = 0; r < theta.length; r++) {
            double[] factors = factors(r);
            for (int i = 0; i < u.length; i++) {
                theta[r] += weights[i] * factors[i] * u[i];
            }
        }
        return variance(theta);
    }

    /// The variance of estimates over replicates; NaN if fewer than two are left. Replicates that count nothing
    /// are not looked at.
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
            if (scales[r] > 0 && Double.isFinite(theta[r])) {
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
        return there.size() > 1 ? sum * all / kept : Double.NaN;
    }
}
