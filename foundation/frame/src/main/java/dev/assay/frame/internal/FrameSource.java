package dev.assay.frame.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Frames, one after the other, as a table function: DuckDB asks for a few thousand rows at a time, of
/// the columns that it needs, and they are written straight into its vectors. Several times faster than
/// the row-wise appender, and nothing is kept twice. One thread asks at a time, so rows keep their order.
final class FrameSource implements DuckDBTableFunction<Boolean, FrameSource.Cursor, Boolean> {
    /// How dates and times are handed over.
    enum TimesAs {
        /// DATE, TIMESTAMP, and TIMESTAMP WITH TIME ZONE for instants: for Parquet and queries.
        TYPED,
        /// The same, but TIMESTAMP in UTC for instants, whose functions need no zone: for conditions.
        TIMESTAMPS,
        /// ISO 8601 text, for text formats.
        TEXTS
    }

    private final Frame none;
    private final Iterable<Frame> frames;
    private final long rows;
    private final TimesAs times;
    private final List<byte @Nullable [][]> levels = new ArrayList<>();
    private @Nullable Throwable failure;

    /// Sources of frames with the schema and the levels of `none`.
    ///
    /// @param rows how many rows they have in all, negative if that is not known; then they are asked
    ///     for once
    FrameSource(Frame none, Iterable<Frame> frames, long rows, TimesAs times) {
        this.none = none;
        this.frames = frames;
        this.rows = rows;
        this.times = times;
        for (Column column : none.columns()) {
            levels.add(column instanceof Column.Categories categories ? encoded(categories.levels()) : null);
        }
    }

    /// Makes the frame known to the database under this plain function name, and returns the SELECT of
    /// its columns under their own names.
    ///
    /// @param enums whether categories are ENUMs, else VARCHARs
    /// @param wanted which columns are selected
    static String register(
            Database database, String function, Frame frame, TimesAs times, boolean enums, Predicate<Field> wanted)
            throws SQLException {
        return new FrameSource(frame, List.of(frame), frame.rows(), times).register(database, function, enums, wanted);
    }

