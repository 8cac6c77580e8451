package dev.assay.distil.internal.similar;

import dev.assay.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;

/// Pairs of texts that MinHash proposes and that exact similarity confirms.
///
/// Texts whose signatures agree in a band share a bucket (Broder, 1997; banding by Indyk and Motwani, 1998).
/// The sets of shingles of the texts in buckets are read again, as many buckets at a time as fit. A pair is
/// looked at in the first band that it shares. In a bucket of up to [Clusters#MANY] texts all pairs are
/// compared; in a larger one texts that are already connected, through earlier bands or earlier texts of the
/// bucket, are not.
public final class BandSearch {
    /// Shingles held at a time, 8 bytes each: 384 MB. A constant, because which pairs of a large bucket are
    /// listed, though never who is in a cluster, can depend on it.
    public static final long HELD = 48L << 20;

    /// Buckets in a partition of work.
    private static final int PART = 256;

    private final Sketches sketches;
    private final double threshold;
    private final Clusters clusters;
    private final boolean parted;
    private final Engine engine;
    private final Groups[] bands;

    /// For the rows in buckets the bucket in every band, or -1.
    private final int[][] buckets;

    private final BitSet inBuckets = new BitSet();
    private final long[][] sets;
    private final PairList pairs = new PairList();

    /// Finds the buckets and lets go of the sketches' keys.
    ///
    /// @param searched the rows that are searched, none of them empty
    /// @param clusters where to unite what is found; every row alone
    /// @param parted   whether the texts have parts, each of which must reach the threshold
    public BandSearch(
            Sketches sketches,
            int bandCount,
            BitSet searched,
            double threshold,
            Clusters clusters,
            boolean parted,
            Engine engine) {
        this.sketches = sketches;
        this.threshold = threshold;
        this.clusters = clusters;
        this.parted = parted;
        this.engine = engine;
        int rows = sketches.rows();
        bands = engine.map(bandCount, band -> Groups.of(rows, keys(band, searched)))
                .toArray(new Groups[0]);
        sketches.dropBandKeys();
        sets = new long[rows][];
        buckets = new int[rows][];
        for (int band = 0; band < bandCount; band++) {
            Groups groups = bands[band];
            for (int g = 0; g < groups.count(); g++) {
                for (int place = groups.start(g); place < groups.start(g + 1); place++) {
                    int row = groups.row(place);
                    if (!inBuckets.get(row)) {
                        inBuckets.set(row);
                        buckets[row] = new int[bandCount];
                        Arrays.fill(buckets[row], -1);
                    }
                    buckets[row][band] = g;
                }
            }
        }
    }

    private Groups.Keys keys(int band, BitSet searched) {
        return new Groups.Keys() {
            @Override
            public long of(int row) {
                return sketches.bandKey(band, row);
            }

            @Override
            public boolean has(int row) {
                return searched.get(row);
            }
        };
    }

    /// The rows that share a bucket with another.
    public BitSet inBuckets() {
        return inBuckets;
    }

    /// Successive buckets of one band.
    private record Range(int band, int from, int to) {}

    /// Compares what is in the buckets and unites what is alike.
    ///
    /// @param load fills in the sets of the rows of a set
    /// @param held shingles held at a time; a single bucket may exceed it
    public PairList find(BiConsumer<BitSet, long[][]> load, long held) {
        List<Range> ranges = new ArrayList<>();
        BitSet wanted = new BitSet();
        long size = 0;
        for (int band = 0; band < bands.length; band++) {
            int from = 0;
            for (int g = 0; g < bands[band].count(); g++) {
                int[] needed = needed(band, g);
                long more = missing(needed, wanted);
                if (size > 0 && size + more > held) {
                    ranges.add(new Range(band, from, g));
                    compare(ranges, wanted, load);
                    from = g;
                    size = 0;
                    more = missing(needed, wanted);
                }
                for (int row : needed) {
                    wanted.set(row);
                }
                size += more;
            }
            ranges.add(new Range(band, from, bands[band].count()));
        }
        if (size > 0) {
            compare(ranges, wanted, load);
        }
        return pairs;
    }

