package dev.assay.receipt;

/// The two-sample test of Kolmogorov and Smirnov: whether two samples of numbers come from one distribution.
///
/// @param d the largest distance between the two distribution functions, 0 to 1
/// @param p how often samples of one distribution lie so far apart, 0 to 1
public record KolmogorovSmirnov(double d, double p) {
    private static final int TERMS = 100;
    /// Below, p is 1 to the last digit, and the series would need more terms than it has.
    private static final double SMALLEST = 0.2;

    /// The test of these samples.
    ///
    /// p is that of Stephens (1970): with e = n m / (n + m) and L = (sqrt e + 0.12 + 0.11 / sqrt e) D,
    /// p = 2 sum over k of (-1)^(k-1) exp(-2 k^2 L^2). It is an approximation that is good from some ten values
    /// on, and for distributions without ties; with ties it is on the safe side.
    ///
    /// @throws IllegalArgumentException if a sample is empty
    public static KolmogorovSmirnov of(ColumnSample.Numbers reference, ColumnSample.Numbers current) {
        double[] a = reference.sorted();
        double[] b = current.sorted();
        Rules.require(a.length > 0 && b.length > 0, "there must be a value in both samples");
        double d = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double next = Math.min(a[i], b[j]);
            while (i < a.length && a[i] == next) {
                i++;
            }
            while (j < b.length && b[j] == next) {
                j++;
            }
            d = Math.max(d, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return new KolmogorovSmirnov(d, p(d, a.length, b.length));
    }

    private static double p(double d, double n, double m) {
        double rootE = Math.sqrt(n * m / (n + m));
        double l = (rootE + 0.12 + 0.11 / rootE) * d;
        if (l < SMALLEST) {
            return 1;
        }
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            sum += (k % 2 == 1 ? 1 : -1) * Math.exp(-2.0 * k * k * l * l);
        }
        return Math.clamp(2 * sum, 0, 1);
    }
}
