package dev.assay.weigh.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.weigh.RowPlaces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table and the household that each of its rows belongs to. Rows are kept in the order of their
/// households; where they came in another order, `origin` says which row each was.
public final class Membership {
    private final String name;
    private final RowPlaces places;
    private final Frame frame;
    /// First row of each household, and past the last.
    private final int[] starts;
    private final int @Nullable [] origin;
    /// The row of each id, by which the rows of a table below are joined; empty where ids are not
    /// unique.
    private final Map<Object, Integer> ids;
    /// The household of each row.
    private final int[] owners;
    /// Tables above, nearest first, whose columns this one's conditions may name too.
    private final List<Above> above;

    /// A table above, and for each row the row of that table it belongs to.
    private record Above(String name, Frame frame, int[] rows) {
        Above at(int[] order) {
            return new Above(name, frame, IntStream.of(order).map(i -> rows[i]).toArray());
        }
    }

    private Membership(
            String name,
            RowPlaces places,
            Frame frame,
            int[] starts,
            int @Nullable [] origin,
            Map<Object, Integer> ids,
            int[] owners,
            List<Above> above) {
        this.name = name;
        this.places = places;
        this.frame = frame;
        this.starts = starts;
        this.origin = origin;
        this.ids = ids;
        this.owners = owners;
        this.above = List.copyOf(above);
    }

