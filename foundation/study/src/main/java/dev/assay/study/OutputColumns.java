package dev.assay.study;

import dev.assay.frame.Column;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.receipt.ColumnReader;
import dev.assay.receipt.ColumnSample;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Reads columns of runs' outputs for comparing distributions: any file that [Frames] reads.
///
/// Numbers are numbers, dates days and other times microseconds since 1970; booleans, categories and
/// texts are categories.
/// Missing cells are left out, and so are infinite numbers.
public final class OutputColumns implements ColumnReader {
    /// The one reader there is.
    public static final OutputColumns READER = new OutputColumns();

    private OutputColumns() {}

    @Override
    public ColumnSample read(Path file, String column) {
        return sample(
                Frames.read(file, ReadOptions.DEFAULTS.withColumns(column)).column(column));
    }

    /// The values of a column.
    static ColumnSample sample(Column column) {
        return switch (column.type()) {
            case DOUBLE, LONG, DATE, DATE_TIME, INSTANT -> numbers(column);
            case BOOLEAN, CATEGORY, TEXT -> categories(column);
        };
    }

    private static ColumnSample numbers(Column column) {
        double[] values = new double[column.length()];
        int n = 0;
        for (int row = 0; row < values.length; row++) {
            double value = column.number(row);
            if (Double.isFinite(value)) {
                values[n++] = value;
            }
        }
        return ColumnSample.Numbers.of(Arrays.copyOf(values, n));
    }

    private static ColumnSample categories(Column column) {
        Map<String, Long> counts = new TreeMap<>();
        for (int row = 0; row < column.length(); row++) {
            String text = column.text(row);
            if (text != null) {
                counts.merge(text, 1L, Long::sum);
            }
        }
        return new ColumnSample.Categories(counts);
    }
}
