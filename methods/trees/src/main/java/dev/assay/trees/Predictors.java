package dev.assay.trees;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An immutable table of predictors, `[rows, features]`, stored by column.
///
/// Numbers, integers, booleans (0 and 1), dates (days) and other times (microseconds) of a [Frame]
/// become numeric features,
/// coded categories and texts categorical ones. Missing cells stay missing; every model here accepts
/// them.
public final class Predictors {
    private final List<Feature> features;
    private final int rows;

    private Predictors(List<Feature> features, int rows) {
        this.features = List.copyOf(features);
        this.rows = rows;
    }

    /// A table of these features.
    ///
    /// @throws IllegalArgumentException if there is none (see [#none(int)]), lengths differ or a
    /// name occurs
    ///     twice
    public static Predictors of(List<? extends Feature> features) {
        if (features.isEmpty()) {
            throw new IllegalArgumentException("no feature says how many rows there are; use Predictors.none(rows)");
        }
        int rows = features.getFirst().length();
        Set<String> names = new HashSet<>();
        for (Feature f : features) {
            if (f.length() != rows) {
                throw new IllegalArgumentException(
                        "predictor '" + f.name() + "' has " + f.length() + " rows, the first has " + rows);
            }
            if (!names.add(f.name())) {
                throw new IllegalArgumentException("two predictors are named '" + f.name() + "'");
            }
        }
        return new Predictors(List.copyOf(features), rows);
    }

    /// A table without features: every row looks the same to a model.
    ///
    /// @throws IllegalArgumentException if `rows < 0`
    public static Predictors none(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("a table cannot have " + rows + " rows");
        }
        return new Predictors(List.of(), rows);
    }

    /// These columns of a frame, in this order.
    ///
    /// @throws Fault (BAD_DATA) if a column does not exist
    public static Predictors of(Frame frame, List<String> columns) {
        return of(frame, columns, Set.of());
    }

    /// These columns of a frame, in this order; those named in `coded` are categories even if they hold
    /// numbers.
    ///
    /// @throws Fault (BAD_DATA) if a column does not exist
    public static Predictors of(Frame frame, List<String> columns, Set<String> coded) {
        List<Feature> features = new ArrayList<>(columns.size());
        for (String name : columns) {
            features.add(coded.contains(name) ? categories(name, frame.column(name)) : feature(frame, name));
        }
        return features.isEmpty() ? none(frame.rows()) : of(features);
    }

    /// Numeric features `x0, x1, ...` from columns `[features][rows]`.
    public static Predictors numeric(double[]... columns) {
        List<Feature> features = new ArrayList<>(columns.length);
        for (int f = 0; f < columns.length; f++) {
            features.add(new Feature.Numeric("x" + f, columns[f]));
        }
        return of(features);
    }

    private static Feature feature(Frame frame, String name) {
        Column column = frame.column(name);
        return switch (column) {
            case Column.Categories c -> new Feature.Categorical(name, c.toArray(), c.levels());
            case Column.Texts t -> categories(name, t);
            case Column.Doubles d -> new Feature.Numeric(name, d.toArray());
            case Column.Longs l -> new Feature.Numeric(name, frame.numbers(name));
            case Column.Booleans b -> new Feature.Numeric(name, frame.numbers(name));
            case Column.Dates d -> new Feature.Numeric(name, frame.numbers(name));
            case Column.Moments m -> new Feature.Numeric(name, frame.numbers(name));
        };
    }

    private static Feature categories(String name, Column column) {
        @Nullable String[] texts = new String[column.length()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = column.text(i);
        }
        Column.Categories c = column instanceof Column.Categories coded ? coded : Column.Categories.of(texts);
        return new Feature.Categorical(name, c.toArray(), c.levels());
    }

    /// Number of rows.
    public int rows() {
        return rows;
    }

    /// The features, in order.
    public List<Feature> features() {
        return features;
    }

    /// The names of the features, in order.
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /// The rows at these positions, in this order; a position may occur more than once.
    public Predictors at(int[] positions) {
        List<Feature> chosen = new ArrayList<>(features.size());
        for (Feature f : features) {
            chosen.add(f.at(positions));
        }
        return new Predictors(chosen, positions.length);
    }
}
