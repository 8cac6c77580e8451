package dev.assay.bench;

import dev.assay.weigh.Design;
import dev.assay.weigh.Targets;

/// Calibration problems made by arithmetic alone, the same on every machine: rows of a block design (at most one
/// nonzero a block of columns), design weights, and targets of known weights, so that a solution exists.
///
/// All randomness is SplitMix64's output function on counters (Steele, Lea and Flood 2014), modulo 2^64.
///
/// @param design  `[rows, targets]`
/// @param weights `[rows]` design weights
/// @param targets reproduced by ratios within [0.45, 2.625]
/// @param checks  sums that tell whether the generator is right
record GeneratedProblem(Design design, double[] weights, Targets targets, Checks checks) {
    private static final long SEED = 20_261_121L;
    private static final double TWO_32 = 0x1p-32;
    private static final double TWO_53 = 0x1p-53;

    /// @param columnSum        of all column numbers of nonzeros
    /// @param weightedColumns  of (row + 1) times column number, modulo 2^64
    /// @param fewest           nonzeros in a row
    /// @param most             nonzeros in a row
    /// @param designSum        of design weights
    /// @param trueSum          of the weights behind the targets
    /// @param leastRatio       of those
    /// @param greatestRatio    of those
    /// @param firstColumns     the first five columns of row 0
    /// @param before           totals under the design weights
    record Checks(
            long columnSum,
            long weightedColumns,
            int fewest,
            int most,
            double designSum,
            double trueSum,
            double leastRatio,
            double greatestRatio,
            int[] firstColumns,
            double[] before) {}

    /// The large problem: 250 blocks of 16 columns, 200 of them indicators, some 200 nonzeros a row.
    static GeneratedProblem large(int rows) {
        return of(rows, 250, 16, 200);
    }

    /// 25 blocks of 20 columns, 20 of them indicators: 500 targets, 20 nonzeros a row on average.
    static GeneratedProblem middling(int rows) {
        return of(rows, 25, 20, 20);
    }

    /// 15 blocks of 4 columns, 12 of them indicators: 60 targets, 12 nonzeros a row on average.
    static GeneratedProblem small(int rows) {
        return of(rows, 15, 4, 12);
    }

    private static GeneratedProblem of(int rows, int blocks, int width, int indicators) {
        long[] keys = {0, mix(SEED ^ 1), mix(SEED ^ 2), mix(SEED ^ 3), mix(SEED ^ 4)};
        int columns = blocks * width;
        Design.Builder builder = Design.builder(columns);
        double[] weights = new double[rows];
        double[] totals = new double[columns];
        double[] before = new double[columns];
        int[] ids = new int[blocks];
        double[] values = new double[blocks];
        int[] firstColumns = new int[5];
        long columnSum = 0;
        long weightedColumns = 0;
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        double designSum = 0;
        double trueSum = 0;
        double leastRatio = Double.POSITIVE_INFINITY;
        double greatestRatio = 0;
        for (int i = 0; i < rows; i++) {
            int count = 0;
            int shift = 0;
            for (int b = 0; b < blocks; b++) {
                long h = mix(keys[1] + 256L * i + b);
                if ((h & 0xFFFF) >= 52_429) {
                    continue;
                }
                double f = (h >>> 32) * TWO_32;
                double square = f * f;
                int c = (int) (width * (b % 2 == 0 ? square : square * square));
                shift += b < 10 ? c - 4 : 0;
                ids[count] = width * b + c;
                values[count++] = b < indicators ? 1 : amount(mix(keys[2] + 256L * i + b), b);
            }
            double d = 50 + 100 * ((mix(keys[3] + i) >>> 11) * TWO_53);
            double ratio = (0.75 + 0.5 * ((mix(keys[4] + i) >>> 11) * TWO_53)) * (1 + 0.01 * shift);
            builder.row(count, ids, values);
            weights[i] = d;
            for (int e = 0; e < count; e++) {
                totals[ids[e]] += values[e] * (d * ratio);
                before[ids[e]] += values[e] * d;
                columnSum += ids[e];
                weightedColumns += (i + 1L) * ids[e];
            }
            if (i == 0) {
                System.arraycopy(ids, 0, firstColumns, 0, 5);
            }
            fewest = Math.min(fewest, count);
            most = Math.max(most, count);
            designSum += d;
            trueSum += d * ratio;
            leastRatio = Math.min(leastRatio, ratio);
            greatestRatio = Math.max(greatestRatio, ratio);
        }
        Checks checks = new Checks(
                columnSum,
                weightedColumns,
                fewest,
                most,
                designSum,
                trueSum,
                leastRatio,
                greatestRatio,
                firstColumns,
                before);
        return new GeneratedProblem(builder.build(), weights, Targets.of(totals), checks);
    }

    /// An amount of 1e3 to 1e7, negative in part of the last blocks of the large problem.
    private static double amount(long h, int block) {
        double amount = (float) (1000 / (1 - 0.9999 * ((h >>> 11) * TWO_53)));
        long low = h & 0x3FF;
        boolean negative = (block == 249 && low < 922) || (block >= 240 && block <= 248 && low < 307);
        return negative ? -amount : amount;
    }

    private static long mix(long counter) {
        long x = counter + 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
