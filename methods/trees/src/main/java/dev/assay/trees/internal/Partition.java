package dev.assay.trees.internal;

/// Splits the rows of a node in two.
final class Partition {
    private Partition() {}

    /// Moves the rows that go left to the front of `[from, to)`, keeping both sides in order.
    ///
    /// @param scratch at least `to - from` long
    /// @return where the right side starts
    static int stable(byte[] column, int[] rows, int from, int to, Candidate split, int[] scratch) {
        int left = from;
        int right = 0;
        if (split.categorical) {
            for (int i = from; i < to; i++) {
                int row = rows[i];
                if (split.left(column[row] & 0xFF)) {
                    rows[left++] = row;
                } else {
                    scratch[right++] = row;
                }
            }
        } else {
            int bias = split.missingLeft ? 0 : 1;
            int threshold = split.threshold;
            for (int i = from; i < to; i++) {
                int row = rows[i];
                // Written to both sides, counted on one: no branch to mispredict.
                int goesRight = (threshold - ((column[row] - bias) & 0xFF)) >>> 31;
                rows[left] = row;
                scratch[right] = row;
                right += goesRight;
                left += 1 - goesRight;
            }
        }
        System.arraycopy(scratch, 0, rows, left, right);
        return left;
    }
}
