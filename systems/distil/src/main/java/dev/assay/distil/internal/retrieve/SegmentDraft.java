package dev.assay.distil.internal.retrieve;

import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbook;
import dev.assay.distil.TextAnalysis;
import dev.assay.receipt.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/// An index of one segment that is being written in a folder of its own. Single-threaded, so that the same
/// playbooks in the same order give the same files but for their random ids.
final class SegmentDraft implements Closeable {
    /// Characters of text after which what is in memory goes to the disk, and the same in documents. Lucene's
    /// own measure is memory, which differs between machines.
    private static final long CHARACTERS_A_FLUSH = 48L << 20;

    private static final int DOCUMENTS_A_FLUSH = 1 << 17;
    private static final double MEMORY_LIMIT_MB = 1500;
    private static final FieldType COUNTED = new FieldType();

    static {
        LuceneLog.quieten();
        COUNTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        COUNTED.setTokenized(true);
        COUNTED.freeze();
    }

    private final TextAnalysis analysis;
    private final Directory directory;
    private final IndexWriter writer;
    private final MessageDigest content = Digest.sha256();
    private long characters;
    private int unflushed;
    private int documents;

    /// @param folder an empty folder
    SegmentDraft(Path folder, IndexSettings settings) throws IOException {
        this.analysis = settings.analysis();
        directory = FSDirectory.open(folder);
        LogDocMergePolicy merges = new LogDocMergePolicy();
        merges.setNoCFSRatio(0);
        // Merged once, at the end.
        merges.setMergeFactor(1 << 20);
        IndexWriterConfig config = new IndexWriterConfig()
                .setCodec(codec(settings.exactBelow()))
                .setUseCompoundFile(false)
                .setMergePolicy(merges)
                .setMergeScheduler(new SerialMergeScheduler())
                .setRAMPerThreadHardLimitMB(2000)
                .setRAMBufferSizeMB(MEMORY_LIMIT_MB);
        writer = new IndexWriter(directory, config);
    }

    private static Codec codec(int exactBelow) {
        return new Lucene104Codec() {
            private final KnnVectorsFormat vectors = new VectorFormat(exactBelow);

            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return vectors;
            }
        };
    }

    /// @param vector of length 1, or null for a playbook without one
    void add(Playbook playbook, float @org.jspecify.annotations.Nullable [] vector) throws IOException {
        List<String> tokens = analysis.tokens(playbook.searchText());
        Map<String, Integer> counts = OpenIndex.counts(tokens);
        Document document = new Document();
        document.add(new StringField(OpenIndex.ID, playbook.id(), Field.Store.YES));
        document.add(new SortedDocValuesField(OpenIndex.ID, new BytesRef(playbook.id())));
        document.add(new Field(OpenIndex.TEXT, new Counted(counts), COUNTED));
        document.add(new NumericDocValuesField(OpenIndex.LENGTH, tokens.size()));
        document.add(new NumericDocValuesField(OpenIndex.DISTINCT, counts.size()));
        document.add(new StoredField(OpenIndex.TITLE, playbook.title()));
        document.add(new StoredField(OpenIndex.CONTENT, playbook.content()));
        document.add(new StoredField(OpenIndex.SCORE, playbook.score().text()));
        document.add(new StoredField(OpenIndex.SOURCE, playbook.sourceRunId()));
        if (vector != null) {
            document.add(new KnnFloatVectorField(OpenIndex.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        }
        writer.addDocument(document);
        note(playbook);
        documents++;
        unflushed++;
        characters += playbook.searchText().length() + (vector == null ? 0 : vector.length);
        if (characters >= CHARACTERS_A_FLUSH || unflushed >= DOCUMENTS_A_FLUSH) {
            writer.flush();
            characters = 0;
            unflushed = 0;
        }
    }

    private void note(Playbook playbook) {
        for (String part : List.of(
                playbook.id(),
                playbook.title(),
                playbook.content(),
                playbook.score().text(),
                playbook.sourceRunId(),
                playbook.searchText())) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            content.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            content.update(bytes);
        }
    }

    int documents() {
        return documents;
    }

    /// Merges everything into one segment and commits.
    ///
    /// @return a digest of all that was added, in order
    Digest finish() throws IOException {
        writer.forceMerge(1);
        writer.commit();
        return Digest.from(content);
    }

    Directory directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        // Not close(), which would commit after a failure.
        writer.rollback();
        directory.close();
    }

    /// Tokens that are counted already.
    private static final class Counted extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
        private final Map<String, Integer> counts;
        private Iterator<Map.Entry<String, Integer>> rest;

        Counted(Map<String, Integer> counts) {
            this.counts = counts;
            this.rest = counts.entrySet().iterator();
        }

        @Override
        public void reset() {
            rest = counts.entrySet().iterator();
        }

        @Override
        public boolean incrementToken() {
            if (!rest.hasNext()) {
                return false;
            }
            clearAttributes();
            Map.Entry<String, Integer> next = rest.next();
            term.append(next.getKey());
            frequency.setTermFrequency(next.getValue());
            return true;
        }
    }
}
