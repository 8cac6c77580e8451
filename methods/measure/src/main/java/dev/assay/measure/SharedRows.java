package dev.assay.measure;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.measure.internal.Codes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Rows of a table held out that stand in the training table as they are, and how many of them chance
/// would make.
///
/// Rows are the same if all their cells are: numbers by value, all else by text, missing cells alike. A
/// table with few columns of few levels has many equal rows, on the same side and across. So the count is
/// set beside that of random splits: the rows of both tables are pooled and dealt out anew at the same two
/// sizes. A holdout of rows that nobody trained on is one such split. One that was trained on holds more
/// of its equal rows across than a split would.
///
/// @param rows     rows of the held-out table that a training row equals
/// @param expected how many of them random splits have on average
/// @param beyond   whether it is more than every one of the splits: at the most one in a thousand holdouts
///                 that were dealt out by chance (one in two hundred of tables with more than a million rows
///                 that have a twin)
public record SharedRows(int rows, double expected, boolean beyond) {
    private static final int MOST_SPLITS = 999;
    private static final int FEWEST_SPLITS = 199;
    /// Rows dealt out over all splits from which on there are fewer of them.
    private static final long DEALT = 200_000_000;

    /// Counts the rows of `holdout` that stand in `training`.
    ///
    /// @param columns by which rows are compared
    /// @throws Fault (BAD_DATA) if a column does not exist or there is none
    public static SharedRows of(Frame holdout, Frame training, List<String> columns, Seed seed) {
        if (columns.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "there is no column by which rows could be compared; name one.");
        }
        int held = holdout.rows();
        int[] group = groups(holdout, training, columns);
        int count = Arrays.stream(group).max().orElse(-1) + 1;
        int[] size = new int[count];
        int[] heldOf = new int[count];
        for (int row = 0; row < group.length; row++) {
            size[group[row]]++;
            heldOf[group[row]] += row < held ? 1 : 0;
        }
        int shared = 0;
        long twins = 0;
        for (int g = 0; g < count; g++) {
            shared += size[g] > heldOf[g] ? heldOf[g] : 0;
            twins += size[g] > 1 ? size[g] : 0;
        }
        if (twins == 0) {
            return new SharedRows(0, 0, false);
        }
        int splits = (int) Math.max(FEWEST_SPLITS, Math.min(MOST_SPLITS, DEALT / twins));
        double sum = 0;
        boolean beyond = true;
        for (int split = 0; split < splits; split++) {
            int by = dealt(size, held, group.length, seed.child(split).generator());
            sum += by;
            beyond &= shared > by;
        }
        return new SharedRows(shared, sum / splits, beyond);
    }

    /// Rows held out with a twin among the others, where so many of all rows are held out by chance. Rows
    /// without a twin need not be dealt: they only take places, as the order of dealing does not count.
    private static int dealt(int[] size, int held, int all, RandomGenerator random) {
        int places = held;
        int left = all;
        int shared = 0;
        for (int of : size) {
            if (of < 2) {
                continue;
            }
            int here = 0;
            for (int i = 0; i < of; i++) {
                if (random.nextInt(left--) < places) {
                    places--;
                    here++;
                }
            }
            shared += here < of ? here : 0;
        }
        return shared;
    }

    /// The group of equal rows of each row, those of the holdout first.
    private static int[] groups(Frame holdout, Frame training, List<String> columns) {
        int held = holdout.rows();
        int[] group = new int[held + training.rows()];
        for (String column : columns) {
            Codes.Joint codes = Codes.Joint.ofValues(holdout.column(column), training.column(column));
            Map<Long, Integer> refined = new HashMap<>();
            for (int row = 0; row < group.length; row++) {
                int code = row < held ? codes.first()[row] : codes.second()[row - held];
                long key = (long) group[row] << 32 | code;
                Integer known = refined.putIfAbsent(key, refined.size());
                group[row] = known == null ? refined.size() - 1 : known;
            }
        }
        return group;
    }
}
