package dev.assay.report.internal;

import dev.assay.study.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/// Numbers as people read them: thousands apart, a true minus sign, no more digits than carry meaning.
///
/// The page's script writes the numbers of its axes by the same rules.
final class Numbers {
    /// Digits of a number that stands alone.
    static final int SIGNIFICANT = 4;
    /// A no-break space as narrow as a thin space, so that a number never breaks over two lines.
    static final char THIN = '\u202F';
    /// What stands for a number that is not there.
    static final String NONE = "\u2013";

    private static final double SMALLEST_PLAIN = 1e-4;
    private static final double LARGEST_PLAIN = 1e15;
    private static final double SMALLEST_GROUPED = 10_000;
    private static final int MOST_SHARED = 6;
    private static final long KIBI = 1024;

    private Numbers() {}

    /// A number that stands alone: whole numbers in full, others to four significant digits without trailing
    /// zeros, and as a power of ten below 0.0001 and from 10^15 on.
    static String plain(double x) {
        if (Double.isNaN(x)) {
            return NONE;
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "\u221E" : "\u2212\u221E";
        }
        double size = Math.abs(x);
        if (size != 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
            return powerOfTen(x);
        }
        if (x == Math.rint(x)) {
            return fixed(x, 0);
        }
        return stripped(fixed(x, Math.max(0, SIGNIFICANT - 1 - exponent(x))));
    }

    /// A whole number.
    static String count(long n) {
        return fixed(BigDecimal.valueOf(n), 0);
    }

    /// A number with this many digits behind the point, rounded half up as people do.
    static String fixed(double x, int decimals) {
        return Double.isFinite(x) ? fixed(BigDecimal.valueOf(x), decimals) : plain(x);
    }

    /// The metric's value and interval: `0.912 [0.905, 0.919]`, to the digits that the interval's width bears
    /// out (its first two significant ones), and its unit.
    static String measured(Metric metric) {
        if (metric.value().isEmpty()) {
            return NONE;
        }
        String unit = metric.unit().isEmpty() ? "" : "\u00A0" + metric.unit();
        String interval = interval(metric);
        return value(metric) + (interval.isEmpty() ? "" : " " + interval) + unit;
    }

    /// The metric's point value alone, to the digits that its interval bears out.
    static String value(Metric metric) {
        return metric.value().map(v -> toDecimals(v, decimals(metric))).orElse(NONE);
    }

    /// The metric's interval alone: `[0.905, 0.919]`; empty if there is none.
    static String interval(Metric metric) {
        if (metric.low().isEmpty() || metric.high().isEmpty()) {
            return "";
        }
        int decimals = decimals(metric);
        return "[" + toDecimals(metric.low().get(), decimals) + ", "
                + toDecimals(metric.high().get(), decimals) + "]";
    }

    /// How many decimals a column of these numbers shares: enough for four significant digits of the largest
    /// and three of the middle one, none that all the numbers do without.
    static int sharedDecimals(List<Double> column) {
        double[] sizes = column.stream()
                .filter(Double::isFinite)
                .mapToDouble(Math::abs)
                .filter(size -> size != 0)
                .sorted()
                .toArray();
        if (sizes.length == 0) {
            return 0;
        }
        int needed = Arrays.stream(sizes)
                .mapToInt(size -> BigDecimal.valueOf(size).stripTrailingZeros().scale())
                .max()
                .getAsInt();
        int wanted = Math.max(
                SIGNIFICANT - 1 - exponent(sizes[sizes.length - 1]),
                SIGNIFICANT - 2 - exponent(sizes[(sizes.length - 1) / 2]));
        return Math.clamp(Math.min(needed, wanted), 0, MOST_SHARED);
    }

    /// A number of a column that shares this many decimals; one too small to show so is written to two digits.
    static String inColumn(double x, int decimals) {
        if (Double.isFinite(x) && x != 0 && Math.abs(x) < Math.pow(10, -decimals)) {
            return Math.abs(x) < SMALLEST_PLAIN ? powerOfTen(x) : fixed(x, 1 - exponent(x));
        }
        return Math.abs(x) >= LARGEST_PLAIN ? plain(x) : fixed(x, decimals);
    }

    /// A time span: `0.42 s`, `1 min 23 s`, `2 h 05 min`.
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        if (seconds < 60) {
            return fixed(seconds, seconds < 10 ? 2 : 1) + "\u00A0s";
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return whole / 60 + "\u00A0min\u00A0" + twoDigits(whole % 60) + "\u00A0s";
        }
        return whole / 3600 + "\u00A0h\u00A0" + twoDigits(whole % 3600 / 60) + "\u00A0min";
    }

    /// A size in binary units: `512 B`, `1.5 MiB`.
    static String bytes(long bytes) {
        if (bytes < KIBI) {
            return count(bytes) + "\u00A0B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double size = bytes / (double) KIBI;
        int unit = 0;
        while (size >= KIBI && unit < units.length - 1) {
            size /= KIBI;
            unit++;
        }
        return fixed(size, size < 10 ? 1 : 0) + "\u00A0" + units[unit];
    }

    private static int decimals(Metric metric) {
        if (metric.low().isEmpty() || metric.high().isEmpty()) {
            return -1;
        }
        double width = metric.high().get() - metric.low().get();
        return width > 0 && Double.isFinite(width) && width >= SMALLEST_PLAIN * SMALLEST_PLAIN
                ? Math.max(0, 1 - exponent(width))
                : -1;
    }

    private static String toDecimals(double x, int decimals) {
        return decimals < 0 || Math.abs(x) >= LARGEST_PLAIN ? plain(x) : fixed(x, decimals);
    }

    /// The power of ten of the first digit, exactly: `Math.log10` may fall on the wrong side of a whole number.
    private static int exponent(double x) {
        BigDecimal exact = BigDecimal.valueOf(Math.abs(x));
        return exact.precision() - exact.scale() - 1;
    }

    private static String powerOfTen(double x) {
        int exponent = exponent(x);
        String digits = BigDecimal.valueOf(x)
                .movePointLeft(exponent)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        String factor = digits.equals("1") ? "" : digits.replace('-', '\u2212') + "\u00A0\u00D7\u00A0";
        return factor + "10" + superscript(exponent);
    }

    private static String superscript(int exponent) {
        StringBuilder out = new StringBuilder();
        for (char c : Integer.toString(exponent).toCharArray()) {
            out.append(
                    c == '-'
                            ? '\u207B'
                            : "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079".charAt(c - '0'));
        }
        return out.toString();
    }

    private static String fixed(BigDecimal x, int decimals) {
        BigDecimal rounded = x.setScale(decimals, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.');
        int whole = point < 0 ? digits.length() : point;
        StringBuilder out = new StringBuilder(digits);
        // Four digits are read at a glance (and are often years); from five on they are set apart.
        if (rounded.abs().doubleValue() >= SMALLEST_GROUPED) {
            for (int i = whole - 3; i > 0; i -= 3) {
                out.insert(i, THIN);
            }
        }
        return rounded.signum() < 0 ? "\u2212" + out : out.toString();
    }

    private static String stripped(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static String twoDigits(long n) {
        return n < 10 ? "0" + n : Long.toString(n);
    }
}
