package dev.assay.trees.internal;

import java.util.Arrays;

/// A grown tree as routing needs it: which leaf a row of codes falls into.
///
/// Children of a node are neighbours, so a node is two ints. A numeric split sends code c left iff
/// `(c - bias) mod 256 <= threshold`: with bias 1 the missing code 0 becomes 255 and goes right, with bias 0 it
/// is the
/// smallest code and goes left. A categorical split keeps a set of 256 codes that go left.
public final class Tree {
    /// Features are kept in 16 bits.
    public static final int MOST_FEATURES = 1 << 16;

    private static final int MASK_LONGS = 4;

    /// Feature in the low 16 bits, then the threshold (8 bits), then the bias; negative for a categorical
    /// split.
    private final int[] rule;

    /// The left child; the right one is next to it. A leaf has `~leaf`.
    private final int[] child;

    /// Where a categorical node's set starts in `sets`; empty if the tree has none.
    private final int[] set;

    private final long[] sets;
    private final int leaves;

    private Tree(int[] rule, int[] child, int[] set, long[] sets, int leaves) {
        this.rule = rule;
        this.child = child;
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
        int next = child[0];
        while (next >= 0) {
            int r = rule[node];
            int code = codes[base + (r & 0xFFFF)] & 0xFF;
            int right;
            if (r >= 0) {
                int key = (code - (r >>> 24)) & 0xFF;
                // 1 if key > threshold, without a branch: half of these branches would be mispredicted.
                right = (((r >>> 16) & 0xFF) - key) >>> 31;
            } else {
                right = (int) (~(sets[set[node] + (code >>> 6)] >>> code) & 1);
            }
            node = next + right;
            next = child[node];
        }
        return ~next;
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
            return new Tree(
                    Arrays.copyOf(rule, nodes),
                    Arrays.copyOf(child, nodes),
                    used == 0 ? new int[0] : Arrays.copyOf(set, nodes),
                    Arrays.copyOf(sets, used),
                    leaves);
        }
    }
}
