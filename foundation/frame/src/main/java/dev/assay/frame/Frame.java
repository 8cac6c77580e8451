package dev.assay.frame;

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
