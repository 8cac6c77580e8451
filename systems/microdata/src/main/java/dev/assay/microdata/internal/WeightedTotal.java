package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sum of a column, or a count, over rows that come a chunk at a time and in order. Compensated, as
/// totals of millions of rows are compared to nine digits; how the rows are cut into chunks changes
/// nothing.
public final class WeightedTotal {
    private final Optional<String> column;
    private final Optional<String> weight;
    private final String place;
    private long rows;
    private double sum;
    private double lost;

    /// A total of no rows yet.
    ///
    /// @param variable the column to sum; null, empty, `1` or `count` to count
    /// @param weight   a column of numbers
    /// @param place    where a message says that the total stands
    /// @throws Fault (BAD_DATA) if there is no such column or it holds texts or times
    public WeightedTotal(FrameFile table, @Nullable String variable, Optional<String> weight, String place) {
        String summed = variable == null ? "" : variable;
        this.column = summed.isBlank() || summed.equals("1") || summed.equals("count")
                ? Optional.empty()
                : Optional.of(summed);
        this.weight = weight;
        this.place = place;
        if (column.isPresent() && !table.schema().has(summed)) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "there is no column '" + summed + "' to sum."
                                    + Nearest.clause(summed, table.schema().names()))
                    .at(place);
        }
        if (column.isPresent()) {
            ColumnType type = type(table, summed);
            if (!isNumber(type)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "the column '" + summed + "' holds " + held(type) + " and cannot be summed")
                        .at(place);
            }
        }
    }

    /// @throws Fault (BAD_DATA) if there is no such column, or it holds texts or times and so no weights
    public static void requireWeights(FrameFile table, String weight) {
        ColumnType type = type(table, weight);
        if (!isNumber(type)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "the column '" + weight + "' holds " + held(type) + " and cannot be a weight");
        }
    }

    private static ColumnType type(FrameFile table, String column) {
        return table.schema().fields().get(table.schema().indexOf(column)).type();
    }

    private static boolean isNumber(ColumnType type) {
        return switch (type) {
            case DOUBLE, LONG, BOOLEAN -> true;
            case CATEGORY, TEXT, DATE, DATE_TIME, INSTANT -> false;
        };
    }

    private static String held(ColumnType type) {
        return type == ColumnType.TEXT || type == ColumnType.CATEGORY ? "texts" : "dates or times";
    }

    /// The column that is summed, nothing where rows are counted.
    public Optional<String> column() {
        return column;
    }

    /// Adds rows of a chunk.
    ///
    /// @param first the position in the table of the chunk's first row
    /// @param chosen the rows of the chunk to add
    /// @throws Fault (BAD_DATA) if one of them has no weight or no value
    public void add(Frame chunk, long first, BitSet chosen) {
        Column values = column.map(chunk::column).orElse(null);
        Column weights = weight.map(chunk::column).orElse(null);
        for (int row = chosen.nextSetBit(0); row >= 0; row = chosen.nextSetBit(row + 1)) {
            double term = (weights == null ? 1 : weights.number(row)) * (values == null ? 1 : values.number(row));
            if (Double.isNaN(term)) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "row " + (first + row + 1) + " of the table has no weight or no value to sum; "
                                        + "require both when validating, or filter such rows out")
                        .at(place);
            }
            double y = term - lost;
            double t = sum + y;
            // Past infinity the correction is not a number.
            lost = Double.isFinite(t) ? (t - sum) - y : 0;
            sum = t;
            rows++;
        }
    }

    /// How many rows were added.
    public long rows() {
        return rows;
    }

    /// The total of the rows added.
    public double sum() {
        return sum;
    }
}
