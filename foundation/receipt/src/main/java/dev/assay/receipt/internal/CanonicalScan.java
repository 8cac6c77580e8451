package dev.assay.receipt.internal;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/// Brings JSON into its canonical form (RFC 8785) in one pass over its bytes, without building a tree. What
/// is rare in rows of data, and everything that has no canonical form, is left to those who parse: names
/// that are escaped or not ASCII, names that stand twice, U+FFFD, halves of surrogate pairs, integers
/// beyond 2^53, depth beyond 200.
///
/// What is canonical already is not copied: the result is a few pieces of the input, until something stands
/// in it that has to be written in another way.
///
/// For one thread; may be used again and again.
public final class CanonicalScan {
    private static final int MAX_DEPTH = 200;
    private static final int FEW_MEMBERS = 32;
    private static final int EXACT_DIGITS = 15;
    private static final long LARGEST = 1L << 53;
    private static final int MAX_PIECES = 16;

    /// Deeper values are left to the parser, which says so if they are too deep.
    private final int mostLevels = Math.min(MAX_DEPTH, Limits.ofProcess().intOf(Limit.DEPTH));

    private final NameSet leftOut;
    private final NameSet dataMaps;

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private boolean oneLine;

    /// What has been read and is not in the result yet begins here.
    private int kept;

    /// Inside a member that is left out.
    private boolean silent;

    /// Bytes in the result so far.
    private int length;

    /// The result as pieces of the input, begin and end of each, while nothing had to be written in another
    /// way.
    private final int[] pieces = new int[2 * MAX_PIECES];

    private int pieceCount;
    private boolean written;
    private byte[] out = new byte[0];

    /// Of each member of the objects that are open: begin and end of its name in the input, and of the
    /// whole member in the result (-1 if it is left out).
    private int[] spans = new int[128];
    private byte[] sorted = new byte[1 << 12];

    private int members;

    private static final class NotCanonical extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final NotCanonical INSTANCE = new NotCanonical();

