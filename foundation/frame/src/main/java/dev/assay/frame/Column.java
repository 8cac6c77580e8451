package dev.assay.frame;

import dev.assay.frame.internal.CalendarText;
import dev.assay.frame.internal.CodePoints;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An immutable column: one primitive array of values, and which cells are missing.
///
/// The `of` factories take ownership of the arrays they are given and never copy them; the caller must
/// not touch them afterwards. What a missing cell's slot holds is fixed by type (NaN, 0, false, -1,
/// null, 0) so that arrays of equal columns are equal.
public sealed interface Column {

    /// Number of cells.
    int length();

    /// What the cells hold.
    ColumnType type();

    /// Whether the cell at `row` has no value.
    boolean isMissing(int row);

    /// Number of missing cells.
    int missing();

    /// The cells at these rows, in this order; a row may occur more than once. `rows[i] = -1` yields a
    /// missing cell.
    Column at(int[] rows);

    /// The cell as a number, NaN if it is missing: booleans as 0 and 1, categories as codes, dates as
    /// days and other times as microseconds since 1970.
    ///
    /// @throws UnsupportedOperationException for texts, which have no number
    double number(int row);

    /// The cell as a text, null if it is missing.
    @Nullable
    String text(int row);

    /// 64-bit floating-point numbers. Missing cells hold NaN, and NaN is missing.
    final class Doubles implements Column {
        private final double[] values;
        private final int missing;

        private Doubles(double[] values) {
            this.values = values;
            int n = 0;
            for (double v : values) {
                if (Double.isNaN(v)) {
                    n++;
                }
            }
            this.missing = n;
        }

        /// A column over these values; NaN marks a missing cell.
        public static Doubles of(double... values) {
            return new Doubles(values);
        }

        /// The value at `row`, NaN if missing.
        public double value(int row) {
            return values[row];
        }

        /// A copy of all values, NaN where missing.
        public double[] toArray() {
            return values.clone();
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.DOUBLE;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public int missing() {
            return missing;
        }

        @Override
        public Doubles at(int[] rows) {
            double[] chosen = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? Double.NaN : values[rows[i]];
            }
            return new Doubles(chosen);
        }

        @Override
        public double number(int row) {
            return values[row];
        }

        @Override
        public @Nullable String text(int row) {
            return isMissing(row) ? null : Double.toString(values[row]);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Doubles that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /// 64-bit integers. Missing cells hold 0.
    final class Longs implements Column {
        private final long[] values;
        private final Validity validity;

        private Longs(long[] values, Validity validity) {
            this.values = values;
            this.validity = validity;
        }

        /// A column without missing cells.
        public static Longs of(long... values) {
            return new Longs(values, Validity.all(values.length));
        }

        /// A column with missing cells.
        ///
        /// @throws IllegalArgumentException if lengths differ
        public static Longs of(long[] values, Validity validity) {
            validity.requireLength(values.length);
            return new Longs(values, validity);
        }

        /// The value at `row`, 0 if missing.
        public long value(int row) {
            return values[row];
        }

        /// A copy of all values, 0 where missing.
        public long[] toArray() {
            return values.clone();
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.LONG;
        }

        @Override
        public boolean isMissing(int row) {
            return !validity.isValid(row);
        }

        @Override
        public int missing() {
            return validity.missing();
        }

        @Override
        public Longs at(int[] rows) {
            long[] chosen = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? 0 : values[rows[i]];
            }
            return new Longs(chosen, validity.at(rows));
        }

        @Override
        public double number(int row) {
            return validity.isValid(row) ? (double) values[row] : Double.NaN;
        }

        @Override
        public @Nullable String text(int row) {
            return validity.isValid(row) ? Long.toString(values[row]) : null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Longs that && Arrays.equals(values, that.values) && validity.equals(that.validity);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /// True or false. Missing cells hold false.
    final class Booleans implements Column {
        private final boolean[] values;
        private final Validity validity;

        private Booleans(boolean[] values, Validity validity) {
            this.values = values;
            this.validity = validity;
        }

        /// A column without missing cells.
        public static Booleans of(boolean... values) {
            return new Booleans(values, Validity.all(values.length));
        }

        /// A column with missing cells.
        ///
        /// @throws IllegalArgumentException if lengths differ
        public static Booleans of(boolean[] values, Validity validity) {
            validity.requireLength(values.length);
            return new Booleans(values, validity);
        }

        /// The value at `row`, false if missing.
        public boolean value(int row) {
            return values[row];
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.BOOLEAN;
        }

        @Override
        public boolean isMissing(int row) {
            return !validity.isValid(row);
        }

        @Override
        public int missing() {
            return validity.missing();
        }

        @Override
        public Booleans at(int[] rows) {
            boolean[] chosen = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] >= 0 && values[rows[i]];
            }
            return new Booleans(chosen, validity.at(rows));
        }

        @Override
        public double number(int row) {
            if (!validity.isValid(row)) {
                return Double.NaN;
            }
            return values[row] ? 1 : 0;
        }

        @Override
        public @Nullable String text(int row) {
            return validity.isValid(row) ? Boolean.toString(values[row]) : null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Booleans that
                    && Arrays.equals(values, that.values)
                    && validity.equals(that.validity);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /// One of a list of texts, kept as a code `0..levels-1`. Missing cells hold -1.
    final class Categories implements Column {
        private final int[] codes;
        private final List<String> levels;
        private final int missing;

        private Categories(int[] codes, List<String> levels) {
            this.codes = codes;
            this.levels = levels;
            int n = 0;
            for (int c : codes) {
                if (c < 0) {
                    n++;
                }
            }
            this.missing = n;
        }

        /// A column over these codes.
        ///
        /// @param codes  a code a cell, -1 if missing
        /// @param levels the texts behind the codes, each once
        /// @throws IllegalArgumentException if a code has no level or a level occurs twice
        public static Categories of(int[] codes, List<String> levels) {
            List<String> kept = List.copyOf(levels);
            if (new HashSet<>(kept).size() != kept.size()) {
                throw new IllegalArgumentException("a level occurs twice");
            }
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] < -1 || codes[i] >= kept.size()) {
                    throw new IllegalArgumentException(
                            "code " + codes[i] + " in row " + i + " has no level; there are " + kept.size());
                }
            }
            return new Categories(codes, kept);
        }

