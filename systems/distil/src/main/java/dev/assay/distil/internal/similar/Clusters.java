package dev.assay.distil.internal.similar;

/// Rows united pair by pair. Reading from several threads is safe while nobody unites.
public final class Clusters {
    /// Where a text has more candidates than this, those that it already shares a cluster with are not
    /// compared: a family of thousands of texts that are all alike then costs thousands of comparisons
    /// instead of millions.
    public static final int MANY = 256;

    private final int[] parent;
    private final int[] size;

    /// So many rows, each alone.
    public Clusters(int rows) {
        parent = new int[rows];
        size = new int[rows];
        for (int i = 0; i < rows; i++) {
            parent[i] = i;
            size[i] = 1;
        }
    }

    /// The row that stands for the cluster of this one. Paths are not shortened, so that threads may ask
    /// together; uniting by size keeps them below log2 of the rows.
    public int root(int row) {
        int at = row;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    /// Puts two rows, and all that are with them, together.
    public void unite(int x, int y) {
        int a = root(x);
        int b = root(y);
        if (a == b) {
            return;
        }
        boolean first = size[a] > size[b] || size[a] == size[b] && a < b;
        int large = first ? a : b;
        int small = first ? b : a;
        parent[small] = large;
        size[large] += size[small];
    }

    /// How many rows are in the cluster of this one.
    public int sizeAt(int row) {
        return size[root(row)];
    }
}
