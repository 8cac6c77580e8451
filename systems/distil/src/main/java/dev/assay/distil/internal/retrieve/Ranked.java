package dev.assay.distil.internal.retrieve;

import org.apache.lucene.util.BytesRef;

/// A document in a ranking: score descending, then id ascending by its UTF-8 bytes.
///
/// @param document the number of the document in the open index
/// @param id       its id
/// @param score    above 0
public record Ranked(int document, BytesRef id, double score) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
        int byScore = Double.compare(other.score, score);
        return byScore != 0 ? byScore : id.compareTo(other.id);
    }
}
