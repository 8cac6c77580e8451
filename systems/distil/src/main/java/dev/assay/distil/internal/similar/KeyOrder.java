package dev.assay.distil.internal.similar;

import java.util.Comparator;

/// The order of keys: by code points, which is that of their UTF-8 bytes.
public enum KeyOrder implements Comparator<String> {
    /// The one order.
    BY_CODE_POINTS;

    @Override
    public int compare(String x, String y) {
        int length = Math.min(x.length(), y.length());
        for (int i = 0; i < length; i++) {
            char c = x.charAt(i);
            char d = y.charAt(i);
            if (c != d) {
                // Surrogates stand for code points above all others.
                boolean pairs = Character.isSurrogate(c);
                return pairs == Character.isSurrogate(d) ? Character.compare(c, d) : pairs ? 1 : -1;
            }
        }
        return Integer.compare(x.length(), y.length());
    }
}
