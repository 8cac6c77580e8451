package dev.assay.distil.internal.retrieve;

import dev.assay.distil.Category;
import dev.assay.distil.Playbook;
import dev.assay.distil.RagSample;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/// An index that is open for reading: counts, postings, stored playbooks. Safe for any number of threads.
public final class OpenIndex implements Closeable {
    static final String ID = "id";
    static final String TEXT = "text";
    static final String LENGTH = "length";
    static final String DISTINCT = "distinct";
    static final String TITLE = "title";
    static final String CONTENT = "content";
    static final String SCORE = "score";
    static final String SOURCE = "source";
    static final String VECTOR = "vector";

    static {
        LuceneLog.quieten();
    }

    /// Takes one posting.
    interface Posting {
        void at(int document, int count) throws IOException;
    }

    private final Directory directory;
    private final DirectoryReader reader;

    private OpenIndex(Directory directory, DirectoryReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    /// Opens the index in a folder of Lucene's.
    public static OpenIndex in(Path folder) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            return new OpenIndex(directory, DirectoryReader.open(directory));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    DirectoryReader reader() {
        return reader;
    }

    List<LeafReaderContext> leaves() {
        return reader.leaves();
    }

    /// How many documents there are, N.
    public int documents() {
        return reader.numDocs();
    }

    /// How many tokens all documents have together.
    long tokens() throws IOException {
        return Math.max(0, reader.getSumTotalTermFreq(TEXT));
    }

    /// How many different tokens there are in the segment that has most of them; exact with one segment.
    public long distinctTokens() throws IOException {
        long most = 0;
        for (LeafReaderContext leaf : leaves()) {
            var terms = leaf.reader().terms(TEXT);
            most = terms == null ? most : Math.max(most, terms.size());
        }
        return most;
    }

    /// How many documents hold a token, df.
    int frequency(String token) throws IOException {
        return reader.docFreq(new Term(TEXT, token));
    }

    /// ln(1 + (N - df + 0.5) / (df + 0.5)).
    double idf(int df) {
        return Math.log1p((documents() - df + 0.5) / (df + 0.5));
    }

    /// Goes through the documents that hold a token, ascending.
    void postings(String token, Posting each) throws IOException {
        for (LeafReaderContext leaf : leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(TEXT, token), PostingsEnum.FREQS);
            if (postings != null) {
                for (int d = postings.nextDoc(); d != PostingsEnum.NO_MORE_DOCS; d = postings.nextDoc()) {
                    each.at(leaf.docBase + d, postings.freq());
                }
            }
        }
    }

    /// Goes through all tokens and their documents: segments in order, tokens in the order of their UTF-8,
    /// documents ascending.
    void allPostings(TokenPosting each) throws IOException {
        for (LeafReaderContext leaf : leaves()) {
            var terms = leaf.reader().terms(TEXT);
            if (terms == null) {
                continue;
            }
            TermsEnum tokens = terms.iterator();
            PostingsEnum postings = null;
            for (BytesRef token = tokens.next(); token != null; token = tokens.next()) {
                int df = frequency(token.utf8ToString());
                postings = tokens.postings(postings, PostingsEnum.FREQS);
                for (int d = postings.nextDoc(); d != PostingsEnum.NO_MORE_DOCS; d = postings.nextDoc()) {
                    each.at(df, leaf.docBase + d, postings.freq());
                }
            }
        }
    }

    /// Takes one posting of any token.
    interface TokenPosting {
        void at(int df, int document, int count) throws IOException;
    }

    /// A number that each document has, by document.
    long[] numbers(String field) throws IOException {
        long[] numbers = new long[reader.maxDoc()];
        for (LeafReaderContext leaf : leaves()) {
            NumericDocValues values = leaf.reader().getNumericDocValues(field);
            for (int d = values.nextDoc(); d != NumericDocValues.NO_MORE_DOCS; d = values.nextDoc()) {
                numbers[leaf.docBase + d] = values.longValue();
            }
        }
        return numbers;
    }

    /// The ids of all documents, by document.
    public List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>(documents());
        for (LeafReaderContext leaf : leaves()) {
            var values = leaf.reader().getSortedDocValues(ID);
            for (int d = 0; d < leaf.reader().maxDoc(); d++) {
                if (!values.advanceExact(d)) {
                    throw new IllegalStateException("document without id");
                }
                ids.add(values.lookupOrd(values.ordValue()).utf8ToString());
            }
        }
        return ids;
    }

    /// The stored playbook of a document.
    public Playbook playbook(int document) throws IOException {
        Document stored = reader.storedFields().document(document);
        return new Playbook(
                stored.get(ID),
                stored.get(TITLE),
                stored.get(CONTENT),
                RagSample.Score.of(Category.of(stored.get(SCORE)).orElseThrow()),
                stored.get(SOURCE),
                Optional.empty());
    }

    /// Tokens with their counts, in order of first appearance.
    static Map<String, Integer> counts(List<String> tokens) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String token : tokens) {
            counts.merge(token, 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
