package dev.assay.weigh;

/// How far a weight may be from its design weight, and at what price: the function G of the ratio `g = w /
/// d`.
///
/// At the optimum `g = F(u)` with `u = q x'lambda`, `F` the inverse of `G'`, `F(0) = F'(0) = 1` (Deville and
/// Särndal 1992, section 2). Bounds `lower <= g <= upper` clip `F`; whether a row is at a bound is decided on
/// `F(u)`, never on `u`. `H` is the integral of `F`: `H(u) = u F(u) - G(F(u))`, 0 at 0 wherever `F(0) = 1`.
public sealed interface Distance {
    /// The ratio `F(u)`, within the bounds.
    double ratio(double u, double lower, double upper);

    /// The derivative `F'(u)`, 0 at a bound.
    double slope(double u, double lower, double upper);

    /// The potential `H(u)`, whose derivative is `F`.
    double potential(double u, double lower, double upper);

    /// The greatest lower limit of ratios when no bounds are given: 0 or minus infinity.
    double naturalLower();

    /// Chi-square distance, `G(g) = (g - 1)^2 / 2`. One Newton step without bounds; weights may be
    /// negative.
    record Linear() implements Distance {
        @Override
        public double ratio(double u, double lower, double upper) {
            return Math.min(Math.max(1 + u, lower), upper);
        }

        @Override
        public double slope(double u, double lower, double upper) {
            double g = 1 + u;
            return g > lower && g < upper ? 1 : 0;
        }

        @Override
        public double potential(double u, double lower, double upper) {
            double g = ratio(u, lower, upper);
            return u * g - (g - 1) * (g - 1) / 2;
        }

