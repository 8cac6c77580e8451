package dev.assay.frame.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;

/// What one cell of a text format looks like, told from its bytes. One instance looks at one cell after
/// the other; what it found out stays until the next.
final class CellScan {
    /// A cell of more bytes than this is a text like any other.
    static final int LONGEST = 64;

    /// What a cell looks like. The order does not matter.
    enum Kind {
        /// A whole number of 64 bits as it is printed: `-12`.
        WHOLE,
        /// One of more than 64 bits.
        WIDE,
        /// A number with decimals and without exponent as it is printed: `-0.50`. Also `-0`.
        DECIMAL,
        /// The same with a comma: `-0,50`.
        COMMA,
        /// A number with an exponent as a known program prints it: `1e+16`, `1.5e-07`, `1.0E10`.
        SCIENTIFIC,
        /// `inf` or `-inf`.
        INFINITE,
        /// A number written in another way: `007`, `+1`, `.5`, `1e5`, ` 1`, `1.234,5`.
        LOOSE,
        /// `true` or `false`.
        LOWER_FLAG,
        /// `TRUE` or `FALSE`.
        UPPER_FLAG,
        /// `True` or `False`.
        TITLE_FLAG,
        /// `2024-02-29`.
        DATE,
        /// `2024-02-29T12:00`, also with seconds and decimals of them.
        DATE_TIME,
        /// The same with a zone.
        ZONED,
        /// Anything else.
        OTHER
    }

    /// Significant digits that every double gives back.
    private static final int SAFE_DIGITS = 15;
    /// Exponents of ten at which every program still writes a number in full.
    private static final int PLAIN_FROM = -4;
    private static final int PLAIN_TO = 14;
    /// The same for Java.
    private static final int JAVA_PLAIN_FROM = -3;
    private static final int JAVA_PLAIN_TO = 6;
    /// Below this the digits that a double gives back become fewer.
    private static final int SMALLEST_EXPONENT = -290;
    private static final int LARGEST_EXPONENT = 290;
    private static final int MICRO_DECIMALS = 6;
    private static final int NANO_DECIMALS = 9;
    private static final int LARGEST_OFFSET_HOURS = 15;
    private static final int LONG_DIGITS = 18;

    private byte[] cell = new byte[0];
    private int length;
    private int at;
    private int decimals;
    private boolean fixed;
    private boolean exact;
    private boolean padded;
    private boolean offset;
    private boolean nanos;

    /// Decimals of a number, those of the mantissa if it has an exponent.
    int decimals() {
        return decimals;
    }

    /// Whether the shortest digits would be others: there is a zero at the end, or an exponent where
    /// none is needed. Such a number prints as it is written only with a fixed number of decimals.
    boolean isFixed() {
        return fixed;
    }

    /// Whether the nearest double gives a number back at the cell's own number of digits.
    boolean isExact() {
        return exact;
    }

    /// Whether a loose number is digits alone with zeros in front, as codes are.
    boolean isPadded() {
        return padded;
    }

    /// Whether a zoned cell is not in UTC.
    boolean hasOffset() {
        return offset;
    }

    /// Whether a time has decimals past the microsecond that are not 0.
    boolean hasNanos() {
        return nanos;
    }

