package dev.assay.weigh.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table and the household that each of its rows belongs to. Rows are kept in the order of their households;
/// where they came in another order, `origin` says which row each was.
public final class Membership {
    private final Frame frame;
    /// First row of each household, and past the last.
    private final int[] starts;
    private final int @Nullable [] origin;
    private final Map<Object, Integer> households;

    private Membership(Frame frame, int[] starts, int @Nullable [] origin, Map<Object, Integer> households) {
        this.frame = frame;
        this.starts = starts;
        this.origin = origin;
        this.households = households;
    }

    /// The households, each belonging to itself.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows, or an id is missing or repeated
    public static Membership ofHouseholds(String name, Frame frame, String key) {
        if (frame.rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "The table '" + name + "' has no rows.");
        }
        Column ids = frame.column(key);
        Map<Object, Integer> households = HashMap.newHashMap(frame.rows());
        int[] starts = new int[frame.rows() + 1];
        for (int i = 0; i < frame.rows(); i++) {
            Integer same = households.putIfAbsent(id(name, ids, key, i), i);
            if (same != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Rows " + same + " and " + i + " of table '" + name + "' have the same id in column '" + key
                                + "'; each household must occur once.");
            }
            starts[i + 1] = i + 1;
        }
        return new Membership(frame, starts, null, households);
    }

    /// A table whose rows belong to these households.
    ///
    /// @throws Fault (BAD_DATA) if an id is missing or no household has it
    public Membership members(String name, Frame rows, String key) {
        Column ids = rows.column(key);
        int[] owners = new int[rows.rows()];
        int[] first = new int[households.size() + 1];
        boolean ordered = true;
        for (int i = 0; i < owners.length; i++) {
            Integer owner = households.get(id(name, ids, key, i));
            if (owner == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Row " + i + " of table '" + name + "' has an id in column '" + key
                                + "' that no household has; remove the row or add its household.");
            }
            owners[i] = owner;
            first[owner + 1]++;
            ordered &= i == 0 || owners[i - 1] <= owner;
        }
        for (int h = 0; h < households.size(); h++) {
            first[h + 1] += first[h];
        }
        if (ordered) {
            return new Membership(rows, first, null, households);
        }
        int[] next = first.clone();
        int[] order = new int[owners.length];
        for (int i = 0; i < owners.length; i++) {
            order[next[owners[i]]++] = i;
        }
        return new Membership(rows.at(order), first, order, households);
    }

    private static Object id(String name, Column ids, String key, int row) {
        if (ids.isMissing(row)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "Row " + row + " of table '" + name + "' has no id in column '" + key + "'.");
        }
        return switch (ids) {
            case Column.Longs longs -> longs.value(row);
            // A column of whole numbers that was read as doubles still joins one that was read as longs.
            case Column.Doubles doubles
            when doubles.value(row) == Math.rint(doubles.value(row)) && Math.abs(doubles.value(row)) < 0x1p53 ->
                (long) doubles.value(row);
            case Column.Doubles doubles -> doubles.value(row);
            case Column.Booleans booleans -> booleans.value(row);
            case Column.Instants instants -> instants.micros(row);
            case Column.Categories categories -> String.valueOf(categories.text(row));
            case Column.Texts texts -> String.valueOf(texts.text(row));
        };
    }

    /// Number of rows.
    public int rows() {
        return frame.rows();
    }

    /// The rows, in the order of their households.
    Frame frame() {
        return frame;
    }

    /// The first row of a household; that of the next household is past its last.
    int start(int household) {
        return starts[household];
    }

    /// Which row of the table as given this one is.
    int origin(int row) {
        return origin == null ? row : origin[row];
    }

    /// A numeric column, in the order of [#frame()].
    public double[] numbers(String column) {
        return frame.numbers(column);
    }

    /// Rows a household.
    public double[] sizes() {
        double[] sizes = new double[starts.length - 1];
        for (int h = 0; h < sizes.length; h++) {
            sizes[h] = starts[h + 1] - starts[h];
        }
        return sizes;
    }

    /// Each row's household's weight, in the order of the table as given.
    public double[] spread(double[] weights) {
        if (weights.length != starts.length - 1) {
            throw new IllegalArgumentException(
                    "there are " + (starts.length - 1) + " households and " + weights.length + " weights");
        }
        double[] spread = new double[frame.rows()];
        for (int h = 0; h < weights.length; h++) {
            for (int row = starts[h]; row < starts[h + 1]; row++) {
                spread[origin(row)] = weights[h];
            }
        }
        return spread;
    }
}
