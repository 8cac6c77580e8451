package dev.assay.frame.internal;

import dev.assay.fault.OneLine;
import dev.assay.frame.ColumnType;
import dev.assay.frame.internal.CellScan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the cells of one column of CSV look like, and the type that follows.
///
/// A column is numbers if each cell prints as it is written: whole numbers as longs; decimals either
/// all with the same number of decimals, or all with their shortest digits, and each such that the
/// nearest double gives it back. Two cells written differently are then never the same number. Whatever
/// else looks like numbers stays texts, and is told.
final class CellEvidence {
    private static final int EXAMPLE = 40;
    /// How many different texts among numbers are named.
    private static final int MOST_OTHERS = 3;
    private static final int DIGITS_OF_THOUSAND = 3;
    private static final Set<Kind> NUMBERS =
            EnumSet.of(Kind.WHOLE, Kind.WIDE, Kind.DECIMAL, Kind.COMMA, Kind.SCIENTIFIC, Kind.INFINITE, Kind.LOOSE);
    private static final Set<Kind> FLAGS = EnumSet.of(Kind.LOWER_FLAG, Kind.UPPER_FLAG, Kind.TITLE_FLAG);
    private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.DATE_TIME, Kind.ZONED);

    private final long[] count = new long[Kind.values().length];
    private final Map<Kind, Example> first = new EnumMap<>(Kind.class);
    private final Trait fixed = new Trait();
    private final Trait inexact = new Trait();
    private final Trait inexactWhole = new Trait();
    private final Trait offsets = new Trait();
    private final Trait nanos = new Trait();
    private final Trait pointZero = new Trait();
    private long empty;
    private long quotedEmpty;
    private long missing;
    private long quotedMissing;
    private long padded;
    private final List<String> others = new ArrayList<>();
    private int fewestDecimals = Integer.MAX_VALUE;
    private int mostDecimals;

    /// A cell and the line on which it ends.
    private record Example(String cell, long line) {
        Example after(long lines) {
            return new Example(cell, line + lines);
        }

        /// Whether a cell like a number has more marks than the one in front of decimals: `1.234,5`.
        boolean hasMarksOfThousands() {
            return cell.chars().filter(c -> c == '.' || c == ',' || c == '\'').count() > 1;
        }

        @Override
        public String toString() {
            return "'" + cell + "' in line " + line;
        }
    }

    /// How many cells have a trait, and the first that has it.
    private static final class Trait {
        private long cells;
        private @Nullable Example example;

        void addAll(Trait later, long lines) {
            cells += later.cells;
            if (example == null && later.example != null) {
                example = later.example.after(lines);
            }
        }
    }

    /// What the column becomes.
    ///
    /// @param comma   whether its numbers have decimal commas
    /// @param changed cells that lose something
    /// @param note    what a reader of the table would want to know, empty if nothing
    record Decision(ColumnType type, boolean comma, long changed, String note) {}

    /// A cell without anything between its separators.
    void addEmpty() {
        empty++;
    }

    /// A cell of two quotes.
    void addQuotedEmpty() {
        quotedEmpty++;
    }

    /// A text that stands for a missing cell.
    void addMissing() {
        missing++;
    }

    /// Such a text in quotes, which stands for a missing cell unless the column is texts.
    void addQuotedMissing() {
        quotedMissing++;
    }

    /// Whether a typed column has cells in quotes that are none.
    boolean hasQuotedMissing() {
        return quotedEmpty + quotedMissing > 0;
    }

    /// A cell that a scan has looked at.
    void add(Kind kind, CellScan scan, byte[] cell, int length, long line) {
        if (count[kind.ordinal()]++ == 0) {
            first.put(kind, example(cell, length, line));
        }
        switch (kind) {
            case WHOLE -> {
                if (!scan.isExact()) {
                    note(inexactWhole, cell, length, line);
                }
            }
            case DECIMAL, COMMA, SCIENTIFIC -> {
                fewestDecimals = Math.min(fewestDecimals, scan.decimals());
                mostDecimals = Math.max(mostDecimals, scan.decimals());
                if (scan.isFixed()) {
                    if (kind == Kind.DECIMAL && scan.decimals() == 1) {
                        note(pointZero, cell, length, line);
                    } else {
                        note(fixed, cell, length, line);
                    }
                }
                if (!scan.isExact()) {
                    note(inexact, cell, length, line);
                }
            }
            case DATE_TIME, ZONED -> {
                if (scan.hasOffset()) {
                    note(offsets, cell, length, line);
                }
                if (scan.hasNanos()) {
                    note(nanos, cell, length, line);
                }
            }
            case OTHER -> {
                if (others.size() <= MOST_OTHERS) {
                    other(new String(cell, 0, length, StandardCharsets.UTF_8));
                }
            }
            case LOOSE -> padded += scan.isPadded() ? 1 : 0;
            case WIDE, INFINITE, LOWER_FLAG, UPPER_FLAG, TITLE_FLAG, DATE -> {
                // Their number and the first of them say it all.
            }
        }
    }

    private void other(String text) {
        if (!others.contains(text)) {
            others.add(text);
        }
    }

    private static void note(Trait trait, byte[] cell, int length, long line) {
        if (trait.cells++ == 0) {
            trait.example = example(cell, length, line);
        }
    }

    private static Example example(byte[] cell, int length, long line) {
        String text = new String(cell, 0, length, StandardCharsets.UTF_8);
        // Of a longer cell the scan has the beginning alone, which may end within a character.
        return new Example(length < CellScan.LONGEST ? shown(text) : shown(text + "..."), line);
    }

    /// A cell as a message shows it: in one line, and of a long one the beginning.
    static String shown(String cell) {
        if (cell.length() <= EXAMPLE) {
            return OneLine.of(cell);
        }
        int end = Character.isHighSurrogate(cell.charAt(EXAMPLE - 1)) ? EXAMPLE - 1 : EXAMPLE;
        return OneLine.of(cell.substring(0, end)) + "...";
    }

    /// What was seen in a later part of the file.
    ///
    /// @param lines by which that part's lines are counted too low
    void addAll(CellEvidence later, long lines) {
        for (Kind kind : Kind.values()) {
            count[kind.ordinal()] += later.count[kind.ordinal()];
            Example example = later.first.get(kind);
            if (example != null) {
                first.putIfAbsent(kind, example.after(lines));
            }
        }
        fixed.addAll(later.fixed, lines);
        inexact.addAll(later.inexact, lines);
        inexactWhole.addAll(later.inexactWhole, lines);
        offsets.addAll(later.offsets, lines);
        nanos.addAll(later.nanos, lines);
        pointZero.addAll(later.pointZero, lines);
        empty += later.empty;
        quotedEmpty += later.quotedEmpty;
        missing += later.missing;
        quotedMissing += later.quotedMissing;
        padded += later.padded;
        later.others.stream().limit(MOST_OTHERS + 1L).forEach(this::other);
        fewestDecimals = Math.min(fewestDecimals, later.fewestDecimals);
        mostDecimals = Math.max(mostDecimals, later.mostDecimals);
    }

    private long of(Kind kind) {
        return count[kind.ordinal()];
    }

    private long of(Set<Kind> kinds) {
        return kinds.stream().mapToLong(this::of).sum();
    }

    private long cells() {
        long cells = 0;
        for (long n : count) {
            cells += n;
        }
        return cells;
    }

    /// Whether the column has decimals with a comma, and none with a point.
    boolean hasCommas() {
        return of(Kind.COMMA) > 0 && of(Kind.DECIMAL) == 0 && of(NUMBERS) == cells();
    }

    /// The column's type.
    ///
    /// @param commas       whether a comma may stand in front of decimals
    /// @param commasInFile whether another column has them, so that a point may be one of thousands
    Decision decide(boolean commas, boolean commasInFile) {
        long cells = cells();
        if (cells == 0) {
            return new Decision(ColumnType.TEXT, false, 0, "");
        }
        if (of(NUMBERS) == cells) {
            return numbers(commas, commasInFile);
        }
        if (of(FLAGS) == cells) {
            return of(Kind.LOWER_FLAG) == cells || of(Kind.UPPER_FLAG) == cells || of(Kind.TITLE_FLAG) == cells
                    ? new Decision(ColumnType.BOOLEAN, false, 0, "")
                    : texts("writes true and false in several ways: " + firsts(FLAGS), "boolean");
        }
        if (of(TIMES) == cells) {
            return times();
        }
        return mixed();
    }

    private Decision numbers(boolean commas, boolean commasInFile) {
        long cells = cells();
        if (of(Kind.WHOLE) == cells) {
            return new Decision(ColumnType.LONG, false, 0, "");
        }
        if (of(Kind.LOOSE) > 0 && padded == of(Kind.LOOSE) && padded + of(Kind.WHOLE) == cells) {
            // Codes with zeros in front are what they seem.
            return new Decision(ColumnType.TEXT, false, 0, "");
        }
        Example loose = first.get(Kind.LOOSE);
        if (loose != null && loose.hasMarksOfThousands()) {
            return texts(
                    "holds " + some(of(Kind.LOOSE), "cell") + " with marks between thousands, such as " + loose
                            + ", which are not read; take them out of the file to have numbers",
                    "");
        }
        if (of(Kind.LOOSE) > 0) {
            return texts(
                    "holds " + some(of(Kind.LOOSE), "cell") + " that a number would not be printed like, such as "
                            + first.get(Kind.LOOSE),
                    "number");
        }
        if (of(Kind.WHOLE) + of(Kind.WIDE) == cells) {
            return texts(
                    "holds " + some(of(Kind.WIDE), "whole number") + " of more than 64 bits, such as "
                            + first.get(Kind.WIDE),
                    "");
        }
        boolean comma = of(Kind.COMMA) > 0;
        if (comma && of(Kind.DECIMAL) + of(Kind.SCIENTIFIC) > 0) {
            return texts(
                    "has decimals with a comma, such as " + first.get(Kind.COMMA) + ", and with a point, such as "
                            + (first.containsKey(Kind.DECIMAL) ? first.get(Kind.DECIMAL) : first.get(Kind.SCIENTIFIC)),
                    "");
        }
        if (comma && !commas) {
            return texts(
                    "has numbers with a comma, such as " + first.get(Kind.COMMA)
                            + ", which stands in front of decimals only if the setting 'decimal' says so",
                    "");
        }
        if (commasInFile && of(Kind.DECIMAL) > 0) {
            return texts(
                    "has points, such as " + first.get(Kind.DECIMAL)
                            + ", where other columns have decimal commas, so it cannot be told what they mean",
                    "");
        }
        if (of(Kind.WIDE) + inexact.cells + inexactWhole.cells > 0) {
            Object example = inexact.example != null
                    ? inexact.example
                    : inexactWhole.example != null ? inexactWhole.example : String.valueOf(first.get(Kind.WIDE));
            return texts(
                    "holds " + some(of(Kind.WIDE) + inexact.cells + inexactWhole.cells, "number")
                            + " that a double does not give back, such as " + example,
                    "number");
        }
        return sameStyle()
                ? new Decision(ColumnType.DOUBLE, comma, 0, commas && !commasInFile ? thousands() : "")
                : texts("writes numbers in several ways, such as " + styles(), "number");
    }

    /// What is told of points that may stand between thousands, in a file whose separator comes from where
    /// people write so.
    private String thousands() {
        boolean threes = fewestDecimals == DIGITS_OF_THOUSAND && mostDecimals == DIGITS_OF_THOUSAND;
        return threes && of(Kind.DECIMAL) > 0 && of(Kind.SCIENTIFIC) == 0
                ? "has three digits behind each point, such as " + first.get(Kind.DECIMAL)
                        + ", and is read as decimals; if the points stand between thousands, take them out of the"
                        + " file, else say decimal: point"
                : "";
    }

    /// Whether each cell prints as it is written, with shortest digits or a fixed number of decimals.
    private boolean sameStyle() {
        long withDecimals = of(Kind.DECIMAL) + of(Kind.COMMA);
        boolean sameDecimals = fewestDecimals == mostDecimals;
        if (fixed.cells == 0) {
            // `.0` belongs to programs that put a point into every double; beside `2` it would be a
            // second 2.0.
            return pointZero.cells == 0 || of(Kind.WHOLE) == 0;
        }
        return sameDecimals && of(Kind.WHOLE) == 0 && (withDecimals == 0 || of(Kind.SCIENTIFIC) == 0);
    }

    private String styles() {
        List<String> found = new ArrayList<>();
        if (fixed.example != null) {
            found.add(fixed.example.toString());
        }
        if (pointZero.example != null) {
            found.add(pointZero.example.toString());
        }
        for (Kind kind : List.of(Kind.WHOLE, Kind.DECIMAL, Kind.COMMA, Kind.SCIENTIFIC)) {
            Example example = first.get(kind);
            if (example != null && !found.contains(example.toString())) {
                found.add(example.toString());
            }
        }
        return String.join(" and ", found.subList(0, Math.min(2, found.size())));
    }

    private Decision times() {
        long cells = cells();
        if (of(Kind.DATE) == cells) {
            return new Decision(ColumnType.DATE, false, 0, "");
        }
        if (of(Kind.DATE_TIME) != cells && of(Kind.ZONED) != cells) {
            List<String> parts = new ArrayList<>();
            part(parts, Kind.DATE, "date");
            part(parts, Kind.DATE_TIME, "time without a zone");
            part(parts, Kind.ZONED, "time with a zone");
            return texts("holds " + String.join(" and ", parts), "date-time or instant");
        }
        boolean zoned = of(Kind.ZONED) == cells;
        if (nanos.cells > 0) {
            return texts(
                    "holds " + some(nanos.cells, "time") + " finer than a microsecond, such as " + nanos.example,
                    zoned ? "instant" : "date-time");
        }
        if (!zoned) {
            return new Decision(ColumnType.DATE_TIME, false, 0, "");
        }
        String note = offsets.cells == 0
                ? ""
                : "holds " + some(offsets.cells, "time") + " with an offset from UTC, such as " + offsets.example
                        + "; the instants are kept, the offsets are not; declare it text under 'types' to keep both";
        return new Decision(ColumnType.INSTANT, false, offsets.cells, note);
    }

    private void part(List<String> parts, Kind kind, String what) {
        if (of(kind) > 0) {
            parts.add(some(of(kind), what) + " (" + first.get(kind) + ")");
        }
    }

    /// A column that is almost something else.
    private Decision mixed() {
        long cells = cells();
        record Sort(Set<Kind> kinds, String one, String type) {}
        for (Sort sort : List.of(
                new Sort(NUMBERS, "number", "number"),
                new Sort(TIMES, "date or time", "date, date-time or instant"),
                new Sort(FLAGS, "true or false", "boolean"))) {
            long alike = of(sort.kinds());
            if (2 * alike >= cells) {
                String other = otherThan(sort.kinds());
                long others = cells - alike;
                return new Decision(
                        ColumnType.TEXT,
                        false,
                        0,
                        "holds " + some(alike, sort.one()) + " and " + some(others, "other cell") + ", the first "
                                + other + ", so all cells are texts" + missingHint(others));
            }
        }
        return new Decision(ColumnType.TEXT, false, 0, "");
    }

    /// How to say that the cells which do not fit stand for missing values, if they are few
    /// different texts.
    private String missingHint(long cells) {
        if (others.isEmpty() || others.size() > MOST_OTHERS || of(Kind.OTHER) != cells) {
            return "";
        }
        List<String> quoted = others.stream()
                .map(text -> text.matches("[A-Za-z]+")
                        ? text
                        : "'" + OneLine.of(text).replace("'", "''") + "'")
                .toList();
        return "; give missing: [" + String.join(", ", quoted) + "] if "
                + (others.size() == 1 ? "that stands" : "these stand") + " for no value";
    }

    private String otherThan(Set<Kind> kinds) {
        return first.entrySet().stream()
                .filter(e -> !kinds.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.comparingLong(Example::line))
                .map(Example::toString)
                .orElse("");
    }

    private String firsts(Set<Kind> kinds) {
        return String.join(
                ", ",
                first.entrySet().stream()
                        .filter(e -> kinds.contains(e.getKey()))
                        .map(e -> e.getValue().toString())
                        .toList());
    }

    /// @param type what it may be declared to be, empty if that would not help
    private static Decision texts(String reason, String type) {
        return new Decision(
                ColumnType.TEXT,
                false,
                0,
                reason + ", so all cells are texts"
                        + (type.isEmpty() ? "" : "; if it holds " + type + " values, declare it so under 'types'"));
    }

    static String some(long n, String what) {
        if (n == 1) {
            return "1 " + what;
        }
        return n + " " + (what.startsWith("time ") ? "times " + what.substring(5) : what + "s");
    }

    /// Numbers that a double does not give back.
    long inexact() {
        return of(Kind.WIDE) + inexact.cells + inexactWhole.cells;
    }

    /// What was found, for a report: `995 whole numbers, 5 empty`.
    String summary() {
        List<String> parts = new ArrayList<>();
        count(parts, of(Kind.WHOLE) + of(Kind.WIDE), "whole");
        count(parts, of(Kind.DECIMAL) + of(Kind.COMMA) + of(Kind.SCIENTIFIC) + of(Kind.INFINITE), "decimal");
        count(parts, of(Kind.LOOSE), "like numbers");
        count(parts, of(FLAGS), "true or false");
        count(parts, of(Kind.DATE), "dates");
        count(parts, of(Kind.DATE_TIME), "times");
        count(parts, of(Kind.ZONED), "zoned times");
        count(parts, of(Kind.OTHER), "texts");
        count(parts, missing + quotedMissing, "missing texts");
        count(parts, empty + quotedEmpty, "empty");
        return String.join(", ", parts);
    }

    static void count(List<String> parts, long n, String what) {
        if (n > 0) {
            parts.add(n + " " + what);
        }
    }
}
