package dev.assay.receipt.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Brings JSON into its canonical form (RFC 8785) in one pass over its bytes, without building a tree. What
/// is rare in rows of data, and everything that has no canonical form, is left to those who parse: names that
/// are escaped or not ASCII, names that stand twice, U+FFFD, halves of surrogate pairs, integers beyond 2^53,
/// depth beyond 200.
///
/// For one thread; may be used again and again.
public final class CanonicalScan {
    private static final int MAX_DEPTH = 200;
    private static final int EXACT_DIGITS = 15;
    private static final long LARGEST = 1L << 53;

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private byte[] out = new byte[1 << 12];
    private int length;
    private int[] spans = new int[128];
    private int members;
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
            super("left to the parser", null, false, false);
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

    /// Whether these bytes are one JSON value with nothing rare in it; if so, [#bytes()] and [#length()] give
    /// its canonical form without what is left out.
    public boolean read(byte[] json, int from, int to) {
        in = json;
        at = from;
        end = to;
        length = 0;
        members = 0;
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = json[i] >= 0;
        }
        if (!ascii && new String(json, from, to - from, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0) {
            return false;
        }
        try {
            space();
            value(false, 0);
            space();
        } catch (NotCanonical e) {
            return false;
        }
        return at == end;
    }

    /// A copy of what was read.
    public byte[] copy() {
        return Arrays.copyOf(out, length);
    }

    /// What was read; the first [#length()] of them count.
    public byte[] bytes() {
        return out;
    }

    public int length() {
        return length;
    }

