package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keys by which rows of two tables are brought together.
final class Keys {
    private static final int NAMED = 3;

    private Keys() {}

    /// Each cell as a text; whole numbers are the same whether read as longs or as doubles. Missing ones
    /// are
    /// empty.
    static List<String> texts(Column cells) {
        List<String> texts = new ArrayList<>(cells.length());
        for (int i = 0; i < cells.length(); i++) {
            String text = text(cells, i);
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    /// A cell as a text, null if it is missing; whole numbers are the same whether read as longs or as
    /// doubles.
    static @Nullable String text(Column cells, int row) {
        boolean whole = cells instanceof Column.Doubles doubles
                && doubles.value(row) == Math.rint(doubles.value(row))
                && Math.abs(doubles.value(row)) < 0x1p53;
        return whole ? Long.toString((long) cells.number(row)) : cells.text(row);
    }

    /// For each row of the sample the row of the weights with its key.
    ///
    /// @throws Fault (BAD_DATA) naming keys that the weights have twice, that the sample has not, or
    ///     that the
    ///     weights lack
    static int[] join(List<String> sample, List<String> weights, String key) {
        Map<String, Integer> at = HashMap.newHashMap(sample.size());
        for (int i = 0; i < sample.size(); i++) {
            at.put(sample.get(i), i);
        }
        int[] rows = new int[sample.size()];
        java.util.Arrays.fill(rows, -1);
        List<String> foreign = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        for (int r = 0; r < weights.size(); r++) {
            Integer i = at.get(weights.get(r));
            if (i == null) {
                foreign.add(weights.get(r));
            } else if (rows[i] >= 0) {
                doubled.add(weights.get(r));
            } else {
                rows[i] = r;
            }
        }
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0) {
                missing.add(sample.get(i));
            }
        }
        refuse(foreign, "the weights have keys in column '" + key + "' that the sample has not");
        refuse(doubled, "the weights have keys in column '" + key + "' more than once");
        refuse(missing, "the sample has keys in column '" + key + "' that the weights have not");
        return rows;
    }

    private static void refuse(List<String> keys, String what) {
        if (!keys.isEmpty()) {
            String first = "'" + String.join("', '", keys.subList(0, Math.min(NAMED, keys.size()))) + "'";
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    what + ": " + first + (keys.size() > NAMED ? " and " + (keys.size() - NAMED) + " more" : "")
                            + "; give the weights of this sample, one for each row");
        }
    }
}
