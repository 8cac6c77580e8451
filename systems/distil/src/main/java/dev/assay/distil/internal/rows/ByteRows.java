package dev.assay.distil.internal.rows;

import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a stream of bytes into rows without understanding them: lines, or the elements of one JSON array.
/// What stands in a row is looked at later, by many threads. A row longer than [Limit#LINE_BYTES] is not held: it is
/// one row that says so.
public final class ByteRows implements RowReader {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// Where in an array the reader is.
    private enum State {
        BEFORE,
        BETWEEN,
        INSIDE,
        AFTER
    }

    private final InputStream in;
    private final boolean array;
    private final long longest;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private int at;
    private boolean ended;
    private boolean started;

    private byte[] row = new byte[1 << 12];
    private int rowLength;
    private boolean tooLong;
    private long position;

    private State state = State.BEFORE;
    private boolean separated;
    private int depth;
    private boolean inText;
    private boolean escaped;

    private List<RawRow> batch = new ArrayList<>();
    private long batchBytes;

    private ByteRows(InputStream in, boolean array, Limits limits) {
        this.in = in;
        this.array = array;
        this.longest = Math.min(limits.of(Limit.LINE_BYTES), LARGEST_ARRAY);
    }

    /// Lines; blank ones are no rows but count as lines.
    public static ByteRows lines(InputStream in) {
        return lines(in, Limits.ofProcess());
    }

    /// Lines no longer than [Limit#LINE_BYTES].
    public static ByteRows lines(InputStream in, Limits limits) {
        return new ByteRows(in, false, limits);
    }

    /// Elements of an array, none longer than [Limit#LINE_BYTES].
    public static ByteRows elements(InputStream in, Limits limits) {
        return new ByteRows(in, true, limits);
    }

    @Override
    public List<RawRow> next() throws IOException {
        batch = new ArrayList<>();
        batchBytes = 0;
        while (batchBytes < BATCH_BYTES) {
            if (at == length && !fill()) {
                break;
            }
            if (array) {
                element();
            } else {
                line();
            }
        }
        return batch;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        try {
            length = in.read(buffer);
        } catch (IOException e) {
            // A damaged archive: what was read before counts, the rest is one row that cannot be read.
            length = 0;
            at = 0;
            trouble("the file breaks off here: it is damaged or incomplete");
            return false;
        }
        at = 0;
        if (length < 0) {
            length = 0;
            ended = true;
            finish();
            return false;
        }
        if (!started) {
            started = true;
            if (length >= BYTE_ORDER_MARK.length
                    && Arrays.equals(buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
                at = BYTE_ORDER_MARK.length;
            }
        }
        return true;
    }

    private void line() {
        int from = at;
        at = CanonicalJson.endOfLine(buffer, from, length);
        if (at < length && rowLength == 0 && !tooLong && at - from <= longest) {
            // The usual line lies in the buffer as a whole.
            if (!blank(buffer, from, at)) {
                batch.add(RawRow.json(position, Arrays.copyOfRange(buffer, from, at)));
                batchBytes += at - from + 1;
            }
            position++;
            at++;
            return;
        }
        append(from, at);
        if (at < length) {
            at++;
            endLine();
        }
    }

    private void endLine() {
        if (tooLong || !blank(row, 0, rowLength)) {
            endRow();
        } else {
            rowLength = 0;
            position++;
        }
    }

    private static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /// Goes through the buffer until a batch may be full.
    private void element() {
        int from = at;
        while (at < length) {
            byte c = buffer[at];
            if (state == State.INSIDE) {
                if (inText) {
                    if (escaped) {
                        escaped = false;
                    } else if (c == '\\') {
                        escaped = true;
                    } else if (c == '"') {
                        inText = false;
                    }
                } else if (c == '"') {
                    inText = true;
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (depth > 0 && (c == '}' || c == ']')) {
                    depth--;
                } else if (depth == 0 && (c == ',' || c == ']')) {
                    append(from, at);
                    endRow();
                    state = c == ',' ? State.BETWEEN : State.AFTER;
                    separated = c == ',';
                    at++;
                    return;
                }
                at++;
                continue;
            }
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
                from = at;
                continue;
            }
            if (state == State.BEFORE) {
                if (c != '[') {
                    trouble("the file does not begin with '[': it is no JSON array");
                    return;
                }
                state = State.BETWEEN;
                separated = false;
                at++;
                from = at;
            } else if (state == State.BETWEEN) {
                if (c == ']' && !separated) {
                    state = State.AFTER;
                    at++;
                    from = at;
                } else if (c == ',' || c == ']') {
                    batch.add(RawRow.unreadable(position++, "an element is missing between commas"));
                    batchBytes++;
                    state = c == ',' ? State.BETWEEN : State.AFTER;
                    separated = true;
                    at++;
                    return;
                } else {
                    state = State.INSIDE;
                    from = at;
                }
            } else {
                trouble("something follows after the end of the array");
                return;
            }
        }
        if (state == State.INSIDE) {
            append(from, at);
        }
    }

    /// The rest of the file is not read.
    private void trouble(String sentence) {
        batch.add(RawRow.unreadable(position++, sentence));
        batchBytes++;
        at = length;
        ended = true;
        state = State.AFTER;
        rowLength = 0;
    }

    private void append(int from, int to) {
        int more = to - from;
        if ((long) rowLength + more > longest) {
            tooLong = true;
        }
        if (tooLong) {
            row = row.length > BUFFER_BYTES ? new byte[1 << 12] : row;
            rowLength = 0;
            return;
        }
        if (rowLength + more > row.length) {
            row = Arrays.copyOf(row, (int) Math.max(rowLength + more, Math.min(2L * row.length, LARGEST_ARRAY)));
        }
        System.arraycopy(buffer, from, row, rowLength, more);
        rowLength += more;
    }

    private void endRow() {
        batch.add(
                tooLong
                        ? RawRow.unreadable(
                                position,
                                "the row has more than " + longest + " bytes; if you trust it, allow more with --limit "
                                        + Limit.LINE_BYTES.label() + "=N")
                        : RawRow.json(position, Arrays.copyOf(row, rowLength)));
        batchBytes += rowLength + 1;
        rowLength = 0;
        tooLong = false;
        position++;
    }

    private void finish() {
        if (!array) {
            if (rowLength > 0 || tooLong) {
                endLine();
            }
        } else if (state == State.INSIDE) {
            batch.add(RawRow.unreadable(position++, "the file ends inside this element"));
            rowLength = 0;
        } else if (state == State.BETWEEN) {
            batch.add(RawRow.unreadable(position++, "the file ends inside the array"));
        } else if (state == State.BEFORE) {
            batch.add(RawRow.unreadable(position++, "the file is empty: it holds no JSON array"));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
