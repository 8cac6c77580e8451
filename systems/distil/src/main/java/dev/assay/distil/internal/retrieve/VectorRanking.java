package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;

/// Cosines of unit vectors. With few vectors all are compared; with many a graph proposes and the cosines of
/// what it proposes are computed anew, in 64 bits and one fixed order.
final class VectorRanking {
    /// A cosine this small is rounding: vectors are kept in 32 bits.
    private static final double ROUNDING = 1e-6;

    private final OpenIndex index;
    private final int exactBelow;
    private final IndexSearcher searcher;

    VectorRanking(OpenIndex index, int exactBelow) {
        this.exactBelow = exactBelow;
        this.index = index;
        this.searcher = new IndexSearcher(index.reader());
        this.searcher.setQueryCache(null);
    }

    /// How many documents have a vector.
    int size() throws IOException {
        int size = 0;
        for (LeafReaderContext leaf : index.leaves()) {
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(OpenIndex.VECTOR);
            size += vectors == null ? 0 : vectors.size();
        }
        return size;
    }

    List<Ranked> best(float[] query, int k) throws IOException {
        return size() < exactBelow ? exact(query, k) : byGraph(query, k);
    }

    List<Ranked> exact(float[] query, int k) throws IOException {
        Best best = new Best(index, k);
        for (LeafReaderContext leaf : index.leaves()) {
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(OpenIndex.VECTOR);
            if (vectors != null) {
                KnnVectorValues.DocIndexIterator each = vectors.iterator();
                for (int d = each.nextDoc(); d != KnnVectorValues.DocIndexIterator.NO_MORE_DOCS; d = each.nextDoc()) {
                    best.offer(leaf.docBase + d, cosine(query, vectors.vectorValue(each.index())));
                }
            }
        }
        return best.inOrder();
    }

    List<Ranked> byGraph(float[] query, int k) throws IOException {
        int width = Math.max(k, VectorFormat.SEARCH_WIDTH);
        ScoreDoc[] proposed = searcher.search(new KnnFloatVectorQuery(OpenIndex.VECTOR, query, width), width).scoreDocs;
        int[] documents = Stream.of(proposed).mapToInt(p -> p.doc).sorted().toArray();
        Best best = new Best(index, k);
        int next = 0;
        for (LeafReaderContext leaf : index.leaves()) {
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(OpenIndex.VECTOR);
            if (vectors == null) {
                continue;
            }
            KnnVectorValues.DocIndexIterator each = vectors.iterator();
            int end = leaf.docBase + leaf.reader().maxDoc();
            for (; next < documents.length && documents[next] < end; next++) {
                each.advance(documents[next] - leaf.docBase);
                best.offer(documents[next], cosine(query, vectors.vectorValue(each.index())));
            }
        }
        return best.inOrder();
    }

    private static double cosine(float[] a, float[] b) {
        double dot = dot(a, b);
        return dot < ROUNDING ? 0 : dot;
    }

    /// One order of additions on any processor, unlike Lucene's.
    private static double dot(float[] a, float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += (double) a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
