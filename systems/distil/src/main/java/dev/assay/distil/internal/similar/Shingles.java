package dev.assay.distil.internal.similar;

import dev.assay.distil.KeyedText;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// The set of shingles of a text, as ascending distinct hashes.
///
/// A shingle is `width` successive tokens joined by single spaces; a text of fewer tokens is one shingle of
/// all of them, a text of none has none. Its hash is the first 8 bytes, big endian, `>>> 3`, of the SHA-256
/// of its UTF-8 bytes: 61 bits, so that among a hundred million different shingles two share a hash with
/// probability 0.002.
///
/// Of a text in several parts each part has shingles of its own: none reaches from a question into its
/// answer, and the two lowest bits of a hash tell which part it is of ([#part]), 59 bits the rest.
///
/// Reused from text to text; not thread-safe.
public final class Shingles {
    private static final long PART = KeyedText.MOST_PARTS - 1L;

    private final int width;
    private final Tokens tokens = new Tokens();
    private final MessageDigest sha = sha256();
    private final byte[] digest = new byte[32];
    private long[] hashes = new long[512];
    private long[] spread = new long[512];
    private int[] ends = new int[1025];
    private int size;

    public Shingles(int width) {
        this.width = width;
    }

    /// Which part of its text a shingle of a text in several parts is of, from 0.
    static int part(long hash) {
        return (int) (hash & PART);
    }

    /// Replaces the set by that of a text in one part.
    public void read(String text) {
        settle(append(text, 0, 0, false));
    }

    /// Replaces the set by that of a text.
    public void read(List<String> parts) {
        int found = 0;
        for (int part = 0; part < parts.size(); part++) {
            found = append(parts.get(part), part, found, parts.size() > 1);
        }
        settle(found);
    }

    private int append(String text, int part, int at, boolean marked) {
        tokens.read(text);
        int count = tokens.count();
        int end = at + (count == 0 ? 0 : Math.max(1, count - width + 1));
        if (hashes.length < end) {
            hashes = Arrays.copyOf(hashes, end + end / 2);
        }
        byte[] bytes = tokens.bytes();
        for (int i = at; i < end; i++) {
            int from = tokens.start(i - at);
            sha.update(bytes, from, tokens.end(Math.min(count, i - at + width) - 1) - from);
            long hash = firstLong() >>> 3;
            hashes[i] = marked ? hash & ~PART | part : hash;
        }
        return end;
    }

    private void settle(int found) {
        sort(found);
        int kept = Math.min(found, 1);
        for (int i = 1; i < found; i++) {
            if (hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
    }

    /// How many different shingles there are; 0 for a text without a token.
    public int size() {
        return size;
    }

    /// The array whose first `size` elements are the hashes, valid until the next text.
    public long[] hashes() {
        return hashes;
    }

    /// A copy of the hashes.
    public long[] toArray() {
        return Arrays.copyOf(hashes, size);
    }

    /// Writes 128 bits that stand for the set: equal for equal sets and, being the start of a SHA-256, for no
    /// others.
    public void identify(long[] into, int at) {
        ByteBuffer block = ByteBuffer.wrap(new byte[512]);
        for (int i = 0; i < size; i++) {
            block.putLong(hashes[i]);
            if (!block.hasRemaining() || i + 1 == size) {
                sha.update(block.array(), 0, block.position());
                block.clear();
            }
        }
        into[at] = firstLong();
        into[at + 1] = ByteBuffer.wrap(digest).getLong(Long.BYTES);
    }

    /// Hashes are evenly spread, so their high bits nearly are their order: one pass distributes them over
    /// about as many slots as there are, which leaves little to sort. Sorting in place took a fifth of all
    /// time.
    private void sort(int n) {
        if (spread.length < n) {
            spread = new long[hashes.length];
            ends = new int[2 * Integer.highestOneBit(hashes.length) + 1];
        }
        int shift = 61 - (Integer.SIZE - Integer.numberOfLeadingZeros(n));
        int slots = 1 << 61 - shift;
        Arrays.fill(ends, 0, slots + 1, 0);
        for (int i = 0; i < n; i++) {
            ends[(int) (hashes[i] >>> shift) + 1]++;
        }
        for (int slot = 0; slot < slots; slot++) {
            ends[slot + 1] += ends[slot];
        }
        // What starts as the end of the slot before becomes the end of the slot.
        for (int i = 0; i < n; i++) {
            spread[ends[(int) (hashes[i] >>> shift)]++] = hashes[i];
        }
        int from = 0;
        for (int slot = 0; from < n; slot++) {
            int to = ends[slot];
            if (to - from > 1) {
                Arrays.sort(spread, from, to);
            }
            from = to;
        }
        long[] sorted = spread;
        spread = hashes;
        hashes = sorted;
    }

    private long firstLong() {
        try {
            sha.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return ByteBuffer.wrap(digest).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
