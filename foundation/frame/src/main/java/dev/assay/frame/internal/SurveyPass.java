package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// The pass of a [TextSurvey] over bytes.
final class SurveyPass {
    private static final int BUFFER = 1 << 18;

    /// Where a byte of CSV stands. A quote opens only at the start of a field, as DuckDB has it.
    private static final int FIELD_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private final FileFormat format;
    private final Limits limits;
    private final long mostBytes;
    private final long mostOfRecord;
    private final long mostDepth;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    private long bytes;
    private long line = 1;
    private long recordLine = 1;
    private long recordBytes;
    private long longest;
    private long records;
    private long blanks;
    private long fields = 1;
    private boolean filled;
    private int state;
    private byte before;
    private int depth;
    private boolean escaped;

    SurveyPass(FileFormat format, Limits limits, long mostBytes) {
        this.format = format;
        this.limits = limits;
        this.mostBytes = mostBytes;
        this.mostOfRecord = limits.of(Limit.LINE_BYTES);
        this.mostDepth = limits.of(Limit.DEPTH);
    }

    TextSurvey over(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes += n;
            if (bytes > mostBytes) {
                throw limits.exceeded(
                        Fault.Kind.MALFORMED_FILE,
                        Limit.EXPANSION,
                        "the compressed file becomes more than " + mostBytes + " bytes, more than "
                                + limits.of(Limit.EXPANSION) + " for each of its own");
            }
            switch (format.layout()) {
                case CSV -> csv(buffer, n, (byte) ',');
                case TSV -> csv(buffer, n, (byte) '\t');
                case JSON_LINES -> json(buffer, n, true);
                case JSON -> json(buffer, n, false);
                case PARQUET -> throw new IllegalArgumentException("Parquet is no text");
            }
        }
        if (filled) {
            endRecord();
        }
        // The header is a record of CSV, and an empty line is a missing cell where there is one column.
        long rows = format.isCsv() ? Math.max(0, records - 1 + (fields == 1 ? blanks : 0)) : records;
        return new TextSurvey(rows, longest, header.toByteArray());
    }

    private void csv(byte[] buffer, int n, byte delimiter) {
        int start = 0;
        int at = state;
        for (int i = 0; i < n; i++) {
            byte b = buffer[i];
            if (b == '"') {
                at = switch (at) {
                    case FIELD_START, QUOTE_IN_QUOTED -> QUOTED;
                    case QUOTED -> QUOTE_IN_QUOTED;
                    default -> PLAIN;
                };
            } else if (b == '\n' || b == '\r') {
                if (b == '\r' || before != '\r') {
                    line++;
                }
                if (at != QUOTED) {
                    take(buffer, start, i);
                    start = i + 1;
                    if (filled) {
                        endRecord();
                    } else if (b == '\r' || before != '\r') {
                        if (records == 0) {
                            throw FileFormat.malformed("there is no header; the first line must name the columns.")
                                    .at("line 1");
                        }
                        blanks++;
                    }
                    recordLine = line;
                    at = FIELD_START;
                }
            } else if (b == delimiter) {
                if (at != QUOTED) {
                    at = FIELD_START;
                    if (records == 0 && ++fields > limits.of(Limit.COLUMNS)) {
                        throw limits.exceeded(
                                        Fault.Kind.MALFORMED_FILE,
                                        Limit.COLUMNS,
                                        "the header names more than " + limits.of(Limit.COLUMNS) + " columns")
                                .at("line " + recordLine);
                    }
                }
            } else if (at != QUOTED) {
                at = isMark(i, n) ? FIELD_START : PLAIN;
            }
            before = b;
        }
        take(buffer, start, n);
        state = at;
    }

    /// Whether a byte belongs to the byte order mark in front of everything.
    private boolean isMark(int i, int n) {
        return bytes - n + i < 3 && records == 0 && fields == 1;
    }

    private void json(byte[] buffer, int n, boolean lines) {
        int start = 0;
        for (int i = 0; i < n; i++) {
            byte b = buffer[i];
            if (state == QUOTED) {
                if (escaped) {
                    escaped = false;
                } else if (b == '\\') {
                    escaped = true;
                } else if (b == '"') {
                    state = PLAIN;
                }
            } else if (b == '"') {
                state = QUOTED;
                filled |= lines;
            } else if (b == '{' || b == '[') {
                filled |= lines || depth == 1;
                if (!lines && depth == 1) {
                    recordLine = line;
                }
                if (++depth > mostDepth) {
                    throw limits.exceeded(
                                    Fault.Kind.MALFORMED_FILE,
                                    Limit.DEPTH,
                                    "there are more than " + mostDepth + " levels of JSON within each other")
                            .at("line " + line);
                }
            } else if (b == '}' || b == ']') {
                depth--;
                if (!lines && depth == 1) {
                    recordBytes += i - start;
                    start = i;
                    endRecord();
                }
            } else if (b > ' ' || b < 0) {
                filled |= lines;
            }
            if (b == '\n') {
                line++;
                if (lines) {
                    take(buffer, start, i);
                    start = i + 1;
                    filled &= recordBytes > 0;
                    if (filled) {
                        endRecord();
                    }
                    recordBytes = 0;
                    recordLine = line;
                    // What is left open is no JSON; the reader says so.
                    state = PLAIN;
                    escaped = false;
                    depth = 0;
                }
            }
        }
        take(buffer, start, n);
    }

    private void take(byte[] buffer, int from, int to) {
        if (to == from) {
            return;
        }
        recordBytes += to - from;
        switch (format.layout()) {
            case CSV, TSV -> {
                filled = true;
                if (records == 0) {
                    header.write(buffer, from, to - from);
                }
            }
            case JSON, JSON_LINES, PARQUET -> {}
        }
        if (recordBytes > mostOfRecord) {
            throw limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.LINE_BYTES,
                            "the line is too long, with more than " + mostOfRecord
                                    + " bytes; look for a quote that is never closed")
                    .at("line " + recordLine);
        }
    }

    private void endRecord() {
        records++;
        longest = Math.max(longest, recordBytes);
        recordBytes = 0;
        recordLine = line;
        filled = false;
    }
}
