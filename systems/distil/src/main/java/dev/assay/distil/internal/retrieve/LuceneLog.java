package dev.assay.distil.internal.retrieve;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Lucene tells at each start which processor it found.
final class LuceneLog {
    // Kept, or the level would be forgotten with the logger.
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    private LuceneLog() {}

    /// Only warnings from now on.
    static void quieten() {
        LUCENE.setLevel(Level.WARNING);
    }
}
