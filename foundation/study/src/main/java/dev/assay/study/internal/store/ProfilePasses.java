package dev.assay.study.internal.store;

import dev.assay.engine.Engine;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.FrameFile;
import dev.assay.receipt.Digest;
import dev.assay.receipt.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers of [Profiles] from two passes over the columns of a table, each by itself: sums are added in
/// the same order, so that they are the same to the last bit. What is counted is held for as many texts as
/// a profile names, for the levels of categories and for some numbers; other different values are counted
/// by the database, unless a column is in order: then it has as many as it has changes.
final class ProfilePasses {
    /// Different numbers that are held of a column.
    private static final int MOST_NUMBERS = 1 << 16;
    /// The same of all columns.
    private static final int NUMBERS_OF_ALL = 1 << 22;

    private ProfilePasses() {}

    static Profiles.Looked over(FrameFile table, Path spill, Engine engine) {
        List<Field> fields = table.schema().fields();
        int held = Math.min(MOST_NUMBERS, NUMBERS_OF_ALL / Math.max(1, fields.size()));
        List<Passes> columns = fields.stream().map(f -> of(f.type(), held)).toList();
        Digest digest =
                table.digest(engine, (index, cells) -> columns.get(index).first(cells));
        List<Integer> numeric = new ArrayList<>();
        List<Integer> uncounted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Numbers numbers && numbers.n > 0) {
                numeric.add(i);
            }
            if (columns.get(i).uncounted()) {
                uncounted.add(i);
            }
        }
        if (!numeric.isEmpty()) {
            table.each(
                    engine,
                    names(fields, numeric),
                    (index, cells) -> columns.get(numeric.get(index)).second(cells));
        }
        long[] distinct = uncounted.isEmpty() ? new long[0] : table.distinct(names(fields, uncounted), spill);
        for (int i = 0; i < distinct.length; i++) {
            columns.get(uncounted.get(i)).distinct = distinct[i];
        }
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            profiles.put(fields.get(i).name(), columns.get(i).profile());
        }
        return new Profiles.Looked(digest, profiles);
    }

    private static List<String> names(List<Field> fields, List<Integer> chosen) {
        return chosen.stream().map(i -> fields.get(i).name()).toList();
    }

    private static Passes of(ColumnType type, int held) {
        return switch (type) {
            case DOUBLE, LONG, DATE, DATE_TIME, INSTANT -> new Numbers(held);
            case BOOLEAN, CATEGORY -> new Values(Integer.MAX_VALUE);
            case TEXT -> new Values(Profile.COUNTED_VALUES);
        };
    }

    /// What is known of a column so far.
    private abstract static sealed class Passes {
        long rows;
        long distinct;

        abstract void first(Column cells);

        void second(Column cells) {}

        /// Whether its different values are still to be counted.
        abstract boolean uncounted();

        abstract Profile profile();
    }

    private static final class Numbers extends Passes {
        private long n;
        private double sum;
        private double min = Double.NaN;
        private double max = Double.NaN;
        private double squares;
        private @Nullable FewNumbers seen;
        private final Changes changes = new Changes();
        private double last = Double.NaN;

        Numbers(int held) {
            seen = new FewNumbers(held);
        }

        @Override
        void first(Column cells) {
            rows += cells.length();
            for (int row = 0; row < cells.length(); row++) {
                double value = cells.number(row);
                if (!Double.isNaN(value)) {
                    // Makes -0 and 0 one value.
                    double zero = value + 0.0;
                    min = n == 0 ? zero : Math.min(min, zero);
                    max = n == 0 ? zero : Math.max(max, zero);
                    sum += value;
                    if (n > 0) {
                        changes.add(Double.compare(zero, last));
                    }
                    last = zero;
                    if (seen != null && !seen.add(zero)) {
                        seen = null;
                    }
                    n++;
                }
            }
            counted();
        }

        private void counted() {
            if (changes.inOrder()) {
                distinct = n == 0 ? 0 : changes.values();
            } else if (seen != null) {
                distinct = seen.size();
            }
        }

        @Override
        void second(Column cells) {
            double mean = sum / n;
            for (int row = 0; row < cells.length(); row++) {
                double value = cells.number(row);
                if (!Double.isNaN(value)) {
                    squares += (value + 0.0 - mean) * (value + 0.0 - mean);
                }
            }
        }

        @Override
        boolean uncounted() {
            return seen == null && !changes.inOrder();
        }

        @Override
        Profile profile() {
            return new Profile.Numeric(
                    rows,
                    rows - n,
                    distinct,
                    Profiles.finite(min),
                    Profiles.finite(max),
                    Profiles.finite(sum / n),
                    Profiles.finite(Math.sqrt(squares / n)));
        }
    }

    private static final class Values extends Passes {
        private final int most;
        private long missing;
        private @Nullable Map<String, Long> counts = new HashMap<>();
        private final Changes changes = new Changes();
        private @Nullable String last;

        Values(int most) {
            this.most = most;
        }

        @Override
        void first(Column cells) {
            rows += cells.length();
            missing += cells.missing();
            if (cells.type() == ColumnType.TEXT) {
                order(cells);
            }
            Map<String, Long> counted = counts;
            if (counted == null) {
                return;
            }
            if (cells instanceof Column.Categories categories) {
                add(categories, counted);
                return;
            }
            for (int row = 0; row < cells.length(); row++) {
                String text = cells.text(row);
                if (text != null) {
                    counted.merge(text, 1L, Long::sum);
                    if (counted.size() > most) {
                        counts = null;
                        return;
                    }
                }
            }
        }

        private void order(Column cells) {
            for (int row = 0; row < cells.length() && changes.inOrder(); row++) {
                String text = cells.text(row);
                if (text != null) {
                    if (last != null) {
                        changes.add(text.compareTo(last));
                    }
                    last = text;
                }
            }
            distinct = last == null ? 0 : changes.values();
        }

        private static void add(Column.Categories categories, Map<String, Long> counted) {
            long[] rowsOf = new long[categories.levels().size()];
            for (int row = 0; row < categories.length(); row++) {
                if (categories.code(row) >= 0) {
                    rowsOf[categories.code(row)]++;
                }
            }
            for (int code = 0; code < rowsOf.length; code++) {
                if (rowsOf[code] > 0) {
                    counted.merge(categories.levels().get(code), rowsOf[code], Long::sum);
                }
            }
        }

        @Override
        boolean uncounted() {
            return counts == null && !changes.inOrder();
        }

        @Override
        Profile profile() {
            return counts == null
                    ? Profile.Categorical.unnamed(rows, missing, distinct)
                    : Profile.Categorical.of(counts, missing);
        }
    }
}
