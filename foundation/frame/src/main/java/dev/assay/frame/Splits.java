package dev.assay.frame;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.internal.Ordering;
import dev.assay.frame.internal.RowKeys;
import dev.assay.frame.internal.StoredKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Seeded divisions of rows into parts: training and test, folds, before and after.
///
/// Every method returns the row positions of each part, ascending; each row is in exactly one part.
/// Shares are not negative and sum to 1. Sizes are shares rounded by largest remainder (Hare and
/// Niemeyer; of equal remainders the earlier part wins), so they sum up exactly and are off by less
/// than one each; a part may be empty if its share is smaller than one row.
///
/// ```java
/// List<int[]> parts = Splits.byRow(frame.rows(), new double[] {0.8, 0.2}, seed.child("split"));
/// Frame training = frame.at(parts.get(0));
/// Frame test = frame.at(parts.get(1));
/// ```
public final class Splits {
    /// How far the shares' sum may be from 1: far above rounding, far below a slip of the pen.
    public static final double SHARES_TOLERANCE = 1e-9;

    private Splits() {}

    /// Rows at random: a seeded permutation, cut at the parts' sizes.
    ///
    /// @throws Fault (BAD_SETTING) if the shares are negative or do not sum to 1
    public static List<int[]> byRow(int rows, double[] shares, Seed seed) {
        return sets(rows, shares, seed).stream()
                .map(part -> part.stream().toArray())
                .toList();
    }