        @Override
        public double naturalLower() {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /// Entropy distance, `G(g) = g ln g - g + 1`: raking, or the fixed point of iterative proportional
    /// fitting when the columns are margins. Weights stay positive.
    record Raking() implements Distance {
        @Override
        public double ratio(double u, double lower, double upper) {
            return Math.min(Math.max(Math.exp(u), lower), upper);
        }

        @Override
        public double slope(double u, double lower, double upper) {
            double g = Math.exp(u);
            return g > lower && g < upper ? g : 0;
        }

        @Override
        public double potential(double u, double lower, double upper) {
            double g = Math.exp(u);
            if (g >= lower && g <= upper) {
                return Math.expm1(u);
            }
            g = Math.min(Math.max(g, lower), upper);
            return u * g - (g > 0 ? g * Math.log(g) - g + 1 : 1);
        }

        @Override
        public double naturalLower() {
            return 0;
        }
    }

    /// Logistic distance: ratios stay strictly inside the bounds, which must enclose 1 on every row
    /// (Deville, Särndal and Sautory 1993).
    record Logit() implements Distance {
        @Override
        public double ratio(double u, double lower, double upper) {
            double e = Math.exp(-Math.abs(rate(lower, upper) * u));
            return u > 0
                    ? (lower * (upper - 1) * e + upper * (1 - lower)) / ((upper - 1) * e + (1 - lower))
                    : (lower * (upper - 1) + upper * (1 - lower) * e) / ((upper - 1) + (1 - lower) * e);
        }

        @Override
        public double slope(double u, double lower, double upper) {
            double a = rate(lower, upper);
            double e = Math.exp(-Math.abs(a * u));
            double d = u > 0 ? (upper - 1) * e + (1 - lower) : (upper - 1) + (1 - lower) * e;
            return a * e * (upper - lower) * (1 - lower) * (upper - 1) / (d * d);
        }

        @Override
        public double potential(double u, double lower, double upper) {
            double a = rate(lower, upper);
            double e = Math.exp(-Math.abs(a * u));
            double width = upper - lower;
            // log1p keeps H accurate near 0, where D is close to U - L.
            return u > 0
                    ? upper * u + width / a * Math.log1p((upper - 1) * Math.expm1(-a * u) / width)
                    : lower * u + width / a * Math.log1p((1 - lower) * (e - 1) / width);
        }

        @Override
        public double naturalLower() {
            return 0;
        }

        private static double rate(double lower, double upper) {
            return (upper - lower) / ((1 - lower) * (upper - 1));
        }
    }

    /// Hyperbolic sine distance, `G'(g) = sinh(alpha (g - 1/g)) / (2 alpha)`: weights stay positive, and
    /// ratios far from 1 cost more on both sides than with the other distances (Deville, Särndal and Sautory
    /// 1993; CALMAR 2).
    ///
    /// @param alpha how steeply the cost grows, positive; 1 is usual
    record Sinh(double alpha) implements Distance {
        /// @throws IllegalArgumentException unless alpha is positive and finite
        public Sinh {
            if (!(alpha > 0) || Double.isInfinite(alpha)) {
                throw new IllegalArgumentException("alpha of the sinh distance must be above 0 and finite");
            }
        }

        /// With alpha 1.
        public Sinh() {
            this(1);
        }

        @Override
        public double ratio(double u, double lower, double upper) {
            return Math.min(Math.max(free(u), lower), upper);
        }

        @Override
        public double slope(double u, double lower, double upper) {
            double a = asinh(2 * alpha * u);
            double root = Math.sqrt(a * a + 4 * alpha * alpha);
            double g = free(u);
            return g > lower && g < upper ? 2 * alpha * g / root / Math.sqrt(1 + 4 * alpha * alpha * u * u) : 0;
        }

        /// The integral of `F` from 0 to u has no closed form: Gauss-Legendre in the variable `a = asinh(2
        /// alpha u)`, in which the integrand is smooth, with steps of at most 1. Bounds are crossed at most
        /// once, as F is monotone and `F(0) = 1`.
        @Override
        public double potential(double u, double lower, double upper) {
            double turn = Math.clamp(u, turning(lower), turning(upper));
            double inside = integral(asinh(2 * alpha * turn));
            return inside + (u - turn) * ratio(u, lower, upper);
        }

        @Override
        public double naturalLower() {
            return 0;
        }

        private double free(double u) {
            double a = asinh(2 * alpha * u);
            double root = Math.sqrt(a * a + 4 * alpha * alpha);
            // The conjugate form where the sum would cancel.
            return a >= 0 ? (a + root) / (2 * alpha) : 2 * alpha / (root - a);
        }

        /// The u at which F reaches a ratio: `G'`.
        private double turning(double ratio) {
            return ratio <= 0
                    ? Double.NEGATIVE_INFINITY
                    : Double.isInfinite(ratio) ? ratio : Math.sinh(alpha * (ratio - 1 / ratio)) / (2 * alpha);
        }

        private double integral(double to) {
            int steps = Math.max(1, (int) Math.ceil(Math.abs(to)));
            double width = to / steps;
            double sum = 0;
            for (int s = 0; s < steps; s++) {
                for (int k = 0; k < NODES.length; k++) {
                    double a = (s + NODES[k]) * width;
                    double root = Math.sqrt(a * a + 4 * alpha * alpha);
                    double g = a >= 0 ? (a + root) / (2 * alpha) : 2 * alpha / (root - a);
                    sum += WEIGHTS[k] * width * g * Math.cosh(a) / (2 * alpha);
                }
            }
            return sum;
        }

        private static double asinh(double x) {
            double size = Math.abs(x);
            // log1p keeps small arguments; beyond 1e8 the 1 under the root is lost anyway.
            double value = size > 1e8
                    ? Math.log(size) + Math.log(2)
                    : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
            return Math.copySign(value, x);
        }

        /// Gauss-Legendre of order 8 on [0, 1] (Abramowitz and Stegun 1964, table 25.4).
        private static final double[] NODES = {
            0.019855071751231884, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751,
            0.5917173212478249, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681
        };

        private static final double[] WEIGHTS = {
            0.05061426814518813, 0.1111905172266872, 0.15685332293894363, 0.181341891689181,
            0.181341891689181, 0.15685332293894363, 0.1111905172266872, 0.05061426814518813
        };
    }
}
