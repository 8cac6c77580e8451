package dev.assay.trees.internal;

/// The training rows of each leaf of a tree, leaf after leaf, ascending within a leaf. Four bytes a row.
public final class Leaves {
    /// Fewer members than this are counted, not searched: their few cache lines load side by side, where each
    /// step of a search waits for the one before.
    private static final int SCANNED = 96;

    private final int[] members;
    private final int[] ends;

    Leaves(int[] members, int[] ends) {
        this.members = members;
        this.ends = ends;
    }

    /// All members; not a copy.
    public int[] members() {
        return members;
    }

    /// Where the leaf's members start.
    public int from(int leaf) {
        return leaf == 0 ? 0 : ends[leaf - 1];
    }

    /// Where they end.
    public int to(int leaf) {
        return ends[leaf];
    }

    /// The first position in `[from(leaf), to(leaf))` whose member is at least `row`, or `to(leaf)`.
    public int firstAtLeast(int leaf, int row) {
        int low = from(leaf);
        int high = ends[leaf];
        while (high - low > SCANNED) {
            int middle = (low + high) >>> 1;
            if (members[middle] < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int smaller = 0;
        for (int i = low; i < high; i++) {
            smaller += (members[i] - row) >>> 31;
        }
        return low + smaller;
    }
}
