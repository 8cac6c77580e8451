package dev.assay.receipt.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Goes over bytes that may be canonical JSON (RFC 8785) once, without building anything. What is not
/// canonical, or is so in a way that is rare, is left to those who parse.
///
/// For one thread; may be used again and again.
public final class CanonicalScan {
    private static final int MAX_DEPTH = 200;
    private static final int EXACT_DIGITS = 15;

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private byte[] out = new byte[1 << 12];
    private int length;
    private Set<Bytes> leftOut = Set.of();
    private Set<Bytes> dataMaps = Set.of();

    /// A name as bytes.
    private static final class Bytes {
        private byte[] bytes;
        private int from;
        private int to;

        private Bytes(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes b && Arrays.equals(bytes, from, to, b.bytes, b.from, b.to);
        }
    }

    private static final class NotCanonical extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final NotCanonical INSTANCE = new NotCanonical();

        private NotCanonical() {
            super("not canonical", null, false, false);
        }
    }

    private final Bytes name = new Bytes(in, 0, 0);

    /// @param leftOut  names of members that are left out, at any depth
    /// @param dataMaps names of objects in which everything is kept
    public CanonicalScan(Set<String> leftOut, Set<String> dataMaps) {
        this.leftOut = bytes(leftOut);
        this.dataMaps = bytes(dataMaps);
    }

    private static Set<Bytes> bytes(Set<String> names) {
        Set<Bytes> set = new HashSet<>();
        for (String each : names) {
            byte[] utf8 = each.getBytes(StandardCharsets.UTF_8);
            set.add(new Bytes(utf8, 0, utf8.length));
        }
        return set;
    }

    /// Whether these bytes are one canonical value; if so, [#bytes()] and [#length()] give it without what is
    /// left out. False also for canonical values with something rare in them: names that are escaped or not
    /// ASCII, depth beyond 200.
    public boolean read(byte[] json, int from, int to) {
        in = json;
        at = from;
        end = to;
        length = 0;
        if (to - from > out.length) {
            out = new byte[Math.max(to - from, 2 * out.length)];
        }
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = json[i] >= 0;
        }
        if (!ascii && new String(json, from, to - from, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0) {
            return false;
        }
        try {
            value(false, 0);
        } catch (NotCanonical e) {
            return false;
        }
        return at == end;
    }

    /// What was read; the first [#length()] of them count.
    public byte[] bytes() {
        return out;
    }

    public int length() {
        return length;
    }

    private void value(boolean keepAll, int depth) {
        if (at >= end || depth > MAX_DEPTH) {
            throw NotCanonical.INSTANCE;
        }
        int from = at;
        switch (in[at]) {
            case '{' -> object(keepAll, depth);
            case '[' -> {
                put((byte) '[');
                at++;
                if (peek() == ']') {
                    at++;
                } else {
                    value(keepAll, depth + 1);
                    while (peek() == ',') {
                        put((byte) ',');
                        at++;
                        value(keepAll, depth + 1);
                    }
                    expect(']');
                }
                put((byte) ']');
            }
            case '"' -> {
                text();
                copy(from);
            }
            case 't' -> word("true", from);
            case 'f' -> word("false", from);
            case 'n' -> word("null", from);
            default -> {
                number();
                copy(from);
            }
        }
    }

    private void object(boolean keepAll, int depth) {
        put((byte) '{');
        at++;
        if (peek() == '}') {
            at++;
            put((byte) '}');
            return;
        }
        boolean first = true;
        int lastFrom = 0;
        int lastTo = -1;
        while (true) {
            int from = at;
            if (peek() != '"') {
                throw NotCanonical.INSTANCE;
            }
            text();
            int nameFrom = from + 1;
            int nameTo = at - 1;
            for (int i = nameFrom; i < nameTo; i++) {
                if (in[i] < 0 || in[i] == '\\') {
                    throw NotCanonical.INSTANCE;
                }
            }
            if (lastTo >= 0 && Arrays.compareUnsigned(in, lastFrom, lastTo, in, nameFrom, nameTo) >= 0) {
                throw NotCanonical.INSTANCE;
            }
            lastFrom = nameFrom;
            lastTo = nameTo;
            expect(':');
            name.bytes = in;
            name.from = nameFrom;
            name.to = nameTo;
            int before = length;
            boolean left = !keepAll && leftOut.contains(name);
            boolean data = !left && dataMaps.contains(name) && peek() == '{';
            if (!first) {
                put((byte) ',');
            }
            copy(from);
            value(keepAll || data, depth + 1);
            if (left) {
                length = before;
            } else {
                first = false;
            }
            if (peek() == ',') {
                at++;
            } else {
                break;
            }
        }
        expect('}');
        put((byte) '}');
    }

    /// From the opening quote to behind the closing one.
    private void text() {
        at++;
        while (true) {
            if (at >= end) {
                throw NotCanonical.INSTANCE;
            }
            byte c = in[at++];
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                escape();
            } else if (c >= 0 && c < ' ') {
                throw NotCanonical.INSTANCE;
            }
        }
    }

    private void escape() {
        if (at >= end) {
            throw NotCanonical.INSTANCE;
        }
        switch (in[at++]) {
            case '"', '\\', 'b', 't', 'n', 'f', 'r' -> {}
            case 'u' -> {
                // Only control characters that have no letter of their own.
                if (at + 4 > end || in[at] != '0' || in[at + 1] != '0') {
                    throw NotCanonical.INSTANCE;
                }
                int high = in[at + 2] - '0';
                int low = "0123456789abcdef".indexOf(in[at + 3]);
                int code = 16 * high + low;
                if ((high != 0 && high != 1)
                        || low < 0
                        || code == 8
                        || code == 9
                        || code == 10
                        || code == 12
                        || code == 13) {
                    throw NotCanonical.INSTANCE;
                }
                at += 4;
            }
            default -> throw NotCanonical.INSTANCE;
        }
    }

    private void number() {
        int from = at;
        boolean whole = true;
        while (at < end) {
            byte c = in[at];
            if (c == '.' || c == 'e' || c == 'E' || c == '+') {
                whole = false;
            } else if (c != '-' && (c < '0' || c > '9')) {
                break;
            }
            at++;
        }
        int digits = at - from;
        int first = digits > 0 && in[from] == '-' ? from + 1 : from;
        if (first >= at) {
            throw NotCanonical.INSTANCE;
        }
        if (whole && at - first <= EXACT_DIGITS) {
            for (int i = first; i < at; i++) {
                if (in[i] == '-') {
                    throw NotCanonical.INSTANCE;
                }
            }
            boolean zero = in[first] == '0';
            if (zero && (at - first > 1 || first > from)) {
                throw NotCanonical.INSTANCE;
            }
            return;
        }
        String text = new String(in, from, digits, StandardCharsets.ISO_8859_1);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw NotCanonical.INSTANCE;
        }
        if (Double.isInfinite(value) || !CanonicalWriter.number(value).equals(text)) {
            throw NotCanonical.INSTANCE;
        }
    }

    private void word(String word, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || in[at] != word.charAt(i)) {
                throw NotCanonical.INSTANCE;
            }
            at++;
        }
        copy(from);
    }

    private byte peek() {
        if (at >= end) {
            throw NotCanonical.INSTANCE;
        }
        return in[at];
    }

    private void expect(char c) {
        if (peek() != c) {
            throw NotCanonical.INSTANCE;
        }
        at++;
    }

    private void copy(int from) {
        int more = at - from;
        System.arraycopy(in, from, out, length, more);
        length += more;
    }

    private void put(byte c) {
        out[length++] = c;
    }
}