        /// A column over these texts (null: missing), its levels in code-point order.
        public static Categories of(@Nullable String... texts) {
            Map<String, Integer> code = new HashMap<>();
            for (String t : texts) {
                if (t != null) {
                    code.put(t, 0);
                }
            }
            List<String> levels =
                    code.keySet().stream().sorted(CodePoints::compare).toList();
            for (int i = 0; i < levels.size(); i++) {
                code.put(levels.get(i), i);
            }
            int[] codes = new int[texts.length];
            for (int i = 0; i < texts.length; i++) {
                String t = texts[i];
                codes[i] = t == null ? -1 : Objects.requireNonNull(code.get(t));
            }
            return new Categories(codes, levels);
        }

        /// The code at `row`, -1 if missing.
        public int code(int row) {
            return codes[row];
        }

        /// A copy of all codes, -1 where missing.
        public int[] toArray() {
            return codes.clone();
        }

        /// The texts behind the codes.
        public List<String> levels() {
            return levels;
        }

        @Override
        public int length() {
            return codes.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.CATEGORY;
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public int missing() {
            return missing;
        }

        @Override
        public Categories at(int[] rows) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? -1 : codes[rows[i]];
            }
            return new Categories(chosen, levels);
        }

        @Override
        public double number(int row) {
            return codes[row] < 0 ? Double.NaN : codes[row];
        }

