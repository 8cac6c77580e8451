package dev.assay.trees.internal;

/// The training rows of each leaf of a tree, leaf after leaf, ascending within a leaf. Four bytes a row.
public final class Leaves {
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
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (members[middle] < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
