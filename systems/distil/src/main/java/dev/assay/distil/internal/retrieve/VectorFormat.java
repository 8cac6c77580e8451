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

    /// Candidates while the graph is built, and while it is searched.
    static final int WIDTH = 100;

    /// From this number of vectors on the graph is searched; below, all are compared.
    static final int EXACT_BELOW = 50_000;

    private static final int MOST_DIMENSIONS = 8192;

    /// Lucene builds no graph if a search for this many would be expected to see all n vectors, this times ln n;
    /// 4,620 ln(50,000) is just below 50,000.
    private static final int NO_GRAPH = 4_620;

    private final KnnVectorsFormat lucene = new Lucene99HnswVectorsFormat(NEIGHBOURS, WIDTH, 1, null, NO_GRAPH);

    VectorFormat() {
        super("Lucene99HnswVectorsFormat");
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
