package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A bound on the bytes of text that a condition can make of one stretch of rows. DuckDB's own limit
/// does not count the texts that functions make, and a few `replace` within each other make a byte into
/// as many as there are.
///
/// The bound follows the tree: a column has the bytes of its longest stretch, a literal its own for
/// each row, a function those of its arguments, times what it can make of a byte.
final class ConditionSize {
    /// Rows that DuckDB looks at in one go.
    private static final int STRETCH = 2048;
    /// What a cell takes at most that is no text, also when it is written as one.
    private static final double CELL_BYTES = 64;
    /// What an entry of a list takes besides its text, in a vector that doubles as it grows.
    private static final double ENTRY_BYTES = 32;
    /// What a character of a format of `strftime` becomes at most.
    private static final double FORMATTED = 16;

    /// What gives a number or a boolean of a text or a list.
    private static final Set<String> MEASURING = Set.of(
            "length",
            "len",
            "char_length",
            "character_length",
            "strlen",
            "octet_length",
            "bit_length",
            "contains",
            "starts_with",
            "prefix",
            "ends_with",
            "suffix",
            "position",
            "strpos",
            "instr",
            "regexp_matches",
            "regexp_full_match",
            "list_contains",
            "list_has",
            "array_contains",
            "array_has",
            "array_length",
            "list_length",
            "list_unique",
            "list_count",
            "~~",
            "!~~",
            "~~*",
            "!~~*",
            "~~~",
            "^@");
    private static final Set<String> SPLITTING =
            Set.of("string_split", "str_split", "split", "string_to_array", "regexp_extract_all");
    private static final Set<String> SPLITTING_BY_PATTERN =
            Set.of("regexp_split_to_array", "string_split_regex", "str_split_regex");

    /// Bytes of text.
    ///
    /// @param all     of a stretch of rows
    /// @param longest of one row
    private record Bytes(double all, double longest) {
        Bytes plus(Bytes other) {
            return new Bytes(all + other.all, longest + other.longest);
        }

        Bytes times(double factor) {
            return new Bytes(all * factor, longest * factor);
        }
    }

    private final Map<String, Column> columns = new HashMap<>();
    private final Map<String, Bytes> known = new HashMap<>();
    private final double rows;
    private double total;

    private ConditionSize(double rows) {
        this.rows = rows;
    }

    /// The texts of a frame's columns.
    static ConditionSize of(Frame frame) {
        ConditionSize size = new ConditionSize(Math.clamp(frame.rows(), 1, STRETCH));
        for (int i = 0; i < frame.columns().size(); i++) {
            size.columns.put(
                    frame.schema().names().get(i).toLowerCase(Locale.ROOT),
                    frame.columns().get(i));
        }
        return size;
    }

    /// The bound for the expression, all that is made on the way included.
    double of(JsonNode expression) {
        total = 0;
        made(expression);
        return total;
    }

    private Bytes ofEachRow(double bytes) {
        return new Bytes(rows * bytes, bytes);
    }

    private Bytes measured(Column column) {
        return switch (column) {
            case Column.Categories categories -> {
                double longest = 0;
                for (String level : categories.levels()) {
                    longest = Math.max(longest, utf8(level));
                }
                yield ofEachRow(longest);
            }
            case Column.Texts texts -> {
                double longest = 0;
                double most = 0;
                double stretch = 0;
                for (int i = 0; i < texts.length(); i++) {
                    if (i % STRETCH == 0) {
                        stretch = 0;
                    }
                    String text = texts.text(i);
                    double bytes = text == null ? 0 : utf8(text);
                    stretch += bytes;
                    most = Math.max(most, stretch);
                    longest = Math.max(longest, bytes);
                }
                yield new Bytes(most, longest);
            }
            case Column.Doubles d -> ofEachRow(CELL_BYTES);
            case Column.Longs l -> ofEachRow(CELL_BYTES);
            case Column.Booleans b -> ofEachRow(CELL_BYTES);
            case Column.Dates t -> ofEachRow(CELL_BYTES);
            case Column.Moments t -> ofEachRow(CELL_BYTES);
        };
    }