        private NotCanonical() {
            super("left to the parser", null, false, false);
        }
    }

    /// @param leftOut  names of members that are left out, at any depth
    /// @param dataMaps names of objects in which everything is kept
    public CanonicalScan(Set<String> leftOut, Set<String> dataMaps) {
        this.leftOut = new NameSet(leftOut);
        this.dataMaps = new NameSet(dataMaps);
    }

    /// Whether these bytes are one JSON value with nothing rare in it; if so, its canonical form without
    /// what is left out is the result. The array must not change as long as that is asked for.
    public boolean read(byte[] json, int from, int to) {
        return read(json, from, to, false) && at == to;
    }

    /// Reads one JSON value that ends before the next line feed, or at `to`. The result is as with
    /// [#read(byte[], int, int)].
    ///
    /// @return the place of that line feed, or `to`; -1 if it is not one JSON value with nothing rare in it
    public int readLine(byte[] json, int from, int to) {
        return read(json, from, to, true) && (at == to || json[at] == '\n') ? at : -1;
    }

    private boolean read(byte[] json, int from, int to, boolean line) {
        in = json;
        at = from;
        end = to;
        oneLine = line;
        kept = from;
        silent = false;
        length = 0;
        pieceCount = 0;
        written = false;
        members = 0;
        try {
            space();
            value(false, 0);
            keep(at);
            space();
        } catch (NotCanonical e) {
            return false;
        }
        return true;
    }

    /// Whether the result is just what was read.
    public boolean isUnchanged() {
        return !written && pieceCount == 1 && length == in.length;
    }

    /// Feeds the result to a digest.
    public void update(MessageDigest digest) {
        if (written) {
            digest.update(out, 0, length);
            return;
        }
        for (int i = 0; i < 2 * pieceCount; i += 2) {
            digest.update(in, pieces[i], pieces[i + 1] - pieces[i]);
        }
    }

    /// A copy of the result.
    public byte[] copy() {
        return Arrays.copyOf(bytes(), length);
    }

    /// The result; the first [#length()] of these bytes count.
    public byte[] bytes() {
        write();
        return out;
    }

    /// Number of bytes of the result.
    public int length() {
        return length;
    }

    /// Takes over what was read up to here.
    private void keep(int to) {
        if (silent) {
            return;
        }
        if (to > kept) {
            boolean further = pieceCount > 0 && pieces[2 * pieceCount - 1] == kept;
            if (pieceCount == MAX_PIECES && !further) {
                write();
            }
            if (written) {
                System.arraycopy(in, kept, room(to - kept), length, to - kept);
            } else if (further) {
                pieces[2 * pieceCount - 1] = to;
            } else {
                pieces[2 * pieceCount] = kept;
                pieces[2 * pieceCount + 1] = to;
                pieceCount++;
            }
            length += to - kept;
        }
        kept = to;
    }

    /// Takes over what was read up to `from`, and not what stands from there to `to`.
    private void cut(int from, int to) {
        keep(from);
        kept = to;
    }

    /// From now on the result is written out.
    private void write() {
        if (written) {
            return;
        }
        int to = 0;
        if (out.length < length) {
            out = new byte[Math.max(1 << 12, length + (length >> 1))];
        }
        for (int i = 0; i < 2 * pieceCount; i += 2) {
            System.arraycopy(in, pieces[i], out, to, pieces[i + 1] - pieces[i]);
            to += pieces[i + 1] - pieces[i];
        }
        written = true;
    }

    /// Where the result is written to, with room for some more bytes.
    private byte[] room(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(1 << 12, Math.max(length + more, 2 * out.length)));
        }
        return out;
    }

    /// Puts other bytes in the place of those from `from` to `to`.
    private void replace(int from, int to, byte[] bytes) {
        if (silent) {
            return;
        }
        keep(from);
        write();
        System.arraycopy(bytes, 0, room(bytes.length), length, bytes.length);
        length += bytes.length;
        kept = to;
    }

    private void space() {
        if (at < end && in[at] <= ' ') {
            int from = at;
            skipSpace();
            cut(from, at);
        }
    }

    private void skipSpace() {
        while (at < end) {
            byte c = in[at];
            if (c > ' ' || (c != ' ' && c != '\t' && c != '\r' && (c != '\n' || oneLine))) {
                return;
            }
            at++;
        }
    }

    private void value(boolean keepAll, int depth) {
        if (at >= end || depth > mostLevels) {
            throw NotCanonical.INSTANCE;
        }
        switch (in[at]) {
            case '{' -> object(keepAll, depth);
            case '[' -> list(keepAll, depth);
            case '"' -> text();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void list(boolean keepAll, int depth) {
        at++;
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        value(keepAll, depth + 1);
        space();
        while (peek() == ',') {
            at++;
            space();
            value(keepAll, depth + 1);
            space();
        }
        expect(']');
    }

    private void object(boolean keepAll, int depth) {
        at++;
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        int base = members;
        int begin = length + at - kept;
        int shown = 0;
        int comma = at;
        boolean sorted = true;
        while (true) {
            if (peek() != '"') {
                throw NotCanonical.INSTANCE;
            }
            int quote = at;
            int nameFrom = at + 1;
            int nameTo = plainName(nameFrom);
            boolean left = !keepAll && leftOut.has(in, nameFrom, nameTo);
            boolean outer = silent;
            if (left) {
                keep(comma);
                silent = true;
            } else {
                int from = shown++ == 0 ? comma : comma + 1;
                if (quote > from) {
                    cut(from, quote);
                }
            }
            int outFrom = length + quote - kept;
            at = nameTo + 1;
            space();
            expect(':');
            space();
            value(keepAll || (!left && peek() == '{' && dataMaps.has(in, nameFrom, nameTo)), depth + 1);
            if (left) {
                silent = outer;
                kept = at;
            }
            member(nameFrom, nameTo, outFrom, left ? -1 : length + at - kept);
            if (members - base > 1) {
                sorted &= isBehindItsForerunner();
            }
            space();
            if (peek() != ',') {
                break;
            }
            comma = at++;
            skipSpace();
        }
        expect('}');
        if (!sorted) {
            sort(base, begin);
        }
        members = base;
    }

    private void member(int nameFrom, int nameTo, int outFrom, int outTo) {
        if (4 * members == spans.length) {
            spans = Arrays.copyOf(spans, 2 * spans.length);
        }
        int p = 4 * members++;
        spans[p] = nameFrom;
        spans[p + 1] = nameTo;
        spans[p + 2] = outFrom;
        spans[p + 3] = outTo;
    }

    /// Whether the last member's name, in ASCII, is behind that of the member before it. Names differ early.
    private boolean isBehindItsForerunner() {
        int p = 4 * members - 4;
        int before = spans[p - 4];
        int now = spans[p];
        int length = Math.min(spans[p - 3] - before, spans[p + 1] - now);
        int same = 0;
        while (same < length && in[before + same] == in[now + same]) {
            same++;
        }
        if (same < length) {
            return in[before + same] < in[now + same];
        }
        if (spans[p - 3] - before == spans[p + 1] - now) {
            throw NotCanonical.INSTANCE;
        }
        return length == spans[p - 3] - before;
    }

    /// Behind the last character of a name that needs no second look.
    private int plainName(int from) {
        int to = PlainBytes.endOfAscii(in, from, end);
        if (to >= end || in[to] != '"') {
            throw NotCanonical.INSTANCE;
        }
        return to;
    }

    /// Brings the members since `base`, which were written from `begin` on, into the order of their names.
    private void sort(int base, int begin) {
        int[] order = order(base);
        if (silent) {
            return;
        }
        // The closing bracket, which has been read, stays for later.
        keep(at - 1);
        write();
        if (sorted.length <= length - begin) {
            sorted = new byte[2 * (length - begin) + 1];
        }
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
        System.arraycopy(sorted, 0, out, begin, length - begin);
    }

    /// The members since `base` in the order of their names.
    private int[] order(int base) {
        int count = members - base;
        if (count > FEW_MEMBERS) {
            return IntStream.range(base, members)
                    .boxed()
                    .sorted(this::compareNames)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int at = i;
            while (at > 0 && compareNames(order[at - 1], base + i) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = base + i;
        }
        return order;
    }

    private int compareNames(int x, int y) {
        int by = Arrays.compareUnsigned(in, spans[4 * x], spans[4 * x + 1], in, spans[4 * y], spans[4 * y + 1]);
        if (by == 0 && x != y) {
            throw NotCanonical.INSTANCE;
        }
        return by;
    }

    /// A text, with its quotes.
    private void text() {
        int i = at + 1;
        while (true) {
            i = PlainBytes.endOfAscii(in, i, end);
            if (i >= end) {
                throw NotCanonical.INSTANCE;
            }
            byte c = in[i];
            if (c == '"') {
                at = i + 1;
                return;
            }
            if (c == '\\') {
                i = behindEscape(i);
            } else if (c < 0) {
                i = behindCharacters(i);
            } else {
                throw NotCanonical.INSTANCE;
            }
        }
    }

    /// Behind the characters here that are not ASCII. What is no UTF-8 (RFC 3629), and U+FFFD, which may
    /// stand for that, is left to others.
    private int behindCharacters(int from) {
        int i = from;
        while (i < end && in[i] < 0) {
            int lead = in[i] & 0xFF;
            if (lead >= 0xC2 && lead < 0xE0) {
                follow(i + 1, 0x80, 0xBF);
                i += 2;
            } else if (lead >= 0xE0 && lead < 0xF0) {
                int second = follow(i + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
                int third = follow(i + 2, 0x80, 0xBF);
                if (lead == 0xEF && second == 0xBF && third == 0xBD) {
                    throw NotCanonical.INSTANCE;
                }
                i += 3;
            } else if (lead >= 0xF0 && lead < 0xF5) {
                follow(i + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
                follow(i + 2, 0x80, 0xBF);
                follow(i + 3, 0x80, 0xBF);
                i += 4;
            } else {
                throw NotCanonical.INSTANCE;
            }
        }
        return i;
    }

    private int follow(int place, int smallest, int largest) {
        int c = place < end ? in[place] & 0xFF : -1;
        if (c < smallest || c > largest) {
            throw NotCanonical.INSTANCE;
        }
        return c;
    }

    /// Behind what is escaped here.
    private int behindEscape(int from) {
        if (from + 1 >= end) {
            throw NotCanonical.INSTANCE;
        }
        return switch (in[from + 1]) {
            case '"', '\\', 'b', 't', 'n', 'f', 'r' -> from + 2;
            case '/' -> {
                cut(from, from + 1);
                yield from + 2;
            }
            case 'u' -> behindUnicode(from);
            default -> throw NotCanonical.INSTANCE;
        };
    }

    private int behindUnicode(int from) {
        int code = hex(from + 2);
        int to = from + 6;
        if (code >= 0xD800 && code < 0xDC00) {
            if (to + 1 >= end || in[to] != '\\' || in[to + 1] != 'u') {
                throw NotCanonical.INSTANCE;
            }
            int low = hex(to + 2);
            if (low < 0xDC00 || low > 0xDFFF) {
                throw NotCanonical.INSTANCE;
            }
            to += 6;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else if ((code >= 0xDC00 && code <= 0xDFFF) || code == 0xFFFD) {
            throw NotCanonical.INSTANCE;
        }
        replace(from, to, character(code).getBytes(StandardCharsets.UTF_8));
        return to;
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
    private static String character(int code) {
        int letter = "\b\t\n\f\r\"\\".indexOf(code);
        if (letter >= 0) {
            return "\\" + "btnfr\"\\".charAt(letter);
        }
        if (code < ' ') {
            return "\\u00" + (code >> 4) + Character.forDigit(code & 15, 16);
        }
        return Character.toString(code);
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
            if (zero) {
                // Zero has no sign.
                cut(from, first);
            }
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
        byte[] canonical = CanonicalWriter.number(value).getBytes(StandardCharsets.ISO_8859_1);
        if (!Arrays.equals(canonical, 0, canonical.length, in, from, at)) {
            replace(from, at, canonical);
        }
    }

    private long exact(int first) {
        return Long.parseLong(new String(in, first, at - first, StandardCharsets.ISO_8859_1));
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || in[at] != word.charAt(i)) {
                throw NotCanonical.INSTANCE;
            }
            at++;
        }
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
}
