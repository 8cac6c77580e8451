package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;

/// Share of a query's words that documents hold, each word weighed by its idf. Words that no document holds
/// count in the denominator with df = 0.
final class Coverage {
    private final OpenIndex index;
    private final List<String> tokens;
    private final double[] weights;
    private final double total;

    Coverage(OpenIndex index, List<String> query) throws IOException {
        this.index = index;
        this.tokens = List.copyOf(new LinkedHashSet<>(query));
        this.weights = new double[tokens.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = index.idf(index.frequency(tokens.get(i)));
            sum += weights[i];
        }
        this.total = sum;
    }

    /// The coverage of each of these, in their order, in [0, 1].
    double[] of(List<Ranked> documents) throws IOException {
        Integer[] ascending = new Integer[documents.size()];
        Arrays.setAll(ascending, i -> i);
        Arrays.sort(ascending, Comparator.comparingInt(i -> documents.get(i).document()));
        double[] covered = new double[documents.size()];
        for (int t = 0; t < weights.length; t++) {
            Term term = new Term(OpenIndex.TEXT, tokens.get(t));
            int next = 0;
            for (LeafReaderContext leaf : index.leaves()) {
                int end = leaf.docBase + leaf.reader().maxDoc();
                PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
                for (; next < ascending.length && documents.get(ascending[next]).document() < end; next++) {
                    int wanted = documents.get(ascending[next]).document() - leaf.docBase;
                    if (postings != null
                            && (postings.docID() == wanted
                                    || (postings.docID() < wanted && postings.advance(wanted) == wanted))) {
                        covered[ascending[next]] += weights[t];
                    }
                }
            }
        }
        for (int i = 0; i < covered.length; i++) {
            covered[i] = total > 0 ? covered[i] / total : 0;
        }
        return covered;
    }
}
