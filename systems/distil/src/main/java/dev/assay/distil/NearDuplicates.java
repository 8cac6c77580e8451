package dev.assay.distil;

import dev.assay.distil.internal.similar.BandSearch;
import dev.assay.distil.internal.similar.Clusters;
import dev.assay.distil.internal.similar.Findings;
import dev.assay.distil.internal.similar.Groups;
import dev.assay.distil.internal.similar.MinHash;
import dev.assay.distil.internal.similar.PairList;
import dev.assay.distil.internal.similar.PrefixSearch;
import dev.assay.distil.internal.similar.SecondReading;
import dev.assay.distil.internal.similar.ShingledTexts;
import dev.assay.distil.internal.similar.SketchedTexts;
import dev.assay.distil.internal.similar.Sketches;
import dev.assay.distil.internal.similar.TextReader;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Texts that say nearly the same, by the Jaccard similarity of their sets of shingles.
///
/// A text's tokens are its maximal runs of letters and digits in lower case (root locale); a shingle is a run
/// of [NearDuplicateSettings#ngram()] tokens. A text with fewer tokens is one shingle, a text with none is
/// never alike another. Pairs at or above the threshold are united, and of each cluster the text with the
/// earliest key is kept.
///
/// Texts in parts, such as a question and its answer, are alike if every part is: the similarity of two
/// of them is the least of their parts'. The same answer to another question is no duplicate, nor is
/// another answer to the same question. A part that both lack says nothing; one that only one of them has
/// makes them different.
///
/// Up to [NearDuplicateSettings#exactUpTo()] texts every such pair is found. Above, MinHash proposes pairs
/// ([NearDuplicateSettings#chanceToPropose]), and what is proposed is compared in full: what is reported is
/// always true, what is not reported may have been missed. A text with more than 256 candidates is not
/// compared with those that it already shares a cluster with; clusters are the same, and fewer pairs are
/// listed.
///
/// Time grows with the texts and with the pairs that are compared. Texts of one template that all stay a
/// little below the threshold are the worst case: every two of them have to be compared.
///
/// Memory, beyond what the result takes. Exact: some 30 bytes a shingle, of which a text has about as many as
/// words. By MinHash: 8 bytes a band and some 50 more for each text, about 200 bytes and the key for a text
/// that shares a band with another, and the shingles of such texts, of which at most 384 MB are held at a
/// time, or one bucket's if that is more; if there are more, the texts are read more often. Of the stream's
/// texts a few are held at a time. A million texts of 1 KB fit a heap of 1 GB.
///
/// The result is the same for any number of threads.
public final class NearDuplicates {
    private NearDuplicates() {}

    /// Finds what is alike in a list.
    ///
    /// @throws Fault (`BAD_DATA`) if two texts have the same key
    public static NearDuplicateReport find(List<KeyedText> texts, NearDuplicateSettings settings, Engine engine) {
        return find(texts::stream, settings, engine);
    }

    /// Finds what is alike in a source that is read at least once, and more often if there are too many texts
    /// to hold.
    ///
    /// @param texts gives a new stream of the same texts in the same order every time; each is closed after use
    /// @throws Fault (`BAD_DATA`) if two texts have the same key or the source changes between two readings
    public static NearDuplicateReport find(
            Supplier<? extends Stream<KeyedText>> texts, NearDuplicateSettings settings, Engine engine) {
        return find(texts, settings, engine, BandSearch.HELD);
    }

    /// @param held shingles held at a time
    static NearDuplicateReport find(
            Supplier<? extends Stream<KeyedText>> texts, NearDuplicateSettings settings, Engine engine, long held) {
        List<ShingledTexts> first = new ArrayList<>();
        boolean parted = false;
        Sketches sketches = new Sketches(settings.bands());
        int ngram = settings.ngram();
        try (TextReader reader = new TextReader(texts.get())) {
            boolean ended = false;
            while (!ended && reader.rows() <= settings.exactUpTo()) {
                List<ShingledTexts> wave = reader.wave(engine, (row, batch) -> ShingledTexts.of(batch, ngram));
                first.addAll(wave);
                parted |= wave.stream().anyMatch(ShingledTexts::parted);
                ended = wave.isEmpty();
            }
            if (reader.rows() <= settings.exactUpTo()) {
                return exact(first, reader.rows(), parted, settings, engine);
            }
            MinHash minHash = new MinHash(settings.bands(), settings.rows(), settings.seed());
            engine.map(first.size(), i -> SketchedTexts.of(first.get(i), minHash))
                    .forEach(sketches::add);
            first.clear();
            while (!ended) {
                List<SketchedTexts> wave =
                        reader.wave(engine, (row, batch) -> SketchedTexts.of(ShingledTexts.of(batch, ngram), minHash));
                wave.forEach(sketches::add);
                ended = wave.isEmpty();
            }
        }
        return proposed(sketches, new SecondReading(texts, ngram, sketches, engine), parted, settings, engine, held);
    }

