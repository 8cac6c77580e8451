package dev.assay.distil.internal;

import dev.assay.receipt.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A set of texts, held as 128 bits each of their SHA-256: 16 bytes an entry, up to 43 while it grows. At a
/// thousand million entries the chance that any two collide is below 2^-69.
public final class KeySet {
    private long[] keys = new long[2 << 10];
    private int size;
    private boolean hasZero;

    /// Half a digest.
    public record Key(long high, long low) {
        private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(Digest::sha256);

        /// The key of some texts, whose borders count.
        public static Key of(String... parts) {
            MessageDigest sha = SHA.get();
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((byte) (bytes.length >>> 24));
                sha.update((byte) (bytes.length >>> 16));
                sha.update((byte) (bytes.length >>> 8));
                sha.update((byte) bytes.length);
                sha.update(bytes);
            }
            return of(sha.digest());
        }

        /// The key that a digest begins with.
        public static Key of(byte[] sha256) {
            ByteBuffer digest = ByteBuffer.wrap(sha256);
            return new Key(digest.getLong(), digest.getLong());
        }

        /// The key of two contents in this order.
        public static Key of(Key first, Key second) {
            MessageDigest sha = Digest.sha256();
            ByteBuffer both = ByteBuffer.allocate(4 * Long.BYTES);
            both.putLong(first.high).putLong(first.low).putLong(second.high).putLong(second.low);
            return of(sha.digest(both.array()));
        }
    }

    /// @return whether it was not there
    public boolean add(Key key) {
        if (key.high() == 0 && key.low() == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (4L * size > 3L * (keys.length / 2)) {
            grow();
        }
        if (!insert(keys, key.high(), key.low())) {
            return false;
        }
        size++;
        return true;
    }

    /// Whether a key is there.
    public boolean has(Key key) {
        if (key.high() == 0 && key.low() == 0) {
            return hasZero;
        }
        int mask = keys.length / 2 - 1;
        int at = (int) (key.low() & mask);
        while (keys[2 * at] != 0 || keys[2 * at + 1] != 0) {
            if (keys[2 * at] == key.high() && keys[2 * at + 1] == key.low()) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    private static boolean insert(long[] table, long high, long low) {
        int mask = table.length / 2 - 1;
        int at = (int) (low & mask);
        while (table[2 * at] != 0 || table[2 * at + 1] != 0) {
            if (table[2 * at] == high && table[2 * at + 1] == low) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[2 * at] = high;
        table[2 * at + 1] = low;
        return true;
    }

    private void grow() {
        if (keys.length > 1 << 29) {
            throw new IllegalStateException("more than 400 million rows: split the source by stream or time");
        }
        long[] wider = new long[2 * keys.length];
        for (int i = 0; i < keys.length; i += 2) {
            if (keys[i] != 0 || keys[i + 1] != 0) {
                insert(wider, keys[i], keys[i + 1]);
            }
        }
        keys = wider;
    }

    public int size() {
        return size + (hasZero ? 1 : 0);
    }
}
