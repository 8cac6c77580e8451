package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/// Lucene's format of vectors with as many dimensions as embeddings have. It bears the name of the format it
/// writes, so that any Lucene can read it.
final class VectorFormat extends KnnVectorsFormat {
    /// Neighbours of a vector in the graph, M.
    static final int NEIGHBOURS = 16;

    /// Candidates while the graph is built.
    static final int BUILD_WIDTH = 100;

    /// Candidates while it is searched. Of 10,000 random unit vectors of 64 dimensions, the hardest case
    /// there is, 100 finds 0.947 of the ten nearest, 150 finds 0.983.
    static final int SEARCH_WIDTH = 150;

    /// Numbers of the longest vector.
    static final int MOST_DIMENSIONS = 8192;

    private final KnnVectorsFormat lucene;

    /// @param exactBelow how many vectors a segment needs for a graph
    VectorFormat(int exactBelow) {
        super("Lucene99HnswVectorsFormat");
        // Lucene builds no graph if a search for k, which it expects to see k ln n vectors, would see all n.
        int k = exactBelow < 3 ? 0 : (int) (exactBelow / Math.log(exactBelow));
        lucene = new Lucene99HnswVectorsFormat(NEIGHBOURS, BUILD_WIDTH, 1, null, k);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return lucene.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return lucene.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MOST_DIMENSIONS;
    }
}
