package dev.assay.study.internal.run;

import dev.assay.frame.Chunks;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.study.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The values of a stage's tables, looked for in the names of its metrics. This is a second line:
/// stages that
/// name a metric after a value say so themselves.
///
/// @param values as parts of names
/// @param rows   of the largest table
record DataWords(Set<String> values, long rows) {
    /// Values of a column that are looked for at most. A column with more is no classification.
    private static final int MOST_VALUES = 100_000;

    /// The same of numbers and days, of which a column with more holds measurements or ids.
    private static final int MOST_CODES = 1_000;

    /// Copies the set.
    DataWords {
        values = Set.copyOf(values);
    }

    /// Those of an input record's values.
    static DataWords of(Map<String, Object> byComponent) {
        Set<String> found = new HashSet<>();
        byComponent.values().forEach(value -> collect(value, found));
        return new DataWords(
                found,
                byComponent.values().stream().mapToLong(DataWords::rows).max().orElse(0));
    }

    private static long rows(Object value) {
        return switch (value) {
            case Frame frame -> frame.rows();
            case FrameFile file -> file.rows();
            case Map<?, ?> map ->
                map.values().stream().mapToLong(DataWords::rows).max().orElse(0);
            case Optional<?> optional -> optional.map(DataWords::rows).orElse(0L);
            default -> 0;
        };
    }

    private static void collect(Object value, Set<String> found) {
        switch (value) {
            case Frame frame -> collect(Chunks.of(frame), found);
            case FrameFile file -> collect(file.chunks(), found);
            case Map<?, ?> map -> map.values().forEach(each -> collect(each, found));
            case Optional<?> optional -> optional.ifPresent(each -> collect(each, found));
            default -> {
                // Settings are the words of who wrote the study; other files are not read as tables.
            }
        }
    }

    private static void collect(Chunks table, Set<String> found) {
        List<Words> columns =
                table.none().columns().stream().map(c -> new Words(most(c))).toList();
        try (table) {
            while (table.hasNext()) {
                List<Column> next = table.next().columns();
                for (int i = 0; i < next.size(); i++) {
                    columns.get(i).add(next.get(i));
                }
            }
        }
        columns.stream().filter(c -> c.distinct.size() <= c.most).forEach(c -> found.addAll(c.distinct));
    }

    private static int most(Column column) {
        return switch (column.type()) {
            case CATEGORY, TEXT, BOOLEAN -> MOST_VALUES;
            case LONG, DOUBLE, DATE, DATE_TIME, INSTANT -> MOST_CODES;
        };
    }

    /// The words of a column, which are of no use when there are too many.
    private static final class Words {
        private final int most;
        private final Set<String> distinct = new HashSet<>();

        Words(int most) {
            this.most = most;
        }

        void add(Column column) {
            for (int row = 0; row < column.length() && distinct.size() <= most; row++) {
                String text = column.text(row);
                if (text != null && !text.isBlank()) {
                    distinct.add(Metric.part(text));
                }
            }
        }
    }

    /// Whether a value stands in a name, as a whole word or several.
    boolean in(String name) {
        String text = Metric.part(name);
        List<Integer> starts = IntStream.range(0, text.length())
                .filter(i -> i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
                .boxed()
                .toList();
        for (int from : starts) {
            if (values.contains(text.substring(from))) {
                return true;
            }
            for (int next : starts) {
                if (next > from && values.contains(text.substring(from, next - 1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
