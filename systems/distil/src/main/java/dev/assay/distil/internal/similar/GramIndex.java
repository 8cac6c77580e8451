package dev.assay.distil.internal.similar;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Runs of tokens of questions, found in texts in one pass.
///
/// The hash of a run is a polynomial in the hashes of its tokens, modulo 2^64, and follows from that of the
/// run before. It only says where to look: the bytes of the run decide. Not changed once made.
public final class GramIndex {
    private static final long FACTOR = 0xD1342543DE82EF95L;
    private static final int FREE = -1;

    private final int ngram;
    private final long factorToN;

    /// The tokens of all questions as UTF-8, a space after each.
    private byte[] bytes = new byte[1024];

    private int used;

    /// Of each run its hash, where its bytes are, and the first question that has it.
    private long[] hashes = new long[64];

    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private int[] questions = new int[64];
    private int size;

    /// Open addressing, at most half full: the number of a run, or free.
    private int[] table = new int[256];

    private GramIndex(int ngram) {
        this.ngram = ngram;
        Arrays.fill(table, FREE);
        long power = 1;
        for (int i = 0; i < ngram; i++) {
            power *= FACTOR;
        }
        factorToN = power;
    }

    /// The index of some questions.
    ///
    /// @param questions none has fewer tokens than a run
    /// @param ngram tokens in a run; at least 1
    public static GramIndex of(List<String> questions, int ngram) {
        GramIndex index = new GramIndex(ngram);
        for (int q = 0; q < questions.size(); q++) {
            index.add(q, questions.get(q));
        }
        return index;
    }

    /// A run of a text.
    ///
    /// @param question the number of the first question that has it
    /// @param token    tokens of the text before it
    public record Found(int question, int token) {}

    /// The first run of a text that a question has.
    public Optional<Found> first(String text) {
        Tokens tokens = new Tokens();
        tokens.read(text);
        long hash = 0;
        for (int i = 0; i < tokens.count(); i++) {
            hash = next(hash, tokens, i);
            int first = i - ngram + 1;
            if (first >= 0) {
                int start = tokens.start(first);
                int run = table[slot(hash, tokens.bytes(), start, tokens.end(i) - start)];
                if (run != FREE) {
                    return Optional.of(new Found(questions[run], first));
                }
            }
        }
        return Optional.empty();
    }

    /// How many different runs there are.
    public int size() {
        return size;
    }

    private void add(int question, String text) {
        Tokens tokens = new Tokens();
        tokens.read(text);
        int count = tokens.count();
        if (count < ngram) {
            throw new IllegalArgumentException("question " + question + " has fewer tokens than a run");
        }
        int base = used;
        int length = tokens.end(count - 1);
        if (bytes.length - used < length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(used + used / 2, length));
        }
        System.arraycopy(tokens.bytes(), 0, bytes, used, length);
        used += length;
        long hash = 0;
        for (int i = 0; i < count; i++) {
            hash = next(hash, tokens, i);
            if (i >= ngram - 1) {
                int start = tokens.start(i - ngram + 1);
                insert(hash, base + start, tokens.end(i) - start, question);
            }
        }
    }

    private void insert(long hash, int start, int length, int question) {
        int slot = slot(hash, bytes, start, length);
        if (table[slot] != FREE) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            questions = Arrays.copyOf(questions, 2 * size);
        }
        hashes[size] = hash;
        starts[size] = start;
        lengths[size] = length;
        questions[size] = question;
        table[slot] = size++;
        if (2 * size > table.length) {
            table = new int[2 * table.length];
            Arrays.fill(table, FREE);
            for (int run = 0; run < size; run++) {
                table[slot(hashes[run], bytes, starts[run], lengths[run])] = run;
            }
        }
    }

    /// Where the run with these bytes is, or where it would be.
    private int slot(long hash, byte[] of, int start, int length) {
        int slot = (int) MinHash.mixed(hash) & table.length - 1;
        while (table[slot] != FREE) {
            int run = table[slot];
            if (hashes[run] == hash
                    && Arrays.equals(bytes, starts[run], starts[run] + lengths[run], of, start, start + length)) {
                return slot;
            }
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /// The hash of the run that ends with token `i` from that of the run that ends before it.
    private long next(long hash, Tokens tokens, int i) {
        long with = hash * FACTOR + tokenHash(tokens, i);
        return i < ngram ? with : with - factorToN * tokenHash(tokens, i - ngram);
    }

    private static long tokenHash(Tokens tokens, int i) {
        long hash = 0;
        for (int at = tokens.start(i); at < tokens.end(i); at++) {
            hash = hash * 0x9E3779B97F4A7C15L + tokens.bytes()[at];
        }
        return MinHash.mixed(hash);
    }
}
