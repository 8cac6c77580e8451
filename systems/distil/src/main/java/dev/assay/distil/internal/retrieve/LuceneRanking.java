package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.BytesRef;

/// BM25 by Lucene, which leaves out documents that cannot be among the best.
final class LuceneRanking {
    // Lucene would break ties by document number, which depends on the order of writing.
    private static final Sort ORDER =
            new Sort(SortField.FIELD_SCORE, new SortField(OpenIndex.ID, SortField.Type.STRING));

    static {
        // A task of many words is a legal query; the limit of 1024 guards against something else.
        IndexSearcher.setMaxClauseCount(Integer.MAX_VALUE);
    }

    private final IndexSearcher searcher;

    LuceneRanking(OpenIndex index, double k1, double b) {
        searcher = new IndexSearcher(index.reader());
        searcher.setSimilarity(new BM25Similarity((float) k1, (float) b));
        searcher.setQueryCache(null);
    }

    List<Ranked> best(List<String> query, int k) throws IOException {
        if (query.isEmpty() || k == 0) {
            return List.of();
        }
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        for (Map.Entry<String, Integer> token : OpenIndex.counts(query).entrySet()) {
            Query word = new TermQuery(new Term(OpenIndex.TEXT, token.getKey()));
            words.add(
                    token.getValue() == 1 ? word : new BoostQuery(word, token.getValue()), BooleanClause.Occur.SHOULD);
        }
        TopFieldDocs top = searcher.search(words.build(), new TopFieldCollectorManager(ORDER, k, null, k));
        List<Ranked> best = new ArrayList<>(top.scoreDocs.length);
        for (ScoreDoc each : top.scoreDocs) {
            Object[] fields = ((FieldDoc) each).fields;
            best.add(new Ranked(each.doc, (BytesRef) fields[1], (float) fields[0]));
        }
        return best;
    }
}