    /// What the first `n` bytes look like.
    Kind of(byte[] bytes, int n) {
        cell = bytes;
        length = n;
        at = 0;
        decimals = 0;
        fixed = false;
        padded = false;
        exact = true;
        offset = false;
        nanos = false;
        if (n == 0 || n > LONGEST) {
            return Kind.OTHER;
        }
        byte first = bytes[0];
        if (isDigit(first) || first == '-') {
            Kind whole = whole();
            if (whole != Kind.OTHER) {
                return whole;
            }
            Kind time = n >= 10 && bytes[4] == '-' ? time() : Kind.OTHER;
            return time == Kind.OTHER ? number() : time;
        }
        return switch (first) {
            case '+', '.', ',', ' ', '\t' -> number();
            case 't' -> is("true") ? Kind.LOWER_FLAG : Kind.OTHER;
            case 'f' -> is("false") ? Kind.LOWER_FLAG : Kind.OTHER;
            case 'T' -> is("TRUE") ? Kind.UPPER_FLAG : is("True") ? Kind.TITLE_FLAG : Kind.OTHER;
            case 'F' -> is("FALSE") ? Kind.UPPER_FLAG : is("False") ? Kind.TITLE_FLAG : Kind.OTHER;
            case 'i' -> is("inf") ? Kind.INFINITE : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private boolean is(String text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (cell[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whole numbers are most common, so they are looked for first.
    private Kind whole() {
        int from = cell[0] == '-' ? 1 : 0;
        int digits = length - from;
        for (int i = from; i < length; i++) {
            if (!isDigit(cell[i])) {
                return from == 1 && is("-inf") ? Kind.INFINITE : Kind.OTHER;
            }
        }
        if (digits == 0 || (cell[from] == '0' && digits > 1)) {
            return Kind.OTHER;
        }
        if (cell[from] == '0') {
            return from == 1 ? Kind.DECIMAL : Kind.WHOLE;
        }
        if (digits <= SAFE_DIGITS) {
            return Kind.WHOLE;
        }
        if (digits <= LONG_DIGITS) {
            long value = 0;
            for (int i = from; i < length; i++) {
                value = 10 * value + (cell[i] - '0');
            }
            exact = (long) (double) value == value;
            return Kind.WHOLE;
        }
        BigDecimal value = new BigDecimal(text());
        exact = new BigDecimal(value.doubleValue()).compareTo(value) == 0;
        return value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                        && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                ? Kind.WHOLE
                : Kind.WIDE;
    }

    private String text() {
        return new String(cell, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// A number in any way of writing, whole ones as they are printed apart.
    private Kind number() {
        int from = 0;
        int to = length;
        while (from < to && isBlank(cell[from])) {
            from++;
        }
        while (to > from && isBlank(cell[to - 1])) {
            to--;
        }
        boolean loose = from > 0 || to < length;
        at = from;
        if (at < to && (cell[at] == '-' || cell[at] == '+')) {
            loose |= cell[at] == '+';
            at++;
        }
        boolean odd = loose || at > from;
        int digitsFrom = at;
        int wholeDigits = digits(to);
        loose |= wholeDigits == 0 || (wholeDigits > 1 && cell[digitsFrom] == '0');
        boolean grouped = false;
        while (wholeDigits > 0 && at + 3 < to && isGroupMark(cell[at]) && groupFollows(to)) {
            // 1.234,5 and 1'234.5: a mark in front of three digits is one of groups if another mark
            // follows.
            at += 4;
            grouped = true;
        }
        padded = !odd && wholeDigits > 1 && at == to;
        boolean comma = false;
        boolean point = at < to && (cell[at] == '.' || cell[at] == ',');
        if (point) {
            comma = cell[at] == ',';
            at++;
            decimals = digits(to);
            loose |= decimals == 0;
            fixed = decimals > 0 && cell[at - 1] == '0';
        }
        if (wholeDigits + decimals == 0) {
            return Kind.OTHER;
        }
        int exponent = 0;
        boolean scientific = at < to && (cell[at] == 'e' || cell[at] == 'E');
        boolean known = true;
        if (scientific) {
            boolean java = cell[at] == 'E';
            at++;
            boolean signed = at < to && (cell[at] == '-' || cell[at] == '+');
            boolean minus = signed && cell[at] == '-';
            boolean plus = signed && !minus;
            at += signed ? 1 : 0;
            int exponentFrom = at;
            int exponentDigits = digits(to);
            if (exponentDigits == 0 || exponentDigits > 9) {
                return Kind.OTHER;
            }
            for (int i = exponentFrom; i < at; i++) {
                exponent = 10 * exponent + (cell[i] - '0');
            }
            exponent = minus ? -exponent : exponent;
            boolean oneDigit = wholeDigits == 1;
            boolean inPlainRange = exponent >= PLAIN_FROM && exponent <= PLAIN_TO;
            known = java
                    ? oneDigit
                            && decimals > 0
                            && !plus
                            && (!fixed || decimals == 1)
                            && cell[exponentFrom] != '0'
                            && (exponent > JAVA_PLAIN_TO || exponent < JAVA_PLAIN_FROM)
                    : oneDigit && signed && (exponentDigits >= 2 || exponent < PLAIN_FROM);
            fixed = !java && (fixed || inPlainRange);
            loose |= !known;
        }
        if (at != to) {
            return Kind.OTHER;
        }
        if (grouped || (comma && (scientific || loose))) {
            return Kind.LOOSE;
        }
        exact = comesBack(wholeDigits + decimals, exponent, comma, from, to);
        if (loose) {
            return Kind.LOOSE;
        }
        if (comma) {
            return Kind.COMMA;
        }
        return scientific ? Kind.SCIENTIFIC : point ? Kind.DECIMAL : Kind.LOOSE;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isGroupMark(byte b) {
        return b == '.' || b == ',' || b == '\'' || b == ' ' || b == '_';
    }

    /// Whether three digits follow the mark here, and then another mark.
    private boolean groupFollows(int to) {
        return isDigit(cell[at + 1])
                && isDigit(cell[at + 2])
                && isDigit(cell[at + 3])
                && (at + 4 < to ? isGroupMark(cell[at + 4]) : cell[at] == '\'' || cell[at] == ' ' || cell[at] == '_');
    }

    private int digits(int to) {
        int from = at;
        while (at < to && isDigit(cell[at])) {
            at++;
        }
        return at - from;
    }

    /// Whether the double prints as the number is written if it is given as many digits.
    private boolean comesBack(int digits, int exponent, boolean comma, int from, int to) {
        if (digits <= SAFE_DIGITS && exponent > SMALLEST_EXPONENT && exponent < LARGEST_EXPONENT) {
            return true;
        }
        String text = new String(cell, from, to - from, StandardCharsets.ISO_8859_1);
        return comesBack(comma ? text.replace(',', '.') : text);
    }

    /// Whether the nearest double, rounded to as many significant digits as this number has, is this
    /// number.
    static boolean comesBack(String number) {
        double nearest = Double.parseDouble(number);
        if (Double.isInfinite(nearest)) {
            return false;
        }
        BigDecimal written = new BigDecimal(number);
        if (nearest == 0 || written.signum() == 0) {
            return written.signum() == 0 && nearest == 0;
        }
        if (written.compareTo(new BigDecimal(Double.toString(nearest))) == 0) {
            return true;
        }
        return new BigDecimal(nearest)
                        .round(new MathContext(written.precision(), RoundingMode.HALF_EVEN))
                        .compareTo(written)
                == 0;
    }

    /// `yyyy-mm-dd`, with a time behind, with a zone behind that.
    private Kind time() {
        if (!isDate()) {
            return Kind.OTHER;
        }
        if (length == 10) {
            return Kind.DATE;
        }
        if (cell[10] != 'T' && cell[10] != ' ') {
            return Kind.OTHER;
        }
        at = 11;
        if (two(23) < 0 || !mark(':') || two(59) < 0) {
            return Kind.OTHER;
        }
        if (at < length && cell[at] == ':') {
            at++;
            if (two(59) < 0) {
                return Kind.OTHER;
            }
            if (at < length && cell[at] == '.') {
                at++;
                int from = at;
                int digits = digits(length);
                if (digits == 0 || digits > NANO_DECIMALS) {
                    return Kind.OTHER;
                }
                for (int i = from + MICRO_DECIMALS; i < at; i++) {
                    nanos |= cell[i] != '0';
                }
            }
        }
        return at == length ? Kind.DATE_TIME : zone();
    }

    private Kind zone() {
        byte sign = cell[at++];
        if (sign == 'Z') {
            return at == length ? Kind.ZONED : Kind.OTHER;
        }
        if (sign != '+' && sign != '-') {
            return Kind.OTHER;
        }
        int hours = two(LARGEST_OFFSET_HOURS);
        int minutes = 0;
        if (hours >= 0 && at < length) {
            if (cell[at] == ':') {
                at++;
            }
            minutes = two(59);
        }
        offset = hours > 0 || minutes > 0;
        return hours >= 0 && minutes >= 0 && at == length ? Kind.ZONED : Kind.OTHER;
    }

    private boolean mark(char mark) {
        return at < length && cell[at++] == mark;
    }

    /// Two digits, or -1 if there are none or they are more than `most`.
    private int two(int most) {
        if (at + 2 > length || !isDigit(cell[at]) || !isDigit(cell[at + 1])) {
            return -1;
        }
        int value = 10 * (cell[at] - '0') + (cell[at + 1] - '0');
        at += 2;
        return value <= most ? value : -1;
    }

    private boolean isDate() {
        at = 0;
        int century = two(99);
        int ofCentury = two(99);
        if (century < 0 || ofCentury < 0 || !mark('-')) {
            return false;
        }
        int year = 100 * century + ofCentury;
        int month = two(12);
        if (year == 0 || month < 1 || !mark('-')) {
            return false;
        }
        int day = two(31);
        return day >= 1 && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    }
}
