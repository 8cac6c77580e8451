package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Rankings by going through every document that shares a token with the query, in 64 bits: tokens in order of
/// first appearance in the query, so that sums repeat bit for bit.
///
/// Time: the postings of the query's tokens. Memory: 8 bytes a document and query.
final class WordRankings {
    private final OpenIndex index;
    private final long[] lengths;
    private final long[] distinct;
    private final double[] norms;

    private WordRankings(OpenIndex index, long[] lengths, long[] distinct, double[] norms) {
        this.index = index;
        this.lengths = lengths;
        this.distinct = distinct;
        this.norms = norms;
    }

    /// BM25 with exact lengths.
    static WordRankings ofLengths(OpenIndex index) throws IOException {
        return new WordRankings(index, index.numbers(OpenIndex.LENGTH), new long[0], new double[0]);
    }

    /// Jaccard's index.
    static WordRankings ofSets(OpenIndex index) throws IOException {
        return new WordRankings(index, new long[0], index.numbers(OpenIndex.DISTINCT), new double[0]);
    }

    /// Cosine of TF-IDF vectors. Goes through all postings once.
    static WordRankings ofVectors(OpenIndex index) throws IOException {
        double[] squares = new double[index.reader().maxDoc()];
        index.allPostings((df, document, count) -> {
            double weight = Weighting.tfIdf(count, df, index.documents());
            squares[document] += weight * weight;
        });
        for (int d = 0; d < squares.length; d++) {
            squares[d] = Math.sqrt(squares[d]);
        }
        return new WordRankings(index, new long[0], new long[0], squares);
    }

    List<Ranked> bm25(List<String> query, double k1, double b, int k) throws IOException {
        double[] scores = new double[index.reader().maxDoc()];
        double average = (double) index.tokens() / index.documents();
        for (Map.Entry<String, Integer> token : OpenIndex.counts(query).entrySet()) {
            double weight = token.getValue() * index.idf(index.frequency(token.getKey()));
            index.postings(
                    token.getKey(),
                    (document, count) -> scores[document] +=
                            weight * count / (count + k1 * (1 - b + b * lengths[document] / average)));
        }
        return best(scores, k);
    }

    List<Ranked> jaccard(List<String> query, int k) throws IOException {
        double[] shared = new double[index.reader().maxDoc()];
        Map<String, Integer> tokens = OpenIndex.counts(query);
        for (String token : tokens.keySet()) {
            index.postings(token, (document, count) -> shared[document]++);
        }
        for (int d = 0; d < shared.length; d++) {
            if (shared[d] > 0) {
                shared[d] /= tokens.size() + distinct[d] - shared[d];
            }
        }
        return best(shared, k);
    }

    List<Ranked> cosine(List<String> query, int k) throws IOException {
        double[] scores = new double[index.reader().maxDoc()];
        double square = 0;
        for (Map.Entry<String, Integer> token : OpenIndex.counts(query).entrySet()) {
            int df = index.frequency(token.getKey());
            double weight = Weighting.tfIdf(token.getValue(), df, index.documents());
            square += weight * weight;
            index.postings(
                    token.getKey(),
                    (document, count) -> scores[document] += weight * Weighting.tfIdf(count, df, index.documents()));
        }
        double norm = Math.sqrt(square);
        for (int d = 0; d < scores.length; d++) {
            if (scores[d] > 0) {
                scores[d] /= norm * norms[d];
            }
        }
        return best(scores, k);
    }

    private List<Ranked> best(double[] scores, int k) throws IOException {
        Best best = new Best(index, k);
        for (int d = 0; d < scores.length; d++) {
            best.offer(d, scores[d]);
        }
        return best.inOrder();
    }
}
