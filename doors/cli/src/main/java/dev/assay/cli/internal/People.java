package dev.assay.cli.internal;

import dev.assay.fault.OneLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers, times and tables as people read them.
public final class People {
    private static final long KIBI = 1024;
    private static final int DIGITS = 6;
    /// From here on six digits do not reach the point.
    private static final double LARGE = 1e5;
    /// Up to here whole numbers are written out.
    private static final double WRITTEN_OUT = 1e15;
    /// Below, powers of ten are easier to read than zeros.
    private static final double SMALL = 1e-4;

    private People() {}

    /// `850 ms`, `12.3 s`, `4 min 05 s`.
    public static String seconds(double seconds) {
        if (seconds < 1) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /// `512 KiB`, `1.3 GiB`.
    public static String bytes(long bytes) {
        if (bytes < KIBI) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        int unit = -1;
        while (value >= KIBI && unit < units.length - 1) {
            value /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /// A number to six significant digits or the next whole number, without trailing zeros: `0.912`,
    /// `347530`, `1e-9`.
    public static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        if (size >= LARGE && size < WRITTEN_OUT || value == Math.rint(value) && size < WRITTEN_OUT) {
            return Long.toString(Math.round(value));
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        if (size >= SMALL && size < LARGE) {
            return rounded.toPlainString();
        }
        return rounded.toString().replace("E+", "e").replace("E", "e");
    }

    /// Columns aligned by spaces: texts to the left, what starts like a number to the right. Each cell is in one
    /// line, whatever it holds.
    ///
    /// @param headings one a column
    /// @param cells    as many a row
    public static List<String> table(List<String> headings, List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(OneLine::of).toList())
                .toList();
        int[] width = new int[headings.size()];
        boolean[] right = new boolean[headings.size()];
        for (int c = 0; c < width.length; c++) {
            width[c] = headings.get(c).length();
            boolean numeric = !rows.isEmpty();
            for (List<String> row : rows) {
                width[c] = Math.max(width[c], row.get(c).length());
                numeric &= row.get(c).isEmpty() || startsLikeANumber(row.get(c));
            }
            right[c] = numeric;
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(headings, width, right));
        rows.forEach(row -> lines.add(line(row, width, right)));
        return lines;
    }

    private static boolean startsLikeANumber(String cell) {
        int first = cell.startsWith("-") || cell.startsWith("+") ? 1 : 0;
        return cell.length() > first && cell.charAt(first) >= '0' && cell.charAt(first) <= '9';
    }

    private static String line(List<String> cells, int[] width, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < width.length; c++) {
            String cell = cells.get(c);
            String pad = " ".repeat(width[c] - cell.length());
            line.append(right[c] ? pad + cell : cell + pad).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
