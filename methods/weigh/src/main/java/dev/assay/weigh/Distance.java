package dev.assay.weigh;

/// How far a weight may be from its design weight, and at what price: the function G of the ratio `g = w / d`.
///
/// At the optimum `g = F(u)` with `u = q x'lambda`, `F` the inverse of `G'`, `F(0) = F'(0) = 1` (Deville and Särndal
/// 1992, section 2). Bounds `lower <= g <= upper` clip `F`; whether a row is at a bound is decided on `F(u)`, never on
/// `u`. `H` is the integral of `F`: `H(u) = u F(u) - G(F(u))`, 0 at 0 wherever `F(0) = 1`.
public sealed interface Distance {
    /// The ratio `F(u)`, within the bounds.
    double ratio(double u, double lower, double upper);

    /// The derivative `F'(u)`, 0 at a bound.
    double slope(double u, double lower, double upper);

    /// The potential `H(u)`, whose derivative is `F`.
    double potential(double u, double lower, double upper);

    /// The greatest lower limit of ratios when no bounds are given: 0 or minus infinity.
    double naturalLower();

    /// Chi-square distance, `G(g) = (g - 1)^2 / 2`. One Newton step without bounds; weights may be negative.
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

    /// Entropy distance, `G(g) = g ln g - g + 1`: raking, or the fixed point of iterative proportional fitting when the
    /// columns are margins. Weights stay positive.
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
}
