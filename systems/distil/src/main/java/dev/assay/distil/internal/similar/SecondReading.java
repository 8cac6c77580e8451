package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.util.BitSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads the texts again for what was not kept: the keys of some and the shingles of some.
public final class SecondReading {
    private final Supplier<? extends Stream<KeyedText>> texts;
    private final int ngram;
    private final Sketches sketches;
    private final Engine engine;

    /// @param sketches of the first reading
    public SecondReading(Supplier<? extends Stream<KeyedText>> texts, int ngram, Sketches sketches, Engine engine) {
        this.texts = texts;
        this.ngram = ngram;
        this.sketches = sketches;
        this.engine = engine;
    }

    /// Fills in the keys of the rows in `keyed` and the sets of those in `shingled`; all others stay as they
    /// are.
    ///
    /// @throws Fault (`BAD_DATA`) if the texts are not those of the first reading
    public void read(BitSet keyed, String[] keys, BitSet shingled, long[][] sets) {
        int rows;
        try (TextReader reader = new TextReader(texts.get())) {
            while (!reader.wave(engine, (first, batch) -> {
                        Shingles shingles = new Shingles(ngram);
                        long[] identity = new long[2];
                        for (int i = 0; i < batch.size(); i++) {
                            int row = first + i;
                            if (row >= sketches.rows()) {
                                throw changed(row);
                            }
                            if (keyed.get(row)) {
                                keys[row] = batch.get(i).key();
                            }
                            if (shingled.get(row)) {
                                shingles.read(batch.get(i).parts());
                                shingles.identify(identity, 0);
                                if (!sketches.matches(row, batch.get(i).key(), identity)) {
                                    throw changed(row);
                                }
                                sets[row] = shingles.toArray();
                            }
                        }
                        return first;
                    })
                    .isEmpty()) {
                // Everything happens in the work.
            }
            rows = reader.rows();
        }
        if (rows != sketches.rows()) {
            throw changed(rows);
        }
    }

    private static Fault changed(int row) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "Near duplicates: text " + row + " (counted from 0) was not the same when it was read a second time;"
                        + " give a source that yields the same texts in the same order every time.");
    }
}
