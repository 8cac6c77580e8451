package dev.assay.distil.internal.endpoint;

import java.util.BitSet;

/// Takes a key out of a text that a server sent: the whole key, and pieces of it that are too long to
/// be chance.
///
/// A server that got a key can hide it in its answers in any way it likes. This is for those that
/// quote it.
final class KeyMask {
    /// What stands in its place.
    static final String MASK = "[key]";

    /// Shorter pieces of a key are words of any language.
    static final int PIECE = 12;

    private KeyMask() {}

    /// The text without the key. A key shorter than [#PIECE] is looked for as a whole.
    static String masked(String text, String key) {
        int piece = Math.min(PIECE, key.length());
        BitSet of = new BitSet();
        for (int k = 0; k + piece <= key.length(); k++) {
            String part = key.substring(k, k + piece);
            for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
                of.set(at, at + piece);
            }
        }
        if (of.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            if (of.get(at)) {
                clean.append(MASK);
                at = of.nextClearBit(at);
            } else {
                int next = of.nextSetBit(at);
                int end = next < 0 ? text.length() : next;
                clean.append(text, at, end);
                at = end;
            }
        }
        return clean.toString();
    }
}
