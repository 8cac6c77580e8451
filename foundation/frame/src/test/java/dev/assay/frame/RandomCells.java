package dev.assay.frame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Cells as programs and people write them.
final class RandomCells {
    private static final String[] ODD = {
        "1e5", "100000", "250.0", "250.00", "250", "007", "7", "+1", ".5", "5.", "1_000", "0x10", "-0", "-0.0", "0",
                "1e-400", "1e400",
        "1E5", "1e+05", "1e+16", "1e-05", "1.0E10", "inf", "-inf", "Infinity", "NaN", "nan", "NA", "NULL", "-", " 1",
                "1 ", "1,5", "1.234,5",
        "9007199254740993", "9007199254740992", "18446744073709551615", "9223372036854775807", "-9223372036854775808",
                "4.9e-324", "1e-310"
    };
    private static final String[] TEXTS = {
        "plain", " spaces ", "comma, inside", "semi;colon", "tab\tinside", "bar|inside", "quote\"inside", "\"",
                "line\nbreak",
        "carriage\r\nreturn", "it's", "ünïcödé \uD83D\uDE00", "#comment", "\\N", "'; DROP TABLE x; --", "true",
                "2024-01-01", "12"
    };

    private RandomCells() {}

    /// How the cells of a column are written.
    enum Style {
        WHOLE,
        BIG_IDS,
        BIG_WITH_FRACTIONS,
        FIXED,
        SHORTEST,
        JAVA,
        SEVENTEEN,
        SCIENTIFIC,
        COMMA,
        CODES,
        WITH_NA,
        DATES,
        DATE_TIMES,
        ZULU,
        OFFSETS,
        MIXED_TIMES,
        FLAGS,
        MIXED_FLAGS,
        TEXTS
    }

    /// A cell of this style.
    ///
    /// @param of which column, so that all cells of a column can share something
    static String cell(Style style, int of, RandomGenerator random) {
        return switch (style) {
            case WHOLE -> Long.toString(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-100, 100));
            case BIG_IDS ->
                BigInteger.valueOf(random.nextLong() & Long.MAX_VALUE)
                        .multiply(BigInteger.valueOf(1 + random.nextInt(3)))
                        .toString();
            case BIG_WITH_FRACTIONS ->
                random.nextInt(50) == 0 ? "0.5" : Long.toString((1L << 53) + random.nextInt(8) - 4);
            case FIXED ->
                BigDecimal.valueOf(random.nextInt(-100_000, 100_000), 1 + of % 6)
                        .toPlainString();
            case SHORTEST -> shortest(anyDouble(random));
            case JAVA -> Double.toString(anyDouble(random));
            case SEVENTEEN -> String.format(Locale.ROOT, "%.17g", random.nextGaussian());
            case SCIENTIFIC -> String.format(Locale.ROOT, "%." + (1 + of % 20) + "e", anyDouble(random));
            case COMMA ->
                BigDecimal.valueOf(random.nextInt(-1000, 1000), 2)
                        .toPlainString()
                        .replace('.', ',');
            case CODES -> ODD[random.nextInt(ODD.length)];
            case WITH_NA -> random.nextInt(20) == 0 ? "NA" : Integer.toString(random.nextInt(100));
            case DATES -> date(random).toString();
            case DATE_TIMES -> dateTime(of % 3, random);
            case ZULU -> dateTime(of % 3, random) + "Z";
            case OFFSETS -> dateTime(0, random) + (random.nextBoolean() ? "+05:30" : "-08:00");
            case MIXED_TIMES -> dateTime(0, random) + (random.nextInt(3) == 0 ? "" : "Z");
            case FLAGS ->
                (of % 2 == 0 ? String.valueOf(random.nextBoolean()) : random.nextBoolean() ? "TRUE" : "FALSE");
            case MIXED_FLAGS -> random.nextBoolean() ? "true" : "False";
            case TEXTS -> TEXTS[random.nextInt(TEXTS.length)];
        };
    }

    private static double anyDouble(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong() & 0xffefffffffffffffL);
            case 1 -> random.nextInt(1000);
            case 2 -> random.nextInt(100_000) / 100.0;
            default -> random.nextGaussian();
        };
    }

    /// As Python and DuckDB print it.
    static String shortest(double v) {
        BigDecimal digits = new BigDecimal(Double.toString(v)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (v == 0) {
            return "0.0";
        }
        if (exponent >= -4 && exponent < 16) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String unscaled = digits.unscaledValue().abs().toString();
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        return (v < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static LocalDate date(RandomGenerator random) {
        return LocalDate.ofEpochDay(random.nextInt(-719_162, 2_932_897));
    }

    private static String dateTime(int precision, RandomGenerator random) {
        LocalDateTime at = date(random).atStartOfDay().plusSeconds(random.nextInt(86_400));
        return switch (precision) {
            case 0 -> at.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
            case 1 ->
                at.plusNanos(1000L * random.nextInt(1_000_000))
                        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS"));
            default ->
                at.plusNanos(random.nextInt(1_000_000_000))
                        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS"));
        };
    }

    /// Whether a cell of a text format is in a column as it is in the file.
    static boolean same(Column column, int row, String written) {
        String text = column.text(row);
        if (text == null) {
            return false;
        }
        return switch (column.type()) {
            case LONG -> text.equals(written);
            case DOUBLE -> {
                double value = column.number(row);
                String number = written.replace(',', '.');
                if (number.equals("inf") || number.equals("-inf")) {
                    yield Double.isInfinite(value) && (value < 0) == number.startsWith("-");
                }
                BigDecimal digits = new BigDecimal(number);
                yield digits.signum() == 0
                        ? value == 0 && (Double.doubleToLongBits(value) < 0) == number.startsWith("-")
                        : Double.isFinite(value)
                                && (new BigDecimal(Double.toString(value)).compareTo(digits) == 0
                                        || new BigDecimal(value)
                                                        .round(new MathContext(digits.precision()))
                                                        .compareTo(digits)
                                                == 0);
            }
            case BOOLEAN -> written.toLowerCase(Locale.ROOT).equals(text);
            case DATE -> written.equals(text);
            case DATE_TIME -> LocalDateTime.parse(written.replace(' ', 'T')).equals(LocalDateTime.parse(text));
            case INSTANT ->
                OffsetDateTime.parse(written.replace(' ', 'T')).toInstant().equals(Instant.parse(text))
                        && OffsetDateTime.parse(written.replace(' ', 'T'))
                                .getOffset()
                                .equals(ZoneOffset.UTC);
            case TEXT, CATEGORY -> text.equals(written);
        };
    }
}
