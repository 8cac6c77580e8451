package dev.assay.inference;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The independent units of a sample, over which it is resampled: its rows, or clusters of rows such as
/// households.
///
/// Choose the highest unit that is independent and about which the claim is made. Rows that share a household,
/// a host or an episode are not independent, and an interval over such rows is too narrow.
public final class Units {
    private final String kind;
    private final int count;
    private final int[] ofRow;

    private Units(String kind, int count, int[] ofRow) {
        this.kind = kind;
        this.count = count;
        this.ofRow = ofRow;
    }

    /// Every row is a unit.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows
    public static Units rows(int rows) {
        if (rows < 1) {
            throw noRows();
        }
        int[] ofRow = new int[rows];
        Arrays.setAll(ofRow, i -> i);
        return new Units("row", rows, ofRow);
    }

    /// Rows with the same key are one unit. Units are ordered by their keys' texts, in code-point order.
    ///
    /// @param kind what a unit is, for the reader: `household`
    /// @param keys a key for each row
    /// @throws Fault (BAD_DATA) if there are no rows or a key is missing, naming the row
    public static Units clusters(String kind, Column keys) {
        if (keys.length() == 0) {
            throw noRows();
        }
        Map<String, Integer> number = new HashMap<>();
        int[] seen = new int[keys.length()];
        for (int row = 0; row < seen.length; row++) {
            String key = keys.text(row);
            if (key == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "row " + row + " has no " + kind + " key, so it belongs to no unit; give it one.");
            }
            Integer known = number.putIfAbsent(key, number.size());
            seen[row] = known == null ? number.size() - 1 : known;
        }
        String[] ordered = number.keySet().toArray(new String[0]);
        Arrays.sort(ordered, Units::codePointOrder);
        int[] rank = new int[ordered.length];
        for (int i = 0; i < ordered.length; i++) {
            rank[Objects.requireNonNull(number.get(ordered[i]))] = i;
        }
        for (int row = 0; row < seen.length; row++) {
            seen[row] = rank[seen[row]];
        }
        return new Units(kind, ordered.length, seen);
    }

    /// What a unit is.
    public String kind() {
        return kind;
    }

    /// Number of units.
    public int count() {
        return count;
    }

    /// Number of rows.
    public int rows() {
        return ofRow.length;
    }

    /// The unit of a row, `0..count-1`.
    public int of(int row) {
        return ofRow[row];
    }

    /// UTF-16 puts the surrogates of rare characters below U+E000 to U+FFFF; code points do not.
    private static int codePointOrder(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean rareX = Character.isSurrogate(x);
                return rareX == Character.isSurrogate(y) ? Character.compare(x, y) : rareX ? lift(y) : -lift(x);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int lift(char ordinary) {
        return ordinary > Character.MAX_SURROGATE || ordinary < Character.MIN_SURROGATE ? 1 : 0;
    }

    private static Fault noRows() {
        return Fault.of(Fault.Kind.BAD_DATA, "the sample has no rows; a measure of nothing is not 0, give some rows.");
    }
}