    /// The same parts as bit sets. Four bytes a row are held while they are made.
    ///
    /// @throws Fault (BAD_SETTING) if the shares are negative or do not sum to 1
    public static List<BitSet> sets(int rows, double[] shares, Seed seed) {
        int[] sizes = sizes(rows, shares);
        int[] order = Draws.permutation(rows, seed.generator());
        List<BitSet> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            BitSet part = new BitSet(rows);
            for (int i = from; i < from + size; i++) {
                part.set(order[i]);
            }
            parts.add(part);
            from += size;
        }
        return parts;
    }

    /// Groups of rows at random, each whole in one part: rows with equal cells in `columns` are a
    /// group, and rows whose cell is missing are one too. The shares are shares of groups; with groups
    /// of unequal size the parts' rows follow them only on average. Groups are numbered by first
    /// appearance.
    ///
    /// @throws Fault (BAD_SETTING) if the shares are negative or do not sum to 1, (BAD_DATA) if a column
    ///     does not exist
    public static List<int[]> byGroup(Frame frame, List<String> columns, double[] shares, Seed seed) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("groups need at least one column");
        }
        int[] group = RowKeys.groups(frame, columns);
        int groups = Arrays.stream(group).max().orElse(-1) + 1;
        int[] partOf = new int[groups];
        List<int[]> parts = byRow(groups, shares, seed);
        for (int p = 0; p < parts.size(); p++) {
            for (int g : parts.get(p)) {
                partOf[g] = p;
            }
        }
        return IntStream.range(0, shares.length)
                .mapToObj(p -> IntStream.range(0, frame.rows())
                        .filter(row -> partOf[group[row]] == p)
                        .toArray())
                .toList();
    }

    /// Rows by time: every row of a part is strictly earlier than every row of the next. Rows of the
    /// same time stay together, so a cut that would fall among them moves to their nearer end, the
    /// earlier one if both are as near.
    ///
    /// @param column instants or numbers without missing cells
    /// @throws Fault (BAD_SETTING) if the shares are negative or do not sum to 1, (BAD_DATA) if the column
    ///     does not exist, holds no instants or numbers, or has missing cells
    public static List<int[]> byTime(Frame frame, String column, double[] shares) {
        Column time = frame.column(column);
        requireTime(column, time.type(), time.missing());
        int[] order = Ordering.of(frame, List.of(SortKey.ascending(column)));
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        int wanted = 0;
        for (int size : sizes(frame.rows(), shares)) {
            wanted += size;
            int to = betweenTimes(time, order, wanted);
            int[] part = Arrays.copyOfRange(order, from, to);
            Arrays.sort(part);
            parts.add(part);
            from = to;
        }
        return parts;
    }

    /// The first part by groups of a table that is not held, in two: see [#byGroup(Frame, List,
    /// double[], Seed)]. One bit a row and a few bytes a group are held.
    ///
    /// @param share of groups in the first part, 0 to 1
    /// @param spill a folder for what does not fit into memory, made if it is needed
    public static BitSet byGroup(FrameFile table, List<String> columns, double share, Seed seed, Path spill) {
        return StoredKeys.groups(table.stored(), columns, spill, groups -> {
            BitSet chosen = sets(Math.toIntExact(groups), new double[] {share, 1 - share}, seed)
                    .getFirst();
            return chosen::get;
        });
    }

    /// The first part by time of a table that is not held, in two: see [#byTime(Frame, String,
    /// double[])]. One bit a row
    /// is held.
    ///
    /// @param share of rows in the first part, 0 to 1
    /// @param spill a folder for what does not fit into memory, made if it is needed
    public static BitSet byTime(FrameFile table, String column, double share, Path spill) {
        int place = table.schema().indexOf(column);
        requireTime(column, table.schema().fields().get(place).type(), table.missing()[place]);
        int cut = sizes(Math.toIntExact(table.rows()), new double[] {share, 1 - share})[0];
        return StoredKeys.upTo(table.stored(), column, cut, spill);
    }

    private static void requireTime(String column, ColumnType type, long missing) {
        boolean ordered = switch (type) {
            case INSTANT, DATE_TIME, DATE, LONG, DOUBLE -> true;
            case BOOLEAN, CATEGORY, TEXT -> false;
        };
        if (!ordered) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + column + "' holds " + type + ", which is no time; name a column of instants or "
                            + "numbers.");
        }
        if (missing > 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + column + "' has " + missing + (missing == 1 ? " missing cell" : " missing cells")
                            + ", which have no place in "
                            + "time; leave them out first.");
        }
    }

    /// The place nearest to `cut` where the time changes.
    private static int betweenTimes(Column time, int[] order, int cut) {
        int earlier = cut;
        while (earlier > 0 && earlier < order.length && same(time, order[earlier - 1], order[earlier])) {
            earlier--;
        }
        int later = cut;
        while (later > 0 && later < order.length && same(time, order[later - 1], order[later])) {
            later++;
        }
        return cut - earlier <= later - cut ? earlier : later;
    }

    private static boolean same(Column time, int row, int otherRow) {
        return switch (time) {
            case Column.Dates c -> c.day(row) == c.day(otherRow);
            case Column.Moments c -> c.micros(row) == c.micros(otherRow);
            case Column.Longs c -> c.value(row) == c.value(otherRow);
            case Column.Doubles c -> c.value(row) == c.value(otherRow);
            case Column.Booleans c -> c.value(row) == c.value(otherRow);
            case Column.Categories c -> c.code(row) == c.code(otherRow);
            case Column.Texts c -> Objects.equals(c.text(row), c.text(otherRow));
        };
    }

    /// Sizes that sum to `rows`, by largest remainder.
    private static int[] sizes(int rows, double[] shares) {
        double sum = 0;
        for (double share : shares) {
            if (!(share >= 0)) {
                throw Fault.of(Fault.Kind.BAD_SETTING, "shares must not be negative, got " + share + "; correct it.");
            }
            sum += share;
        }
        if (!(Math.abs(sum - 1) <= SHARES_TOLERANCE)) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "shares must sum to 1, they sum to " + sum + "; correct them.");
        }
        int[] sizes = new int[shares.length];
        double[] remainders = new double[shares.length];
        int left = rows;
        for (int i = 0; i < shares.length; i++) {
            double exact = rows * shares[i];
            double nearest = Math.rint(exact);
            // 0.29 of 100 is 28.999... in floating point, and means 29.
            boolean whole = Math.abs(exact - nearest) <= rows * SHARES_TOLERANCE;
            sizes[i] = (int) Math.min(left, whole ? nearest : Math.floor(exact));
            remainders[i] = whole ? 0 : exact - sizes[i];
            left -= sizes[i];
        }
        while (left > 0) {
            int largest = 0;
            for (int i = 1; i < shares.length; i++) {
                if (remainders[i] > remainders[largest]) {
                    largest = i;
                }
            }
            sizes[largest]++;
            remainders[largest] = -1;
            left--;
        }
        return sizes;
    }
}
