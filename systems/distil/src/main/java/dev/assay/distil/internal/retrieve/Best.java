package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;

/// The k best documents of those offered. Documents must be offered in ascending order.
final class Best {
    /// Something that looks up the id of a document.
    private interface Ids {
        BytesRef of(int document) throws IOException;
    }

    private final int k;
    private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(Collections.reverseOrder());
    private final OpenIndex index;
    private int leaf = -1;
    private Ids ids = document -> new BytesRef();
    private int end;

    Best(OpenIndex index, int k) {
        this.index = index;
        this.k = k;
    }

    /// Takes a document in if it is among the best so far. Scores that are not above 0 are none.
    void offer(int document, double score) throws IOException {
        if (!(score > 0) || k == 0) {
            return;
        }
        Ranked worst = worstFirst.peek();
        boolean full = worstFirst.size() == k;
        if (full && worst != null && score < worst.score()) {
            return;
        }
        Ranked next = new Ranked(document, id(document), score);
        if (full && worst != null) {
            if (next.compareTo(worst) > 0) {
                return;
            }
            worstFirst.remove();
        }
        worstFirst.add(next);
    }

    /// The best, in order.
    List<Ranked> inOrder() {
        List<Ranked> best = new ArrayList<>(worstFirst);
        Collections.sort(best);
        return best;
    }

    private BytesRef id(int document) throws IOException {
        while (document >= end) {
            leaf++;
            LeafReaderContext context = index.leaves().get(leaf);
            SortedDocValues values = context.reader().getSortedDocValues(OpenIndex.ID);
            int base = context.docBase;
            end = base + context.reader().maxDoc();
            ids = d -> {
                if (!values.advanceExact(d - base)) {
                    throw new IllegalStateException("document without id");
                }
                return BytesRef.deepCopyOf(values.lookupOrd(values.ordValue()));
            };
        }
        return ids.of(document);
    }
}
