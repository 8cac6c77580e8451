package dev.assay.distil.internal.similar;

import dev.assay.engine.Engine;
import java.util.Arrays;

/// Puts shingles in order from the rarest to the most common.
final class Ranks {
    /// Slices of the range of hashes, counted independently of each other.
    private static final int SLICES = 64;

    private static final int SLICE_SHIFT = 61 - 6;

    /// Below the number of a shingle its part is kept.
    static final int PART_BITS = 2;

    private Ranks() {}

    /// The different hashes of a slice, ascending, and in how many sets each of them is.
    private record Slice(long[] hashes, int[] frequencies) {}

    /// Replaces the hashes of some sets by numbers from 0 on that are the same for the same hash and the
    /// smaller, the fewer sets have it, with the part of the hash ([Shingles#part]) in [#PART_BITS] bits
    /// below; sorts the sets anew.
    ///
    /// @return how many different hashes there are
    static int replace(long[][] sets, int[] rows, Engine engine) {
        Slice[] slices = engine.map(SLICES, s -> slice(sets, rows, s)).toArray(new Slice[0]);
        int[][] ranks = byFrequency(slices);
        int parts = (rows.length + 255) / 256;
        engine.map(parts, p -> {
            for (int i = 256 * p; i < Math.min(rows.length, 256 * (p + 1)); i++) {
                rank(sets[rows[i]], slices, ranks);
            }
            return p;
        });
        int count = 0;
        for (Slice each : slices) {
            count += each.hashes.length;
        }
        return count;
    }

    private static Slice slice(long[][] sets, int[] rows, int slice) {
        long from = (long) slice << SLICE_SHIFT;
        long to = (long) (slice + 1) << SLICE_SHIFT;
        long[] all = new long[1024];
        int n = 0;
        for (int row : rows) {
            long[] set = sets[row];
            for (int i = atLeast(set, from); i < set.length && set[i] < to; i++) {
                if (n == all.length) {
                    all = Arrays.copyOf(all, n + n / 2);
                }
                all[n++] = set[i];
            }
        }
        Arrays.sort(all, 0, n);
        int[] frequencies = new int[n];
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || all[i] != all[distinct - 1]) {
                all[distinct++] = all[i];
            }
            frequencies[distinct - 1]++;
        }
        return new Slice(Arrays.copyOf(all, distinct), Arrays.copyOf(frequencies, distinct));
    }

    /// The rank of every hash, slice by slice: a counting sort by frequency.
    private static int[][] byFrequency(Slice[] slices) {
        int most = 0;
        for (Slice each : slices) {
            for (int frequency : each.frequencies) {
                most = Math.max(most, frequency);
            }
        }
        int[] next = new int[most + 2];
        for (Slice each : slices) {
            for (int frequency : each.frequencies) {
                next[frequency + 1]++;
            }
        }
        for (int i = 1; i < next.length; i++) {
            next[i] = Math.addExact(next[i], next[i - 1]);
        }
        int[][] ranks = new int[slices.length][];
        for (int s = 0; s < slices.length; s++) {
            int[] frequencies = slices[s].frequencies;
            ranks[s] = new int[frequencies.length];
            for (int i = 0; i < frequencies.length; i++) {
                ranks[s][i] = next[frequencies[i]]++;
            }
        }
        return ranks;
    }

    private static void rank(long[] set, Slice[] slices, int[][] ranks) {
        int at = 0;
        int before = -1;
        for (int i = 0; i < set.length; i++) {
            int s = (int) (set[i] >>> SLICE_SHIFT);
            at = Arrays.binarySearch(slices[s].hashes, s == before ? at : 0, slices[s].hashes.length, set[i]);
            before = s;
            set[i] = (long) ranks[s][at] << PART_BITS | Shingles.part(set[i]);
        }
        Arrays.sort(set);
    }

    private static int atLeast(long[] set, long least) {
        int at = Arrays.binarySearch(set, least);
        return at < 0 ? -at - 1 : at;
    }
}