    private void space() {
        while (at < end) {
            byte c = in[at];
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private void value(boolean keepAll, int depth) {
        if (at >= end || depth > MAX_DEPTH) {
            throw NotCanonical.INSTANCE;
        }
        switch (in[at]) {
            case '{' -> object(keepAll, depth);
            case '[' -> {
                put((byte) '[');
                at++;
                space();
                if (peek() == ']') {
                    at++;
                } else {
                    value(keepAll, depth + 1);
                    space();
                    while (peek() == ',') {
                        put((byte) ',');
                        at++;
                        space();
                        value(keepAll, depth + 1);
                        space();
                    }
                    expect(']');
                }
                put((byte) ']');
            }
            case '"' -> text();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void object(boolean keepAll, int depth) {
        put((byte) '{');
        at++;
        space();
        if (peek() == '}') {
            at++;
            put((byte) '}');
            return;
        }
        int base = members;
        int begin = length;
        boolean sorted = true;
        while (true) {
            int outFrom = length;
            if (peek() != '"') {
                throw NotCanonical.INSTANCE;
            }
            int nameFrom = at + 1;
            int nameTo = plainName(nameFrom);
            copy(at, nameTo + 1);
            at = nameTo + 1;
            space();
            expect(':');
            put((byte) ':');
            space();
            name.bytes = in;
            name.from = nameFrom;
            name.to = nameTo;
            boolean left = !keepAll && leftOut.contains(name);
            boolean data = !left && dataMaps.contains(name) && peek() == '{';
            value(keepAll || data, depth + 1);
            if (4 * members == spans.length) {
                spans = Arrays.copyOf(spans, 2 * spans.length);
            }
            int p = 4 * members++;
            spans[p] = nameFrom;
            spans[p + 1] = nameTo;
            spans[p + 2] = outFrom;
            spans[p + 3] = left ? -1 : length;
            if (left) {
                length = outFrom;
            } else {
                put((byte) ',');
            }
            if (members - base > 1) {
                int order = Arrays.compareUnsigned(in, spans[p - 4], spans[p - 3], in, nameFrom, nameTo);
                if (order == 0) {
                    throw NotCanonical.INSTANCE;
                }
                sorted &= order < 0;
            }
            space();
            if (peek() == ',') {
                at++;
                space();
            } else {
                break;
            }
        }
        expect('}');
        if (!sorted) {
            sort(base, begin);
        }
        members = base;
        if (length > begin) {
            length--;
        }
        put((byte) '}');
    }

    /// Behind the last character of a name that needs no second look.
    private int plainName(int from) {
        for (int i = from; i < end; i++) {
            byte c = in[i];
            if (c == '"') {
                return i;
            }
            if (c < ' ' || c == '\\') {
                throw NotCanonical.INSTANCE;
            }
        }
        throw NotCanonical.INSTANCE;
    }

    /// Brings the members since `base`, which were written from `begin` on, into the order of their names.
    private void sort(int base, int begin) {
        int count = members - base;
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> base + i);
        Arrays.sort(order, (x, y) -> {
            int by = Arrays.compareUnsigned(in, spans[4 * x], spans[4 * x + 1], in, spans[4 * y], spans[4 * y + 1]);
            if (by == 0 && !x.equals(y)) {
                throw NotCanonical.INSTANCE;
            }
            return by;
        });
        byte[] sorted = new byte[length - begin];
        int to = 0;
        for (int member : order) {
            int outFrom = spans[4 * member + 2];
            int outTo = spans[4 * member + 3];
            if (outTo >= 0) {
                System.arraycopy(out, outFrom, sorted, to, outTo - outFrom);
                to += outTo - outFrom;
                sorted[to++] = ',';
            }
        }
        System.arraycopy(sorted, 0, out, begin, to);
    }

    /// A text, with its quotes.
    private void text() {
        int from = at++;
        while (true) {
            at = PlainBytes.end(in, at, end);
            if (at >= end) {
                throw NotCanonical.INSTANCE;
            }
            byte c = in[at];
            if (c == '"') {
                at++;
                copy(from, at);
                return;
            }
            if (c == '\\') {
                copy(from, at);
                escape();
                from = at;
            } else if (c >= 0 && c < ' ') {
                throw NotCanonical.INSTANCE;
            } else {
                at++;
            }
        }
    }

    private void escape() {
        if (at + 1 >= end) {
            throw NotCanonical.INSTANCE;
        }
        byte c = in[at + 1];
        switch (c) {
            case '"', '\\', 'b', 't', 'n', 'f', 'r' -> {
                put((byte) '\\');
                put(c);
                at += 2;
            }
            case '/' -> {
                put((byte) '/');
                at += 2;
            }
            case 'u' -> {
                int code = hex(at + 2);
                at += 6;
                if (code >= 0xD800 && code < 0xDC00) {
                    if (at + 1 >= end || in[at] != '\\' || in[at + 1] != 'u') {
                        throw NotCanonical.INSTANCE;
                    }
                    int low = hex(at + 2);
                    if (low < 0xDC00 || low > 0xDFFF) {
                        throw NotCanonical.INSTANCE;
                    }
                    at += 6;
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                } else if (code >= 0xDC00 && code <= 0xDFFF) {
                    throw NotCanonical.INSTANCE;
                }
                character(code);
            }
            default -> throw NotCanonical.INSTANCE;
        }
    }

    private int hex(int from) {
        if (from + 4 > end) {
            throw NotCanonical.INSTANCE;
        }
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(in[i], 16);
            if (digit < 0) {
                throw NotCanonical.INSTANCE;
            }
            code = 16 * code + digit;
        }
        return code;
    }

    /// A character that was escaped, as canonical JSON writes it.
    private void character(int code) {
        int letter = "\b\t\n\f\r\"\\".indexOf(code);
        if (letter >= 0) {
            put((byte) '\\');
            put((byte) "btnfr\"\\".charAt(letter));
        } else if (code < ' ') {
            for (byte b : new byte[] {'\\', 'u', '0', '0', (byte) ('0' + (code >> 4))}) {
                put(b);
            }
            put((byte) Character.forDigit(code & 15, 16));
        } else if (code < 0x80) {
            put((byte) code);
        } else {
            if (code == 0xFFFD) {
                throw NotCanonical.INSTANCE;
            }
            for (byte b : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
                put(b);
            }
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
        int first = from < at && in[from] == '-' ? from + 1 : from;
        if (first >= at || in[first] < '0' || in[first] > '9') {
            throw NotCanonical.INSTANCE;
        }
        boolean zero = in[first] == '0';
        if (zero && first + 1 < at && in[first + 1] >= '0' && in[first + 1] <= '9') {
            throw NotCanonical.INSTANCE;
        }
        if (whole) {
            for (int i = first; i < at; i++) {
                if (in[i] == '-') {
                    throw NotCanonical.INSTANCE;
                }
            }
            if (at - first > EXACT_DIGITS && (at - first > EXACT_DIGITS + 1 || exact(first) > LARGEST)) {
                throw NotCanonical.INSTANCE;
            }
            copy(zero ? first : from, at);
            return;
        }
        // Java reads more than JSON writes: a point or an exponent needs digits on both sides.
        for (int i = first; i < at; i++) {
            boolean digit = in[i] >= '0' && in[i] <= '9';
            boolean last = i + 1 == at;
            if (!digit && (last || (in[i] == '.' && (in[i + 1] < '0' || in[i + 1] > '9')))) {
                throw NotCanonical.INSTANCE;
            }
        }
        double value;
        try {
            value = Double.parseDouble(new String(in, from, at - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw NotCanonical.INSTANCE;
        }
        if (Double.isInfinite(value)) {
            throw NotCanonical.INSTANCE;
        }
        for (byte b : CanonicalWriter.number(value).getBytes(StandardCharsets.ISO_8859_1)) {
            put(b);
        }
    }

    private long exact(int first) {
        return Long.parseLong(new String(in, first, at - first, StandardCharsets.ISO_8859_1));
    }

    private void word(String word) {
        int from = at;
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || in[at] != word.charAt(i)) {
                throw NotCanonical.INSTANCE;
            }
            at++;
        }
        copy(from, at);
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

    private void copy(int from, int to) {
        int more = to - from;
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(length + more, 2 * out.length));
        }
        System.arraycopy(in, from, out, length, more);
        length += more;
    }

    private void put(byte c) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * out.length);
        }
        out[length++] = c;
    }
}