        @Override
        public @Nullable String text(int row) {
            return codes[row] < 0 ? null : levels.get(codes[row]);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Categories that && Arrays.equals(codes, that.codes) && levels.equals(that.levels);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(codes);
        }
    }

    /// Any text. Missing cells hold null.
    final class Texts implements Column {
        private final @Nullable String[] values;
        private final int missing;

        private Texts(@Nullable String[] values) {
            this.values = values;
            int n = 0;
            for (String v : values) {
                if (v == null) {
                    n++;
                }
            }
            this.missing = n;
        }

        /// A column over these texts; null marks a missing cell.
        public static Texts of(@Nullable String... values) {
            return new Texts(values);
        }

        /// The same cells as coded categories, levels in code-point order.
        public Categories toCategories() {
            return Categories.of(values);
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.TEXT;
        }

        @Override
        public boolean isMissing(int row) {
            return values[row] == null;
        }

        @Override
        public int missing() {
            return missing;
        }

        @Override
        public Texts at(int[] rows) {
            @Nullable String[] chosen = new @Nullable String[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? null : values[rows[i]];
            }
            return new Texts(chosen);
        }

        @Override
        public double number(int row) {
            throw new UnsupportedOperationException("a text has no number; make it a category first");
        }

        @Override
        public @Nullable String text(int row) {
            return values[row];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Texts that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /// Days of the calendar (proleptic Gregorian), as days since 1970-01-01. Missing cells hold 0.
    final class Dates implements Column {
        private final int[] days;
        private final Validity validity;

        private Dates(int[] days, Validity validity) {
            this.days = days;
            this.validity = validity;
        }

        /// A column without missing cells.
        public static Dates of(int... days) {
            return new Dates(days, Validity.all(days.length));
        }

        /// A column with missing cells.
        ///
        /// @throws IllegalArgumentException if lengths differ
        public static Dates of(int[] days, Validity validity) {
            validity.requireLength(days.length);
            return new Dates(days, validity);
        }

        /// Days since 1970-01-01 at `row`, 0 if missing.
        public int day(int row) {
            return days[row];
        }

        @Override
        public int length() {
            return days.length;
        }

        @Override
        public ColumnType type() {
            return ColumnType.DATE;
        }

        @Override
        public boolean isMissing(int row) {
            return !validity.isValid(row);
        }

        @Override
        public int missing() {
            return validity.missing();
        }

        @Override
        public Dates at(int[] rows) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? 0 : days[rows[i]];
            }
            return new Dates(chosen, validity.at(rows));
        }

        @Override
        public double number(int row) {
            return validity.isValid(row) ? days[row] : Double.NaN;
        }

        @Override
        public @Nullable String text(int row) {
            return validity.isValid(row) ? CalendarText.date(days[row]) : null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Dates that && Arrays.equals(days, that.days) && validity.equals(that.validity);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(days);
        }
    }

    /// Days and times to the microsecond: on the clock of an unknown place ([DateTimes]) or the same
    /// everywhere ([Instants]). A missing cell's number is NaN, else microseconds since
    /// 1970-01-01T00:00.
    abstract sealed class Moments implements Column {
        private final long[] micros;
        private final Validity validity;

        private Moments(long[] micros, Validity validity) {
            validity.requireLength(micros.length);
            this.micros = micros;
            this.validity = validity;
        }

        /// Microseconds since 1970-01-01T00:00 at `row`, 0 if missing.
        public long micros(int row) {
            return micros[row];
        }

        @Override
        public int length() {
            return micros.length;
        }

        @Override
        public boolean isMissing(int row) {
            return !validity.isValid(row);
        }

        @Override
        public int missing() {
            return validity.missing();
        }

        @Override
        public double number(int row) {
            return validity.isValid(row) ? (double) micros[row] : Double.NaN;
        }

        long[] chosen(int[] rows) {
            long[] chosen = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = rows[i] < 0 ? 0 : micros[rows[i]];
            }
            return chosen;
        }

        Validity validity() {
            return validity;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Moments that
                    && type() == that.type()
                    && Arrays.equals(micros, that.micros)
                    && validity.equals(that.validity);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(micros);
        }
    }

    /// Dates and times of day without a zone, as microseconds since 1970-01-01T00:00 of the same clock.
    /// Missing cells hold 0.
    final class DateTimes extends Moments {
        private DateTimes(long[] micros, Validity validity) {
            super(micros, validity);
        }

        /// A column without missing cells.
        public static DateTimes of(long... micros) {
            return new DateTimes(micros, Validity.all(micros.length));
        }

        /// A column with missing cells.
        ///
        /// @throws IllegalArgumentException if lengths differ
        public static DateTimes of(long[] micros, Validity validity) {
            return new DateTimes(micros, validity);
        }

        @Override
        public ColumnType type() {
            return ColumnType.DATE_TIME;
        }

        @Override
        public DateTimes at(int[] rows) {
            return new DateTimes(chosen(rows), validity().at(rows));
        }

        @Override
        public @Nullable String text(int row) {
            return isMissing(row) ? null : CalendarText.dateTime(micros(row));
        }
    }

    /// Instants as microseconds since 1970-01-01T00:00:00Z. Missing cells hold 0.
    final class Instants extends Moments {
        private Instants(long[] micros, Validity validity) {
            super(micros, validity);
        }

        /// A column without missing cells.
        public static Instants of(long... micros) {
            return new Instants(micros, Validity.all(micros.length));
        }

        /// A column with missing cells.
        ///
        /// @throws IllegalArgumentException if lengths differ
        public static Instants of(long[] micros, Validity validity) {
            return new Instants(micros, validity);
        }

        @Override
        public ColumnType type() {
            return ColumnType.INSTANT;
        }

        @Override
        public Instants at(int[] rows) {
            return new Instants(chosen(rows), validity().at(rows));
        }

        @Override
        public @Nullable String text(int row) {
            return isMissing(row) ? null : CalendarText.dateTime(micros(row)) + "Z";
        }
    }
}
