package dev.assay.trees.internal;

import java.util.Arrays;

/// A grown tree as routing needs it: which leaf a row of codes falls into.
///
/// A node is one long: its left child below, its rule above; the right child is next to the left one. A numeric
/// split sends code c left iff `(c - bias) mod 256 <= threshold`: with bias 1 the missing code 0 becomes 255
/// and goes right, with bias 0 it is the smallest code and goes left. A leaf is a split that sends every code
/// left, to itself, so that several rows can walk in step without asking who has arrived. A categorical split
/// keeps a set of 256 codes that go left.
public final class Tree {
    /// Features are kept in 16 bits.
    public static final int MOST_FEATURES = 1 << 16;

    private static final int MASK_LONGS = 4;

    /// Steps between two looks whether all rows have arrived.
    private static final int STRIDE = 4;

    /// Threshold 255 and bias 0: everything goes left.
    private static final int LEAF_RULE = 0xFF << 16;

    /// Child in the low half; in the high half the feature (16 bits), the threshold (8 bits) and the bias;
    /// negative for a categorical split.
    private final long[] nodes;

    /// Number of the leaf at a node, -1 at a split.
    private final int[] leafAt;

    /// Where a categorical node's set starts in `sets`; empty if the tree has none.
    private final int[] set;

    private final long[] sets;
    private final int leaves;

    private Tree(long[] nodes, int[] leafAt, int[] set, long[] sets, int leaves) {
        this.nodes = nodes;
        this.leafAt = leafAt;
        this.set = set;
        this.sets = sets;
        this.leaves = leaves;
    }

    /// Number of leaves; they are numbered from 0.
    public int leaves() {
        return leaves;
    }

    /// The leaf of the row whose codes start at `base`.
    public int leaf(byte[] codes, int base) {
        int node = 0;
        while (leafAt[node] < 0) {
            node = next(nodes[node], node, codes, base);
        }
        return leafAt[node];
    }

    /// The leaves of `rows` rows of `width` codes each, written from `out[offset]` on.
    ///
    /// Four rows walk at a time: each step of one row waits for memory and for its comparison, and the others
    /// fill the wait. About three times as fast as one row after the other.
    public void leaves(byte[] codes, int width, int rows, int[] out, int offset) {
        int i = 0;
        if (sets.length == 0 && width > 0) {
            for (; i + 4 <= rows; i += 4) {
                walk(codes, i * width, width, out, offset + i);
            }
        }
        for (; i < rows; i++) {
            out[offset + i] = leaf(codes, i * width);
        }
    }

    private void walk(byte[] codes, int base, int width, int[] out, int at) {
        int base1 = base + width;
        int base2 = base1 + width;
        int base3 = base2 + width;
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        while ((leafAt[a] | leafAt[b] | leafAt[c] | leafAt[d]) < 0) {
            for (int step = 0; step < STRIDE; step++) {
                a = numeric(nodes[a], codes, base);
                b = numeric(nodes[b], codes, base1);
                c = numeric(nodes[c], codes, base2);
                d = numeric(nodes[d], codes, base3);
            }
        }
        out[at] = leafAt[a];
        out[at + 1] = leafAt[b];
        out[at + 2] = leafAt[c];
        out[at + 3] = leafAt[d];
    }

    private static int numeric(long node, byte[] codes, int base) {
        int r = (int) (node >>> 32);
        int key = ((codes[base + (r & 0xFFFF)] & 0xFF) - (r >>> 24)) & 0xFF;
        // 1 if key > threshold, without a branch: half of these branches would be mispredicted.
        return (int) node + ((((r >>> 16) & 0xFF) - key) >>> 31);
    }

    private int next(long node, int at, byte[] codes, int base) {
        if (node >= 0) {
            return numeric(node, codes, base);
        }
        int code = codes[base + (int) (node >>> 32 & 0xFFFF)] & 0xFF;
        return (int) node + (int) (~(sets[set[at] + (code >>> 6)] >>> code) & 1);
    }

    /// Grows with its tree.
    static final class Builder {
        private int[] rule = new int[64];
        private int[] child = new int[64];
        private int[] set = new int[0];
        private long[] sets = new long[0];
        private int nodes;
        private int leaves;
        private int used;

        /// Starts anew with a root.
        void reset() {
            nodes = 1;
            leaves = 0;
            used = 0;
            set = new int[0];
        }

        /// Makes `node` a leaf and returns its number.
        int leaf(int node) {
            child[node] = ~leaves;
            return leaves++;
        }

        /// Splits `node` and returns its left child; the right one is next to it.
        int split(int node, Candidate split) {
            if (nodes + 2 > rule.length) {
                rule = Arrays.copyOf(rule, rule.length * 2);
                child = Arrays.copyOf(child, child.length * 2);
            }
            if (split.categorical) {
                if (set.length < rule.length) {
                    set = Arrays.copyOf(set, rule.length);
                }
                if (used + MASK_LONGS > sets.length) {
                    sets = Arrays.copyOf(sets, Math.max(64, sets.length * 2));
                }
                System.arraycopy(split.set, 0, sets, used, MASK_LONGS);
                set[node] = used;
                used += MASK_LONGS;
                rule[node] = Integer.MIN_VALUE | split.feature;
            } else {
                rule[node] = split.feature | split.threshold << 16 | (split.missingLeft ? 0 : 1) << 24;
            }
            child[node] = nodes;
            nodes += 2;
            return nodes - 2;
        }

        Tree build() {
            long[] packed = new long[nodes];
            int[] leafAt = new int[nodes];
            for (int n = 0; n < nodes; n++) {
                boolean leaf = child[n] < 0;
                leafAt[n] = leaf ? ~child[n] : -1;
                packed[n] = (long) (leaf ? LEAF_RULE : rule[n]) << 32 | (leaf ? n : child[n]);
            }
            return new Tree(
                    packed,
                    leafAt,
                    used == 0 ? new int[0] : Arrays.copyOf(set, nodes),
                    Arrays.copyOf(sets, used),
                    leaves);
        }
    }
}