    private static NearDuplicateReport exact(
            List<ShingledTexts> batches, int rows, boolean parted, NearDuplicateSettings settings, Engine engine) {
        String[] keys = new String[rows];
        long[][] sets = new long[rows][];
        long[] identities = new long[2 * rows];
        int at = 0;
        for (ShingledTexts batch : batches) {
            int n = batch.keys().length;
            System.arraycopy(batch.keys(), 0, keys, at, n);
            System.arraycopy(batch.sets(), 0, sets, at, n);
            System.arraycopy(batch.identities(), 0, identities, 2 * at, 2 * n);
            at += n;
        }
        requireDistinct(keys, allBelow(rows));
        BitSet searched = new BitSet();
        for (int row = 0; row < rows; row++) {
            searched.set(row, sets[row].length > 0);
        }
        int withoutTokens = rows - searched.cardinality();
        Groups equal = Groups.of(rows, new Groups.Keys() {
            @Override
            public long of(int row) {
                return identities[2 * row];
            }

            @Override
            public long second(int row) {
                return identities[2 * row + 1];
            }

            @Override
            public boolean has(int row) {
                return sets[row].length > 0;
            }
        });
        keepFirsts(searched, equal);
        Clusters clusters = new Clusters(rows);
        PairList pairs = PrefixSearch.find(sets, searched, settings.threshold(), clusters, parted, engine);
        return new Findings(keys, equal, pairs, clusters).report(withoutTokens, true);
    }

    private static NearDuplicateReport proposed(
            Sketches sketches,
            SecondReading again,
            boolean parted,
            NearDuplicateSettings settings,
            Engine engine,
            long held) {
        int rows = sketches.rows();
        BitSet searched = new BitSet();
        for (int row = 0; row < rows; row++) {
            searched.set(row, sketches.size(row) > 0);
        }
        int withoutTokens = rows - searched.cardinality();
        Groups equal = Groups.of(rows, sketches.identities());
        keepFirsts(searched, equal);
        Clusters clusters = new Clusters(rows);
        BandSearch search =
                new BandSearch(sketches, settings.bands(), searched, settings.threshold(), clusters, parted, engine);
        BitSet sameKey = members(Groups.of(rows, sketches.keyHashes()));
        String[] keys = new String[rows];
        Arrays.fill(keys, "");
        BitSet keyed = members(equal);
        keyed.or(search.inBuckets());
        keyed.or(sameKey);
        // All keys come with the first shingles, from one reading.
        PairList pairs = search.find(
                (wanted, sets) -> {
                    again.read(keyed, keys, wanted, sets);
                    requireDistinct(keys, sameKey);
                    keyed.clear();
                },
                held);
        if (!keyed.isEmpty()) {
            again.read(keyed, keys, new BitSet(), new long[rows][]);
            requireDistinct(keys, sameKey);
        }
        return new Findings(keys, equal, pairs, clusters).report(withoutTokens, false);
    }

    private static void keepFirsts(BitSet searched, Groups equal) {
        for (int g = 0; g < equal.count(); g++) {
            for (int place = equal.start(g) + 1; place < equal.start(g + 1); place++) {
                searched.clear(equal.row(place));
            }
        }
    }

    private static BitSet members(Groups groups) {
        BitSet rows = new BitSet();
        for (int place = 0; place < groups.start(groups.count()); place++) {
            rows.set(groups.row(place));
        }
        return rows;
    }

    private static BitSet allBelow(int rows) {
        BitSet all = new BitSet();
        all.set(0, rows);
        return all;
    }

    private static void requireDistinct(String[] keys, BitSet rows) {
        Map<String, Integer> rowOf = new HashMap<>();
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            Integer before = rowOf.putIfAbsent(keys[row], row);
            if (before != null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "Near duplicates: texts " + before + " and " + row
                                + " (counted from 0) have the same key; give every text a key of its own.");
            }
        }
    }
}