    /// The households, each belonging to itself.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows, or an id is missing or repeated
    public static Membership ofHouseholds(String name, Frame frame, RowPlaces places, String key) {
        if (frame.rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "The table '" + name + "' has no rows.");
        }
        Map<Object, Integer> households = unique(name, frame, places, key);
        int[] starts = IntStream.rangeClosed(0, frame.rows()).toArray();
        int[] self = IntStream.range(0, frame.rows()).toArray();
        return new Membership(name, places, frame, starts, null, households, self, List.of());
    }

    /// These households with a table above them, such as regions: each household belongs to one row
    /// of it.
    ///
    /// @throws Fault (BAD_DATA) if an id of that table is missing or repeated, or a household's is
    /// missing
    ///               or not there
    public Membership under(String regionsName, Frame regions, RowPlaces regionsPlaces, String key) {
        Map<Object, Integer> known = unique(regionsName, regions, regionsPlaces, key);
        Column own = frame.column(key);
        int[] rows = new int[frame.rows()];
        for (int i = 0; i < rows.length; i++) {
            Integer row = known.get(id(name, places, own, key, i));
            if (row == null) {
                throw unknown(name, places, own, key, i, regionsName, regions.column(key));
            }
            rows[i] = row;
        }
        List<Above> more = new ArrayList<>(above);
        more.add(new Above(regionsName, regions, rows));
        return new Membership(name, places, frame, starts, origin, ids, owners, more);
    }

    /// A table whose rows belong to rows of this one, and by them to households.
    ///
    /// @throws Fault (BAD_DATA) if an id is missing or this table has none like it, or its own ids
    /// are not
    ///     unique
    public Membership members(String member, Frame rows, RowPlaces memberPlaces, String key) {
        Map<Object, Integer> known = ids.isEmpty() ? unique(name, frame, this::placed, key) : ids;
        Column cells = rows.column(key);
        int[] parents = new int[rows.rows()];
        int[] belongs = new int[rows.rows()];
        int[] first = new int[starts.length];
        boolean ordered = true;
        for (int i = 0; i < belongs.length; i++) {
            Integer parent = known.get(id(member, memberPlaces, cells, key, i));
            if (parent == null) {
                throw unknown(member, memberPlaces, cells, key, i, name, frame.column(key));
            }
            parents[i] = parent;
            belongs[i] = owners[parent];
            first[belongs[i] + 1]++;
            ordered &= i == 0 || belongs[i - 1] <= belongs[i];
        }
        for (int h = 0; h + 1 < first.length; h++) {
            first[h + 1] += first[h];
        }
        List<Above> more = new ArrayList<>();
        more.add(new Above(name, frame, parents));
        above.forEach(a -> more.add(a.at(parents)));
        if (ordered) {
            return new Membership(member, memberPlaces, rows, first, null, Map.of(), belongs, more);
        }
        int[] next = first.clone();
        int[] order = new int[belongs.length];
        for (int i = 0; i < belongs.length; i++) {
            order[next[belongs[i]]++] = i;
        }
        return new Membership(
                member,
                memberPlaces,
                rows.at(order),
                first,
                order,
                Map.of(),
                IntStream.of(order).map(i -> belongs[i]).toArray(),
                more.stream().map(a -> a.at(order)).toList());
    }

    private static Map<Object, Integer> unique(String name, Frame frame, RowPlaces places, String key) {
        Column cells = frame.column(key);
        Map<Object, Integer> known = HashMap.newHashMap(frame.rows());
        for (int i = 0; i < frame.rows(); i++) {
            Integer same = known.putIfAbsent(id(name, places, cells, key, i), i);
            if (same != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Rows " + (same + 1) + " and " + (i + 1) + " of table '" + name + "'" + places.clause(same, i)
                                + " have the same id '" + cells.text(i) + "' in column '" + key
                                + "'; each must occur once.");
            }
        }
        return known;
    }

    /// The table with the columns of tables above that these texts mention and it does not have itself.
    Frame seenBy(Collection<String> texts) {
        String mentioned = String.join("\n", texts).toLowerCase(Locale.ROOT);
        Frame seen = frame;
        for (Above each : above) {
            for (String column : each.frame().schema().names()) {
                String name = column.toLowerCase(Locale.ROOT);
                boolean own = seen.schema().names().stream().anyMatch(n -> n.equalsIgnoreCase(column));
                if (!own && mentioned.contains(name)) {
                    seen = seen.with(column, each.frame().column(column).at(each.rows()));
                }
            }
        }
        return seen;
    }

    /// An id that another table has not, with the types of both: texts and numbers are never the same.
    private static Fault unknown(
            String name, RowPlaces places, Column cells, String key, int row, String other, Column others) {
        boolean alike = isText(cells) == isText(others);
        return Fault.of(
                Fault.Kind.BAD_DATA,
                place(name, places, row) + " has the id '" + cells.text(row) + "' in column '" + key
                        + "', which no row of table '"
                        + other + "' has"
                        + (alike
                                ? "; remove the row, add the one that it belongs to, or correct the id."
                                : ": ids are " + word(cells) + " here and " + word(others)
                                        + " there; have both read as the same type, or write them alike."));
    }

    private static boolean isText(Column column) {
        return column instanceof Column.Texts || column instanceof Column.Categories;
    }

    private static String word(Column column) {
        return switch (column) {
            case Column.Longs c -> "whole numbers";
            case Column.Doubles c -> "numbers";
            case Column.Booleans c -> "true or false";
            case Column.Dates c -> "dates";
            case Column.Moments c -> "times";
            case Column.Categories c -> "texts";
            case Column.Texts c -> "texts";
        };
    }

    /// Rows are counted from 1.
    private static String place(String table, RowPlaces places, int row) {
        return "Row " + (row + 1) + " of table '" + table + "'" + places.clause(row);
    }

    /// What messages call a row, by its position in [#frame()].
    public String place(int row) {
        return place(name, places, origin(row));
    }

    private String placed(int... rows) {
        return places.of(IntStream.of(rows).map(this::origin).toArray());
    }

    private static Object id(String name, RowPlaces places, Column ids, String key, int row) {
        if (ids.isMissing(row)) {
            throw Fault.of(Fault.Kind.BAD_DATA, place(name, places, row) + " has no id in column '" + key + "'.");
        }
        return switch (ids) {
            case Column.Longs longs -> longs.value(row);
            // A column of whole numbers that was read as doubles still joins one that was read as
            // longs.
            case Column.Doubles doubles
            when doubles.value(row) == Math.rint(doubles.value(row)) && Math.abs(doubles.value(row)) < 0x1p53 ->
                (long) doubles.value(row);
            case Column.Doubles doubles -> doubles.value(row);
            case Column.Booleans booleans -> booleans.value(row);
            case Column.Dates dates -> dates.day(row);
            case Column.Moments moments -> moments.micros(row);
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
