package dev.assay.distil.internal.similar;

import dev.assay.engine.Engine;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All pairs of sets at or above a threshold, by an inverted index of their rarest shingles.
///
/// Two sets as similar as t have at least t |x| elements in common. With the elements of every set in one
/// order, they therefore share one of the first |x| - t |x| + 1 elements of x and one of the first |y|
/// - t
/// |y| + 1 of y (Chaudhuri, Ganti and Kaushik, 2006; Bayardo, Ma and Srikant, 2007). The order is from
/// the rarest shingle to the most common, so that what most texts have in common is hardly ever looked
/// up. Candidates are then counted in full.
///
/// Memory: some 30 bytes a shingle.
public final class PrefixSearch {
    /// Texts whose candidates are sought against the same state of the clusters.
    private static final int CHUNK = 64;

    private static final int PART = 4;

    private final long[][] sets;
    private final double threshold;
    private final int[] postings;
    private final int[] starts;
    private final Clusters clusters;
    private final boolean parted;

    private PrefixSearch(
            long[][] sets, double threshold, int[] postings, int[] starts, Clusters clusters, boolean parted) {
        this.sets = sets;
        this.threshold = threshold;
        this.postings = postings;
        this.starts = starts;
        this.clusters = clusters;
        this.parted = parted;
    }

    /// Finds the pairs, and unites them.
    ///
    /// A set with more than [Clusters#MANY] candidates is not compared with those that it already shares a
    /// cluster with.
    ///
    /// @param sets     ascending distinct hashes from 0 to 2^61 - 1; overwritten
    /// @param searched the rows that are searched, none of them empty
    /// @param clusters where to unite what is found; every row alone
    /// @param parted   whether the texts have parts, each of which must reach the threshold
    public static PairList find(
            long[][] sets, BitSet searched, double threshold, Clusters clusters, boolean parted, Engine engine) {
        int[] rows = searched.stream().toArray();
        PairList pairs = new PairList();
        if (rows.length < 2) {
            return pairs;
        }
        int ranks = Ranks.replace(sets, rows, engine);
        int[] starts = new int[ranks + 1];
        for (int row : rows) {
            for (int i = 0; i < prefix(sets[row].length, threshold); i++) {
                starts[rank(sets[row][i]) + 1]++;
            }
        }
        for (int rank = 0; rank < ranks; rank++) {
            starts[rank + 1] = Math.addExact(starts[rank + 1], starts[rank]);
        }
        int[] postings = new int[starts[ranks]];
        int[] next = Arrays.copyOf(starts, ranks);
        for (int row : rows) {
            for (int i = 0; i < prefix(sets[row].length, threshold); i++) {
                postings[next[rank(sets[row][i])]++] = row;
            }
        }
        PrefixSearch search = new PrefixSearch(sets, threshold, postings, starts, clusters, parted);
        for (int from = 0; from < rows.length; from += CHUNK) {
            int begin = from;
            int end = Math.min(rows.length, from + CHUNK);
            List<PairList> found = engine.map(
                    (end - begin + PART - 1) / PART,
                    p -> search.pairsOf(rows, begin + p * PART, Math.min(end, begin + (p + 1) * PART)));
            for (PairList each : found) {
                pairs.takeOver(each, clusters);
            }
        }
        return pairs;
    }

    private static int rank(long element) {
        return (int) (element >>> Ranks.PART_BITS);
    }

    private static int prefix(int size, double threshold) {
        return size - Math.max(1, Jaccard.leastCommon(size, threshold)) + 1;
    }

    private PairList pairsOf(int[] rows, int from, int to) {
        PairList found = new PairList();
        BitSet candidates = new BitSet(sets.length);
        for (int i = from; i < to; i++) {
            int y = rows[i];
            int count = 0;
            for (int j = 0; j < prefix(sets[y].length, threshold); j++) {
                int rank = rank(sets[y][j]);
                for (int place = starts[rank]; place < starts[rank + 1] && postings[place] < y; place++) {
                    if (!candidates.get(postings[place])) {
                        candidates.set(postings[place]);
                        count++;
                    }
                }
            }
            compare(y, candidates, count > Clusters.MANY, found);
            candidates.clear();
        }
        return found;
    }

    private void compare(int y, BitSet candidates, boolean many, PairList found) {
        Set<Integer> joined = new HashSet<>();
        joined.add(clusters.root(y));
        for (int x = candidates.nextSetBit(0); x >= 0; x = candidates.nextSetBit(x + 1)) {
            if (many && joined.contains(clusters.root(x))) {
                continue;
            }
            double similarity = Jaccard.of(sets[x], sets[y], threshold, parted);
            if (similarity != Jaccard.BELOW) {
                found.add(x, y, similarity);
                joined.add(clusters.root(x));
            }
        }
    }
}
