package dev.assay.distil.internal.mapping;

import dev.assay.receipt.CanonicalJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What values are to functions and comparisons.
public final class Values {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    /// Digits and exponents beyond this are no measurements, and slow to compute with.
    static final int MAX_DIGITS = 400;

    /// Models sometimes repeat a digit for pages; that is still a number, and a wrong one.
    private static final int MAX_FOUND_DIGITS = 20_000;

    private Values() {}

    /// A node as a value; null, and what is not there, is absent.
    public static @Nullable Object of(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case NUMBER -> node.decimalValue();
            case BOOLEAN -> node.booleanValue();
            case OBJECT, ARRAY -> node;
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    /// As a text.
    ///
    /// @throws Conversion if it is a list or an object
    public static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal number -> decimal(number);
            case Boolean truth -> truth.toString();
            default -> throw new Conversion("a list or an object is no text");
        };
    }

    /// As a number; a blank text is absent, because CSV and YAML have no other way to leave a cell out.
    ///
    /// @throws Conversion if it is not one
    public static @Nullable BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof String text) {
            String stripped = text.strip();
            if (stripped.isEmpty()) {
                return null;
            }
            if (stripped.length() <= MAX_DIGITS) {
                try {
                    return bounded(new BigDecimal(stripped));
                } catch (NumberFormatException e) {
                    throw new Conversion("a text is no number");
                }
            }
            throw new Conversion("a number has more than " + MAX_DIGITS + " digits");
        }
        throw new Conversion("a truth value, a list or an object is no number");
    }

    /// A number that can be computed with: one of more digits before or behind its point, such as 1e999999999, takes
    /// memory and time out of proportion to how it is written.
    ///
    /// @throws Conversion if it has more
    static BigDecimal bounded(BigDecimal number) {
        return bounded(number, MAX_DIGITS);
    }

    /// @throws Conversion if a product has more digits than any number that is found in a text
    static BigDecimal product(BigDecimal a, BigDecimal b) {
        return bounded(a.multiply(b), 2 * MAX_FOUND_DIGITS);
    }

    private static BigDecimal bounded(BigDecimal number, int digits) {
        if (Math.abs((long) number.scale()) > digits || number.precision() > digits) {
            throw new Conversion("a number has more than " + digits + " digits");
        }
        return number;
    }

    /// The first number in a text once `$` and `,` are taken out; absent if there is none.
    public static @Nullable BigDecimal firstNumber(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (!(value instanceof String text)) {
            return null;
        }
        Matcher matcher = NUMBER.matcher(plain(text));
        return matcher.find() ? found(matcher.group()) : null;
    }

    /// The last number in a text once `$` and `,` are taken out; null if there is none.
    public static @Nullable BigDecimal lastNumber(String text) {
        String plain = plain(text);
        Matcher matcher = NUMBER.matcher(plain);
        int from = 0;
        int to = 0;
        while (matcher.find()) {
            from = matcher.start();
            to = matcher.end();
        }
        return to == 0 ? null : found(plain.substring(from, to));
    }

    private static String plain(String text) {
        return text.indexOf('$') >= 0 || text.indexOf(',') >= 0
                ? text.replace("$", "").replace(",", "")
                : text;
    }

    private static @Nullable BigDecimal found(String number) {
        return number.length() > MAX_FOUND_DIGITS ? null : new BigDecimal(number);
    }

    /// How a number is written: whole numbers without a point, others as canonical JSON writes them.
    static String decimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 15) {
            return plain.toPlainString();
        }
        return CanonicalJson.number(number.doubleValue());
    }

    /// Whether a value is absent or consists of white space.
    public static boolean blank(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isBlank();
            case List<?> list -> list.isEmpty();
            case JsonNode node -> node.isEmpty();
            default -> false;
        };
    }

    /// Whether two values are the same: numbers as decimals, texts and truths as they are. Absent is like
    /// nothing.
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        return a.equals(b);
    }
}
