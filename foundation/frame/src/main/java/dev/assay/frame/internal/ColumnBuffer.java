package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Validity;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// Collects a column of a known length out of DuckDB's vectors.
abstract sealed class ColumnBuffer {
    /// Takes `count` cells of the vector from position `from` as the cells from row `row`.
    abstract void take(DuckDBReadableVector vector, int from, int count, int row);

    /// The column. The buffer is not used any more.
    abstract Column finish();

    static ColumnBuffer of(Pick pick, int rows) {
        return switch (pick.field().type()) {
            case DOUBLE -> new OfDoubles(rows);
            case LONG -> new OfLongs(rows, Column.Longs::of);
            case DATE -> new OfDays(rows);
            case DATE_TIME -> new OfLongs(rows, Column.DateTimes::of);
            case INSTANT -> new OfLongs(rows, Column.Instants::of);
            case BOOLEAN -> new OfBooleans(rows);
            case CATEGORY -> new OfCodes(rows, pick.levels() == null ? List.of() : pick.levels());
            case TEXT -> new OfTexts(rows, pick.encodeUpTo());
        };
    }

    private static final class OfDoubles extends ColumnBuffer {
        private final double[] values;

        OfDoubles(int rows) {
            values = new double[rows];
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                values[row + i] = vector.getDouble(from + i, Double.NaN);
            }
        }

        @Override
        Column finish() {
            return Column.Doubles.of(values);
        }
    }

    private static final class OfLongs extends ColumnBuffer {
        private final long[] values;
        private final BitSet absent = new BitSet();
        private final BiFunction<long[], Validity, Column> of;

        OfLongs(int rows, BiFunction<long[], Validity, Column> of) {
            values = new long[rows];
            this.of = of;
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                long v = vector.getLong(from + i, 0L);
                values[row + i] = v;
                if (v == 0 && vector.isNull(from + i)) {
                    absent.set(row + i);
                }
            }
        }

        @Override
        Column finish() {
            return of.apply(values, Validity.absent(values.length, absent));
        }
    }

    private static final class OfDays extends ColumnBuffer {
        private final int[] days;
        private final BitSet absent = new BitSet();

        OfDays(int rows) {
            days = new int[rows];
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                int day = vector.getInt(from + i, 0);
                days[row + i] = day;
                if (day == 0 && vector.isNull(from + i)) {
                    absent.set(row + i);
                }
            }
        }

        @Override
        Column finish() {
            return Column.Dates.of(days, Validity.absent(days.length, absent));
        }
    }

    private static final class OfBooleans extends ColumnBuffer {
        private final boolean[] values;
        private final BitSet absent = new BitSet();

        OfBooleans(int rows) {
            values = new boolean[rows];
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                boolean v = vector.getBoolean(from + i, false);
                values[row + i] = v;
                if (!v && vector.isNull(from + i)) {
                    absent.set(row + i);
                }
            }
        }

        @Override
        Column finish() {
            return Column.Booleans.of(values, Validity.absent(values.length, absent));
        }
    }

    private static final class OfCodes extends ColumnBuffer {
        private final int[] codes;
        private final List<String> levels;

        OfCodes(int rows, List<String> levels) {
            codes = new int[rows];
            this.levels = levels;
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                codes[row + i] = vector.getInt(from + i, -1);
            }
        }

        @Override
        Column finish() {
            return Column.Categories.of(codes, levels);
        }
    }

    /// Past this many distinct texts, looking for equal ones costs more than it saves.
    static final int SHARED_TEXTS = 1 << 16;

    /// Nor is it worth it after so many texts that all differ, if there are not very many rows.
    private static final int LOOKS = 1 << 10;

    private static final int FEW_ROWS = 1 << 14;

    /// Equal texts are kept once, as long as they are few.
    private static final class OfTexts extends ColumnBuffer {
        private final @Nullable String[] values;
        private final int encodeUpTo;
        private @Nullable Map<String, String> seen = new HashMap<>();
        private int looked;

        OfTexts(int rows, int encodeUpTo) {
            values = new @Nullable String[rows];
            this.encodeUpTo = encodeUpTo;
        }

        @Override
        void take(DuckDBReadableVector vector, int from, int count, int row) {
            for (int i = 0; i < count; i++) {
                values[row + i] = shared(vector.getString(from + i));
            }
        }

        private @Nullable String shared(@Nullable String text) {
            if (text == null || seen == null) {
                return text;
            }
            String known = seen.putIfAbsent(text, text);
            looked++;
            boolean allDiffer = encodeUpTo == 0 && looked == LOOKS && seen.size() == LOOKS;
            if ((allDiffer && values.length <= FEW_ROWS) || seen.size() > Math.max(SHARED_TEXTS, encodeUpTo)) {
                seen = null;
            }
            return known == null ? text : known;
        }

        @Override
        Column finish() {
            Column.Texts texts = Column.Texts.of(values);
            boolean fewEnough = encodeUpTo == Integer.MAX_VALUE || (seen != null && seen.size() <= encodeUpTo);
            boolean nameable = seen == null || Levels.canBeLevels(seen.keySet());
            return encodeUpTo > 0 && fewEnough && nameable ? texts.toCategories() : texts;
        }
    }
}
