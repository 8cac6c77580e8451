package dev.assay.inference.internal;

/// The mean and the largest of absolute differences, and how far draws move them.
///
/// @param point     the differences of the samples
/// @param near      which are within noise of 0
/// @param candidate which may be the largest
/// @param largest   which is the largest
record AbsoluteDifferences(double[] point, boolean[] near, boolean[] candidate, int largest) {

    /// @param replicates the differences on draws, `[draws][differences]`
    /// @param noise      standard errors within which a difference may be 0
    static AbsoluteDifferences of(double[] point, double[][] replicates, double noise) {
        double[] reach = new double[point.length];
        int largest = 0;
        for (int k = 0; k < point.length; k++) {
            reach[k] = noise * deviation(replicates, k);
            largest = Math.abs(point[k]) > Math.abs(point[largest]) ? k : largest;
        }
        boolean[] near = new boolean[point.length];
        boolean[] candidate = new boolean[point.length];
        for (int k = 0; k < point.length; k++) {
            near[k] = Math.abs(point[k]) <= reach[k];
            candidate[k] = Math.abs(point[k]) + reach[k] >= Math.abs(point[largest]);
        }
        return new AbsoluteDifferences(point, near, candidate, largest);
    }

    private static double deviation(double[][] replicates, int k) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (double[] replicate : replicates) {
            if (!Double.isNaN(replicate[k])) {
                double d = replicate[k] - replicates[0][k];
                if (Double.isNaN(d)) {
                    continue;
                }
                sum += d;
                squares += d * d;
                n++;
            }
        }
        return n == 0 ? 0 : Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
    }

    /// The mean and the largest; NaN if a difference does not exist.
    double[] values() {
        double sum = 0;
        double most = 0;
        for (double d : point) {
            sum += Math.abs(d) / point.length;
            most = Math.max(most, Math.abs(d));
        }
        return new double[] {sum, most};
    }

    /// For each draw how far it moves mean and largest at the most, then at the least.
    double[][] moves(double[][] replicates) {
        double[][] moves = new double[replicates.length][4];
        for (int b = 0; b < moves.length; b++) {
            double meanMost = 0;
            double meanLeast = 0;
            double largestMost = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < point.length; k++) {
                double h = replicates[b][k] - point[k];
                double signed = Math.signum(point[k]) * h;
                double most = near[k] ? Math.abs(h) : signed;
                meanMost += most / point.length;
                meanLeast += signed / point.length;
                largestMost = candidate[k] ? Math.max(largestMost, most) : largestMost;
            }
            double largestLeast = Math.signum(point[largest]) * (replicates[b][largest] - point[largest]);
            moves[b] = new double[] {meanMost, largestMost, meanLeast, largestLeast};
        }
        return moves;
    }
}
