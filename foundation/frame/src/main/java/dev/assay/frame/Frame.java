package dev.assay.frame;

import dev.assay.frame.internal.FrameDigest;
import dev.assay.frame.internal.Grouping;
import dev.assay.frame.internal.Joining;
import dev.assay.frame.internal.Ordering;
import dev.assay.receipt.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// An immutable table: named columns of equal length.
///
/// Copies share columns; only what changes is made anew.
public final class Frame {
    private final Schema schema;
    private final List<Column> columns;
    private final int rows;

    private Frame(Schema schema, List<Column> columns, int rows) {
        this.schema = schema;
        this.columns = columns;
        this.rows = rows;
    }

    /// A frame of these columns.
    ///
    /// @throws IllegalArgumentException if schema and columns do not fit, or lengths differ
    public static Frame of(Schema schema, List<? extends Column> columns) {
        if (schema.fields().size() != columns.size()) {
            throw new IllegalArgumentException("the schema has "
                    + schema.fields().size() + " fields, but there are " + columns.size() + " columns");
        }
        int rows = columns.isEmpty() ? 0 : columns.getFirst().length();
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema.fields().get(i);
            if (columns.get(i).length() != rows) {
                throw new IllegalArgumentException("column '" + field.name() + "' has "
                        + columns.get(i).length() + " cells, the first has " + rows);
            }
            if (columns.get(i).type() != field.type()) {
                throw new IllegalArgumentException("column '" + field.name() + "' holds "
                        + columns.get(i).type() + ", the schema says " + field.type());
            }
        }
        return new Frame(schema, List.copyOf(columns), rows);
    }

    /// A frame without columns, to add to with [#with(String, Column)].
    public static Frame empty() {
        return new Frame(new Schema(List.of()), List.of(), 0);
    }

    /// Number of rows.
    public int rows() {
        return rows;
    }

    /// Names, types and units.
    public Schema schema() {
        return schema;
    }

    /// All columns, in the schema's order.
    public List<Column> columns() {
        return columns;
    }

    /// The column of this name.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there is none, with the nearest name
    public Column column(String name) {
        return columns.get(schema.indexOf(name));
    }

    /// The column of this name as numbers, NaN where missing; see [Column#number(int)].
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if there is no such column
    public double[] numbers(String name) {
        Column column = column(name);
        double[] numbers = new double[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = column.number(i);
        }
        return numbers;
    }

    /// This frame with a column added at the end, or replaced in place if the name exists.
    public Frame with(String name, Column column) {
        return with(Field.of(name, column.type()), column);
    }

    /// This frame with a column added at the end, or replaced in place if the name exists.
    ///
    /// @throws IllegalArgumentException if the length differs from the other columns'
    public Frame with(Field field, Column column) {
        List<Field> fields = new ArrayList<>(schema.fields());
        List<Column> cells = new ArrayList<>(columns);
        if (schema.has(field.name())) {
            int i = schema.indexOf(field.name());
            fields.set(i, field);
            cells.set(i, column);
        } else {
            fields.add(field);
            cells.add(column);
        }
        return of(new Schema(fields), cells);
    }

    /// These columns only, in this order.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if one does not exist
    public Frame select(List<String> names) {
        List<Field> fields = new ArrayList<>();
        List<Column> cells = new ArrayList<>();
        for (String name : names) {
            int i = schema.indexOf(name);
            fields.add(schema.fields().get(i));
            cells.add(columns.get(i));
        }
        return new Frame(new Schema(fields), List.copyOf(cells), rows);
    }

    /// All columns but these.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if one does not exist
    public Frame without(List<String> names) {
        names.forEach(schema::indexOf);
        return select(schema.names().stream().filter(n -> !names.contains(n)).toList());
    }

    /// The rows at these positions, in this order; a position may occur more than once.
    public Frame at(int[] positions) {
        List<Column> cells = new ArrayList<>();
        for (Column column : columns) {
            cells.add(column.at(positions));
        }
        return new Frame(schema, List.copyOf(cells), positions.length);
    }

    /// The rows for which `keep` is true, in order.
    public Frame filter(IntPredicate keep) {
        int[] positions = new int[rows];
        int n = 0;
        for (int i = 0; i < rows; i++) {
            if (keep.test(i)) {
                positions[n++] = i;
            }
        }
        return at(Arrays.copyOf(positions, n));
    }

    /// The rows in the order of these keys, the first deciding before the second. Stable: rows that are
    /// equal in all keys keep their order. Numbers go by size, false before true, categories by level,
    /// texts by code point, instants by time; missing cells come last.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a column does not exist
    public Frame sort(List<SortKey> keys) {
        return at(Ordering.of(this, keys));
    }

    /// This frame's columns and, of the rows of `right` with the same keys, the other columns.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) as [#join(Frame, List, JoinKind, String)], and if both
    ///     frames have another column of the same name
    public Frame join(Frame right, List<String> keys, JoinKind kind) {
        return Joining.join(this, right, keys, kind, "");
    }

    /// This frame's columns and, of the rows of `right` with the same keys, the other columns.
    ///
    /// Rows come in this frame's order, and among the partners of one row in the right frame's. A row
    /// with several partners comes once for each. Numbers are equal keys by value, longs or doubles;
    /// categories and texts by their text. A missing cell equals nothing, as in SQL.
    ///
    /// @param keys   at least one column that both frames have
    /// @param suffix put behind the names of right columns that this frame has too; empty to have
    ///     none of these
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a key does not exist or holds different sorts of things
    ///     on the two sides, or if a name would occur twice
    public Frame join(Frame right, List<String> keys, JoinKind kind, String suffix) {
        return Joining.join(this, right, keys, kind, suffix);
    }

    /// One row for each combination of cells in the key columns, in the order of first appearance: the
    /// keys, then the aggregates. Missing cells make a group of their own. Without keys, all rows are
    /// one group. Sums run through the rows in order, so they are the same each time.
    ///
    /// @throws dev.assay.fault.Fault (BAD_DATA) if a column does not exist or has no sum, or a sum of longs
    ///     does not fit
    public Frame groupBy(List<String> keys, List<Aggregate> aggregates) {
        return Grouping.group(this, keys, aggregates);
    }

    /// The digest of names and cells, the same whatever file they came from.
    ///
    /// SHA-256 over, with all integers big-endian: the 14 bytes `assay.frame.1` and a line feed in
    /// ASCII; the number of columns and the number of rows, 8 bytes each; then for each column in order
    /// the length of its name in UTF-8 as 8 bytes, the name, and the 32 bytes of the SHA-256 over its
    /// cells. A cell is
    ///
    /// | cell | bytes |
    /// |---|---|
    /// | missing, of any type | `00` |
    /// | long, or double that is whole and not beyond 2^53 in size (-0 is 0) | `01`, two's
    /// complement in 8 bytes |
    /// | any other double | `02`, its IEEE 754 bits in 8 bytes |
    /// | false, true | `03`, `04` |
    /// | text, or a category's text | `05`, length in UTF-8 as 8 bytes, the text in UTF-8 |
    /// | instant | `06`, microseconds since 1970-01-01T00:00Z in two's complement in 8 bytes |
    /// | date | `07`, days since 1970-01-01 in two's complement in 8 bytes |
    /// | date and time without zone | `08`, microseconds since 1970-01-01T00:00 in two's complement
    /// in 8 bytes |
    ///
    /// So neither units nor levels count, nor whether a column of whole numbers is kept as longs or
    /// doubles, nor whether texts are coded. The layout is fixed: a new one would have another first
    /// line.
    public Digest digest() {
        return FrameDigest.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frame that && schema.equals(that.schema) && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return 31 * schema.hashCode() + rows;
    }

    /// Rows, columns and their types; never cell values.
    @Override
    public String toString() {
        return rows + " rows x " + schema.fields();
    }
}