    /// The same of several frames.
    String register(Database database, String function, boolean enums, Predicate<Field> wanted) throws SQLException {
        try (var builder = DuckDBFunctions.tableFunction()) {
            builder.withName(function)
                    .withProjectionPushdown()
                    .withFunction(this)
                    .register(database.connection());
        }
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < none.columns().size(); i++) {
            Field field = none.schema().fields().get(i);
            if (wanted.test(field)) {
                selected.add(
                        expression("c" + i, none.columns().get(i), times, enums) + " AS " + Sql.name(field.name()));
            }
        }
        return "SELECT " + String.join(", ", selected) + " FROM " + function + "()";
    }

    private static String expression(String name, Column column, TimesAs times, boolean enums) {
        return switch (column) {
            case Column.Dates d -> times == TimesAs.TEXTS ? name : "(DATE '1970-01-01' + " + name + ")";
            case Column.DateTimes d -> times == TimesAs.TEXTS ? name : "make_timestamp(" + name + ")";
            case Column.Instants i ->
                switch (times) {
                    case TYPED -> "make_timestamptz(" + name + ")";
                    case TIMESTAMPS -> "make_timestamp(" + name + ")";
                    case TEXTS -> name;
                };
            case Column.Categories c
            when enums && !c.levels().isEmpty() -> "CAST(" + name + " AS ENUM(" + Sql.texts(c.levels()) + "))";
            case Column.Categories c -> name;
            case Column.Doubles d -> name;
            case Column.Longs l -> name;
            case Column.Booleans b -> name;
            case Column.Texts t -> name;
        };
    }

    private static byte[][] encoded(List<String> texts) {
        byte[][] bytes = new byte[texts.size()][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    @Override
    public Boolean bind(DuckDBTableFunctionBindInfo info) {
        for (int i = 0; i < none.columns().size(); i++) {
            info.addResultColumn(
                    "c" + i,
                    switch (none.columns().get(i)) {
                        case Column.Doubles d -> DuckDBColumnType.DOUBLE;
                        case Column.Longs l -> DuckDBColumnType.BIGINT;
                        case Column.Booleans b -> DuckDBColumnType.BOOLEAN;
                        case Column.Categories c -> DuckDBColumnType.VARCHAR;
                        case Column.Texts t -> DuckDBColumnType.VARCHAR;
                        case Column.Dates d ->
                            times == TimesAs.TEXTS ? DuckDBColumnType.VARCHAR : DuckDBColumnType.INTEGER;
                        case Column.Moments m ->
                            times == TimesAs.TEXTS ? DuckDBColumnType.VARCHAR : DuckDBColumnType.BIGINT;
                    });
        }
        if (rows >= 0) {
            info.setCardinality(rows, true);
        }
        return true;
    }

    /// What a frame could not be had for, which DuckDB tells as a text alone.
    @Nullable
    Throwable failure() {
        return failure;
    }

    /// Where one scan stands.
    static final class Cursor {
        private final int[] columns;
        private final Iterator<Frame> left;
        private @Nullable Frame frame;
        private int row;

        Cursor(int[] columns, Iterator<Frame> left) {
            this.columns = columns;
            this.left = left;
        }

        /// The frame whose rows come next, null at the end.
        @Nullable
        Frame frame() {
            while (frame == null || row == frame.rows()) {
                if (!left.hasNext()) {
                    return null;
                }
                frame = left.next();
                row = 0;
            }
            return frame;
        }
    }

    @Override
    public Cursor init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        int[] columns = new int[(int) info.getColumnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = (int) info.getColumnIndex(i);
        }
        return new Cursor(columns, frames.iterator());
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
        Cursor cursor = call.getInitData();
        Frame frame;
        try {
            frame = cursor.frame();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        if (frame == null) {
            return 0;
        }
        int count = (int) Math.min(chunk.capacity(), (long) frame.rows() - cursor.row);
        for (int k = 0; k < cursor.columns.length; k++) {
            int i = cursor.columns[k];
            // A scan that only counts rows asks for a column that is none.
            if (i >= 0 && i < frame.columns().size()) {
                put(chunk.vector(k), frame, i, cursor.row, count);
            }
        }
        cursor.row += count;
        return count;
    }

    private void put(DuckDBWritableVector vector, Frame frame, int index, int from, int count) {
        switch (frame.columns().get(index)) {
            case Column.Doubles doubles -> {
                for (int i = 0; i < count; i++) {
                    double v = doubles.value(from + i);
                    if (Double.isNaN(v)) {
                        vector.setNull(i);
                    } else {
                        vector.setDouble(i, v);
                    }
                }
            }
            case Column.Longs longs -> {
                for (int i = 0; i < count; i++) {
                    if (longs.isMissing(from + i)) {
                        vector.setNull(i);
                    } else {
                        vector.setLong(i, longs.value(from + i));
                    }
                }
            }
            case Column.Booleans booleans -> {
                for (int i = 0; i < count; i++) {
                    if (booleans.isMissing(from + i)) {
                        vector.setNull(i);
                    } else {
                        vector.setBoolean(i, booleans.value(from + i));
                    }
                }
            }
            case Column.Categories categories -> {
                byte @Nullable [][] known = levels.get(index);
                byte[] @Nullable [] batch = new byte[count][];
                for (int i = 0; i < count; i++) {
                    int code = categories.code(from + i);
                    batch[i] = code < 0 || known == null ? null : known[code];
                }
                vector.setStringUtf8Batch(0, batch);
            }
            case Column.Texts texts -> vector.setStringUtf8Batch(0, batch(texts, from, count));
            case Column.Dates dates -> {
                if (times == TimesAs.TEXTS) {
                    vector.setStringUtf8Batch(0, batch(dates, from, count));
                    return;
                }
                for (int i = 0; i < count; i++) {
                    if (dates.isMissing(from + i)) {
                        vector.setNull(i);
                    } else {
                        vector.setInt(i, dates.day(from + i));
                    }
                }
            }
            case Column.Moments moments -> {
                if (times == TimesAs.TEXTS) {
                    vector.setStringUtf8Batch(0, batch(moments, from, count));
                    return;
                }
                for (int i = 0; i < count; i++) {
                    if (moments.isMissing(from + i)) {
                        vector.setNull(i);
                    } else {
                        vector.setLong(i, moments.micros(from + i));
                    }
                }
            }
        }
    }

    private static byte[][] batch(Column column, int from, int count) {
        byte[] @Nullable [] batch = new byte[count][];
        for (int i = 0; i < count; i++) {
            String text = column.text(from + i);
            batch[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return batch;
    }
}