    /// The rows of a bucket that have to be compared with another of it. Near duplicates share many bands:
    /// without this, each of them would be read again for every one.
    private int[] needed(int band, int bucket) {
        Groups groups = bands[band];
        int from = groups.start(bucket);
        int to = groups.start(bucket + 1);
        if (to - from > Clusters.MANY) {
            return connected(groups, from, to) ? new int[0] : rows(groups, from, to);
        }
        int[] rows = rows(groups, from, to);
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean open = false;
            for (int place = from; place < to && !open; place++) {
                int other = groups.row(place);
                open = other != rows[i] && !comparedBefore(rows[i], other, band) && sizesFit(rows[i], other);
            }
            if (open) {
                rows[count++] = rows[i];
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private boolean connected(Groups groups, int from, int to) {
        int root = clusters.root(groups.row(from));
        for (int place = from + 1; place < to; place++) {
            if (clusters.root(groups.row(place)) != root) {
                return false;
            }
        }
        return true;
    }

    private static int[] rows(Groups groups, int from, int to) {
        int[] rows = new int[to - from];
        for (int place = from; place < to; place++) {
            rows[place - from] = groups.row(place);
        }
        return rows;
    }

    /// How many shingles the rows have that are not wanted yet.
    private long missing(int[] rows, BitSet wanted) {
        long size = 0;
        for (int row : rows) {
            size += wanted.get(row) ? 0 : sketches.size(row);
        }
        return size;
    }

    private void compare(List<Range> ranges, BitSet wanted, BiConsumer<BitSet, long[][]> load) {
        load.accept(wanted, sets);
        for (Range range : ranges) {
            int parts = (range.to - range.from + PART - 1) / PART;
            List<PairList> found = engine.map(parts, p -> {
                PairList some = new PairList();
                int begin = range.from + p * PART;
                for (int g = begin; g < Math.min(range.to, begin + PART); g++) {
                    compare(range.band, g, some);
                }
                return some;
            });
            for (PairList each : found) {
                pairs.takeOver(each, clusters);
            }
        }
        wanted.stream().forEach(row -> sets[row] = null);
        wanted.clear();
        ranges.clear();
    }

    private void compare(int band, int bucket, PairList found) {
        Groups groups = bands[band];
        int from = groups.start(bucket);
        int to = groups.start(bucket + 1);
        if (to - from > Clusters.MANY) {
            if (!connected(groups, from, to)) {
                new LargeBucket(this, band, from, to, found).connect(engine);
            }
            return;
        }
        for (int j = from + 1; j < to; j++) {
            for (int i = from; i < j; i++) {
                alike(groups.row(i), groups.row(j), band, found);
            }
        }
    }

    /// The row at a place of a band's groups.
    int row(int band, int place) {
        return bands[band].row(place);
    }

    /// The cluster of a row, as it was when the band was begun.
    int root(int row) {
        return clusters.root(row);
    }

    /// Compares two rows unless an earlier band did; adds them if they are alike.
    ///
    /// @return whether they were compared now and are alike
    boolean alike(int x, int y, int band, PairList found) {
        if (comparedBefore(x, y, band) || !sizesFit(x, y)) {
            return false;
        }
        double similarity = Jaccard.of(sets[x], sets[y], threshold, parted);
        if (similarity == Jaccard.BELOW) {
            return false;
        }
        found.add(x, y, similarity);
        return true;
    }

    /// Whether two rows share an earlier band.
    private boolean comparedBefore(int x, int y, int band) {
        int[] ofX = buckets[x];
        int[] ofY = buckets[y];
        for (int earlier = 0; earlier < band; earlier++) {
            if (ofX[earlier] == ofY[earlier] && ofX[earlier] >= 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of the sets is not too small to be like the other.
    private boolean sizesFit(int x, int y) {
        int sizeX = sketches.size(x);
        int sizeY = sketches.size(y);
        return Math.min(sizeX, sizeY) >= Jaccard.overlap(Math.addExact(sizeX, sizeY), threshold);
    }
}
