package dev.assay.study.internal.store;

import dev.assay.engine.Engine;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.receipt.Digest;
import dev.assay.receipt.Profile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the columns of a table hold, in a few numbers.
public final class Profiles {
    private Profiles() {}

    /// The tables of a stage, by artefact and column, as they are kept beside the tables.
    public record Tables(Map<String, Map<String, Profile>> tables) {}

    /// The profiles of a table's columns, one partition a column.
    public static Map<String, Profile> of(Frame frame, Engine engine) {
        List<Column> columns = frame.columns();
        return named(frame, engine.map(columns.size(), i -> of(columns.get(i))));
    }

    /// The profiles of a table's columns, one after the other.
    public static Map<String, Profile> of(Frame frame) {
        return named(frame, frame.columns().stream().map(Profiles::of).toList());
    }

    /// The digest and the profiles of a table that is not held.
    ///
    /// @param engine columns are its partitions
    /// @param spill a folder for what does not fit into memory, made if it is needed
    public static Looked of(FrameFile table, Path spill, Engine engine) {
        return ProfilePasses.over(table, spill, engine);
    }

    /// What a table says, and what its columns hold.
    public record Looked(Digest digest, Map<String, Profile> profiles) {}

    private static Map<String, Profile> named(Frame frame, List<Profile> profiles) {
        Map<String, Profile> named = new LinkedHashMap<>();
        List<String> names = frame.schema().names();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), profiles.get(i));
        }
        return named;
    }

    /// The profile of a column. Booleans and categories are named one by one. Texts are where there
    /// are few
    /// different ones; many are names, ids or prose, which a receipt must not spread.
    static Profile of(Column column) {
        return switch (column.type()) {
            case DOUBLE, LONG, DATE, DATE_TIME, INSTANT -> numbers(column);
            case BOOLEAN, CATEGORY, TEXT -> categories(column);
        };
    }

    private static Profile categories(Column column) {
        Map<String, Long> counts = new HashMap<>();
        for (int row = 0; row < column.length(); row++) {
            String text = column.text(row);
            if (text != null) {
                counts.merge(text, 1L, Long::sum);
            }
        }
        if (column.type() == ColumnType.TEXT && counts.size() > Profile.COUNTED_VALUES) {
            return Profile.Categorical.unnamed(column.length(), column.missing(), counts.size());
        }
        return Profile.Categorical.of(counts, column.missing());
    }

    private static Profile numbers(Column column) {
        double[] values = new double[column.length()];
        int n = 0;
        double sum = 0;
        for (int row = 0; row < values.length; row++) {
            double value = column.number(row);
            if (!Double.isNaN(value)) {
                // Makes -0 and 0 one value.
                values[n++] = value + 0.0;
                sum += value;
            }
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        double[] sorted = n == values.length ? values : Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        long distinct = n == 0 ? 0 : 1;
        for (int i = 1; i < n; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return new Profile.Numeric(
                column.length(),
                column.length() - n,
                distinct,
                finite(n == 0 ? Double.NaN : sorted[0]),
                finite(n == 0 ? Double.NaN : sorted[n - 1]),
                finite(mean),
                finite(Math.sqrt(squares / n)));
    }

    /// Nothing for columns without a value, and for those with infinite numbers or sums.
    static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