    private static double utf8(String text) {
        double bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A pair of surrogates has four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    private Bytes made(JsonNode node) {
        Bytes size = switch (node.path("class").asString("")) {
            case "COLUMN_REF" -> column(node.path("column_names").path(0).asString(""));
            case "CONSTANT" -> ofEachRow(literal(node).length() * 3.0);
            case "FUNCTION" -> function(node);
            // True or false.
            case "COMPARISON", "CONJUNCTION", "BETWEEN" -> {
                parts(node);
                yield ofEachRow(CELL_BYTES);
            }
            default -> parts(node);
        };
        total += size.all;
        return size;
    }

    private Bytes column(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Column column = columns.get(lower);
        return column == null ? ofEachRow(0) : known.computeIfAbsent(lower, n -> measured(column));
    }

    private static String literal(JsonNode node) {
        return node.path("literal").path("text").asString("");
    }

    private static boolean isLiteral(JsonNode node) {
        return node.path("class").asString("").equals("CONSTANT");
    }

    /// Choices, casts and the like: no larger than all that is in them.
    private Bytes parts(JsonNode node) {
        Bytes sum = ofEachRow(0);
        for (JsonNode child : node) {
            if (child.isContainer()) {
                sum = sum.plus(child.has("class") ? made(child) : parts(child));
            }
        }
        return sum;
    }

    private Bytes function(JsonNode node) {
        String name = node.path("function_name").asString("").toLowerCase(Locale.ROOT);
        JsonNode arguments = node.path("arguments");
        Bytes[] sizes = new Bytes[arguments.size()];
        Bytes sum = ofEachRow(CELL_BYTES);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = made(arguments.path(i).path("expression"));
            sum = sum.plus(sizes[i]);
        }
        if (MEASURING.contains(name)) {
            return ofEachRow(CELL_BYTES);
        }
        if (sizes.length < 2) {
            return sum.times(grown(name));
        }
        JsonNode second = arguments.path(1).path("expression");
        if (SPLITTING.contains(name)) {
            return sum.plus(pieces(sizes[0], isLiteral(second) && !name.startsWith("regexp") ? literal(second) : ""));
        }
        if (SPLITTING_BY_PATTERN.contains(name)) {
            return sum.plus(pieces(sizes[0], ""));
        }
        if (ConditionWords.PADDING.contains(name)) {
            return ofEachRow(CELL_BYTES + 4 * Double.parseDouble(literal(second)));
        }
        return switch (name) {
            case "replace" ->
                sizes.length < 3
                        ? sum
                        : replaced(sizes[0], Math.max(1, isLiteral(second) ? utf8(literal(second)) : 1), sizes[2]);
            case "regexp_replace" -> sizes.length < 3 ? sum : replacedByPattern(sizes, arguments);
            // The separator stands between any two.
            case "concat_ws" -> sum.plus(sizes[0].times(sizes.length));
            default -> sum.times(grown(name));
        };
    }

    /// A cell between separators is an entry; an empty separator makes one of each character.
    private Bytes pieces(Bytes cells, String separator) {
        return cells.times(ENTRY_BYTES / Math.max(1, utf8(separator))).plus(ofEachRow(ENTRY_BYTES));
    }

    /// At worst a cell consists of what is replaced alone.
    private static Bytes replaced(Bytes cells, double pattern, Bytes by) {
        return cells.times(1 + by.longest / pattern);
    }

    /// A pattern may match between any two bytes, with the option `g`, else once; a reference to what
    /// it matched takes two characters and repeats no more than the cell.
    private Bytes replacedByPattern(Bytes[] sizes, JsonNode arguments) {
        JsonNode by = arguments.path(2).path("expression");
        Bytes cells = sizes[0];
        Bytes references =
                isLiteral(by) && literal(by).indexOf('\\') < 0 ? ofEachRow(0) : cells.times(sizes[2].longest / 2);
        Bytes once = cells.plus(references).plus(sizes[2]);
        return sizes.length == 3 ? once : once.plus(cells.times(sizes[2].longest));
    }

    /// What a byte becomes at most.
    private static double grown(String name) {
        return switch (name) {
            // The two bytes of U+0250 are three in upper case.
            case "upper", "ucase", "lower", "lcase" -> 1.5;
            // The factor that Unicode gives for its normal forms in UTF-8.
            case "nfc_normalize", "strip_accents" -> 3;
            // An ASCII character becomes any other.
            case "translate" -> 4;
            case "strftime" -> FORMATTED;
            default -> 1;
        };
    }
}
