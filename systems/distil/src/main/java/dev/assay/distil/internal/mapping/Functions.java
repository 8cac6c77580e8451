package dev.assay.distil.internal.mapping;

import dev.assay.distil.LinearPattern;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.fault.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The functions of expressions. All are absent where what they need is absent.
final class Functions {
    private static final List<String> NAMES = List.of(
            "concat",
            "first",
            "number",
            "integer",
            "round",
            "text",
            "scale",
            "slice",
            "time",
            "positive_keys",
            "transcript",
            "pinned",
            "position",
            "stream",
            "last_match",
            "first_number",
            "length");

    private Functions() {}

    /// @param written the arguments as they are written
    /// @throws IllegalArgumentException in one sentence if there is no such function or it takes other arguments
    static Expression of(String name, List<Expression> arguments, List<String> written, ExpressionParser.Scope scope) {
        return switch (name) {
            case "concat" -> concat(arguments);
            case "first" -> first(arguments);
            case "number" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> number(e.value(row));
            }
            case "integer" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> integer(number(e.value(row)));
            }
            case "round" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> {
                    BigDecimal number = number(e.value(row));
                    return number == null ? null : number.setScale(0, RoundingMode.HALF_EVEN);
                };
            }
            case "text" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> text(e.value(row));
            }
            case "scale" -> scale(arguments(name, arguments, 2));
            case "slice" -> slice(arguments(name, arguments, 3));
            case "time" -> time(arguments(name, arguments, 2));
            case "transcript" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> transcript(e.value(row));
            }
            case "pinned" -> pinned(arguments(name, arguments, 1), written, scope);
            case "position" -> {
                arguments(name, arguments, 0);
                yield row -> BigDecimal.valueOf(row.position());
            }
            case "stream" -> {
                arguments(name, arguments, 0);
                yield row -> scope.stream();
            }
            case "last_match" -> lastMatch(arguments(name, arguments, 3));
            case "first_number" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> Values.firstNumber(e.value(row));
            }
            case "length" -> {
                Expression e = arguments(name, arguments, 1).getFirst();
                yield row -> {
                    String text = text(e.value(row));
                    return text == null ? null : BigDecimal.valueOf(text.codePointCount(0, text.length()));
                };
            }
            default ->
                throw new IllegalArgumentException("there is no function '" + name + "'." + Nearest.clause(name, NAMES)
                        + " Functions are " + String.join(", ", NAMES));
        };
    }

    private static List<Expression> arguments(String name, List<Expression> given, int expected) {
        if (given.size() != expected) {
            throw new IllegalArgumentException("'" + name + "' takes " + expected
                    + (expected == 1 ? " argument" : " arguments") + ", not " + given.size());
        }
        return given;
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value == null ? null : Values.number(value);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Values.text(value);
    }

    private static @Nullable BigDecimal integer(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        try {
            return number.setScale(0, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new Conversion("a number is not whole");
        }
    }

    private static Expression concat(List<Expression> parts) {
        long longest = Limits.ofProcess().of(Limit.LINE_BYTES);
        return row -> {
            StringBuilder joined = new StringBuilder();
            for (Expression part : parts) {
                String text = text(part.value(row));
                if (text == null) {
                    return null;
                }
                // Definitions that double each other would fill the memory.
                if (joined.length() + (long) text.length() > longest) {
                    throw new Conversion("a text grows beyond " + longest + " characters");
                }
                joined.append(text);
            }
            return joined.toString();
        };
    }

    private static Expression first(List<Expression> parts) {
        return row -> {
            for (Expression part : parts) {
                Object value = part.value(row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    private static Expression scale(List<Expression> arguments) {
        return row -> {
            BigDecimal number = number(arguments.getFirst().value(row));
            BigDecimal factor = number(arguments.getLast().value(row));
            return number == null || factor == null ? null : Values.product(number, factor);
        };
    }

    private static Expression slice(List<Expression> arguments) {
        return row -> {
            String text = text(arguments.getFirst().value(row));
            BigDecimal from = integer(number(arguments.get(1).value(row)));
            BigDecimal to = integer(number(arguments.getLast().value(row)));
            if (text == null || from == null || to == null) {
                return null;
            }
            int length = text.codePointCount(0, text.length());
            int begin = Math.clamp(from.longValue(), 0, length);
            int end = Math.clamp(to.longValue(), begin, length);
            int first = text.offsetByCodePoints(0, begin);
            return text.substring(first, text.offsetByCodePoints(first, end - begin));
        };
    }

    private static Expression time(List<Expression> arguments) {
        // A pattern is the same for all rows in every mapping that makes sense; it is read once.
        Object pattern = constant(arguments.getLast(), "the pattern of 'time' is a text in quotes");
        Expression e = arguments.getFirst();
        return switch ((String) pattern) {
            case "epoch-seconds" -> row -> epoch(number(e.value(row)), 1);
            case "epoch-millis" -> row -> epoch(number(e.value(row)), 1000);
            case "rfc3339" ->
                row -> {
                    String text = text(e.value(row));
                    return text == null ? null : instant(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
                };
            default -> {
                DateTimeFormatter formatter;
                refuseDeep((String) pattern, Limits.ofProcess());
                try {
                    formatter = DateTimeFormatter.ofPattern((String) pattern, Locale.ROOT);
                } catch (IllegalArgumentException wrong) {
                    throw new IllegalArgumentException(
                            "the pattern of 'time' is not one: " + wrong.getMessage(), wrong);
                }
                yield row -> {
                    String text = text(e.value(row));
                    return text == null ? null : instant(text, formatter);
                };
            }
        };
    }

    /// Formatters go down into what is optional once for each bracket.
    private static void refuseDeep(String pattern, Limits limits) {
        int depth = 0;
        for (char c : pattern.toCharArray()) {
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth > limits.of(Limit.DEPTH)) {
                throw new IllegalArgumentException(limits.exceeded(
                                Fault.Kind.BAD_SETTING,
                                Limit.DEPTH,
                                "the pattern of 'time' has more than " + limits.of(Limit.DEPTH)
                                        + " optional parts within each other")
                        .sentence());
            }
        }
    }

    private static Object constant(Expression expression, String otherwise) {
        try {
            Object value = expression.value(Row.EMPTY);
            if (value instanceof String) {
                return value;
            }
        } catch (Conversion | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(otherwise, e);
        }
        throw new IllegalArgumentException(otherwise);
    }

    private static @Nullable String epoch(@Nullable BigDecimal number, int perSecond) {
        if (number == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(number.multiply(BigDecimal.valueOf(1000 / perSecond))
                            .setScale(0, RoundingMode.FLOOR)
                            .longValueExact())
                    .toString();
        } catch (ArithmeticException | DateTimeException e) {
            throw new Conversion("a number is no time");
        }
    }

    private static String instant(String text, DateTimeFormatter formatter) {
        try {
            TemporalAccessor parsed =
                    formatter.parseBest(text.strip(), ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from);
            Instant instant =
                    parsed instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(parsed);
            return instant.toString();
        } catch (DateTimeException e) {
            throw new Conversion("a text is no time of the pattern");
        }
    }

    private static Expression pinned(List<Expression> arguments, List<String> written, ExpressionParser.Scope scope) {
        String name = (String) constant(arguments.getFirst(), "'pinned' takes a name");
        String value = scope.pinned().get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no pinned value " + written.getFirst() + "."
                    + Nearest.clause(name, scope.pinned().keySet()));
        }
        return row -> value;
    }

    static Expression positiveKeys(List<String> keys) {
        List<RowPath> paths = keys.stream().map(RowPath::new).toList();
        return row -> {
            List<String> positive = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                BigDecimal number = number(paths.get(i).value(row));
                if (number != null && number.signum() > 0) {
                    positive.add(keys.get(i));
                }
            }
            return positive.isEmpty() ? null : positive;
        };
    }

    private static Expression lastMatch(List<Expression> arguments) {
        LinearPattern pattern = LinearPattern.of((String) constant(arguments.get(1), "a pattern is a text in quotes"));
        Object given = arguments.getLast().value(Row.EMPTY);
        int groups = pattern.groups();
        if (!(given instanceof BigDecimal number)
                || number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(groups)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("the group of 'last_match' is a whole number from 0 to " + groups);
        }
        int group = number.intValueExact();
        return row -> {
            String text = text(arguments.getFirst().value(row));
            if (text == null) {
                return null;
            }
            try {
                return pattern.last(text, group).orElse(null);
            } catch (IllegalArgumentException e) {
                throw new Conversion(String.valueOf(e.getMessage()));
            }
        };
    }

    /// The rendering of a chat: every message after the first, then its calls, a line each.
    private static @Nullable String transcript(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonNode messages) || !messages.isArray()) {
            throw new Conversion("a transcript is made of a list of messages");
        }
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = member(message, "role");
            if (role.equals("tool")) {
                lines.add("tool: " + member(message, "name") + " " + member(message, "content"));
                continue;
            }
            Object content = Values.of(message.get("content"));
            if (content != null) {
                lines.add(role + ": " + Values.text(content));
            }
            JsonNode calls = message.get("tool_calls");
            for (int c = 0; calls != null && c < calls.size(); c++) {
                JsonNode function = calls.get(c).path("function");
                lines.add("call: " + member(function, "name") + " " + member(function, "arguments"));
            }
        }
        return String.join("\n", lines);
    }

    private static String member(JsonNode of, String name) {
        Object value = Values.of(of.get(name));
        if (value == null) {
            throw new Conversion("a message of the transcript has no '" + name + "'");
        }
        return Values.text(value);
    }
}
