package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.RowLines;
import java.util.Arrays;
import java.util.List;

/// The records of CSV behind the header, or of a part of them: how many there are, how long the longest
/// is, and what the cells of each column look like. Memory: the cells that are told as examples.
///
/// A record ends with a line break outside quotes. Lines without any byte are no records, unless there
/// is one column alone, where they are missing cells. A quote opens only at the start of a field.
final class CsvRows {
    private static final int FIELD_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private final int width;
    private final byte delimiter;
    private final String spoken;
    private final List<byte[]> missing;
    private final Limits limits;
    private final long mostOfRecord;
    private final CellEvidence[] evidence;
    private final LineBook book;
    private final CellScan scan = new CellScan();
    private final byte[] cell = new byte[CellScan.LONGEST];

    private int cellBytes;
    private boolean wasQuoted;
    private long line;
    private long recordLine;
    private long recordBytes;
    private long longest;
    private long records;
    private int fields = 1;
    private int state = FIELD_START;
    private byte before;
    private boolean stopped;

    /// @param width   fields of each record
    /// @param missing texts that stand for a missing cell
    /// @param before  the byte before the first record
    /// @param line    the line on which the first record begins
    CsvRows(int width, CsvDialect dialect, List<byte[]> missing, Limits limits, byte before, long line) {
        this.width = width;
        this.delimiter = (byte) dialect.delimiter();
        this.spoken = dialect.spoken();
        this.missing = missing;
        this.limits = limits;
        this.mostOfRecord = limits.of(Limit.LINE_BYTES);
        this.before = before;
        this.line = line;
        this.recordLine = line;
        this.book = new LineBook(line);
        this.evidence = new CellEvidence[width];
        Arrays.setAll(evidence, i -> new CellEvidence());
    }

    /// Rows of the table so far.
    long records() {
        return records;
    }

    /// Bytes of the longest record so far.
    long longest() {
        return longest;
    }

    /// The line that comes next.
    long line() {
        return line;
    }

    /// On which line each record begins.
    RowLines lines() {
        return book.lines();
    }

    /// What the cells of each column look like.
    List<CellEvidence> evidence() {
        return Arrays.asList(evidence);
    }

    /// Whether the end of a record ended the work.
    boolean hasStopped() {
        return stopped;
    }

    /// Takes the next bytes.
    ///
    /// @param stop a place from which on the end of a record ends the work, or beyond `to`
    /// @return how far it came: `to`, or the place behind the line feed that ended the work
    /// @throws Fault (MALFORMED_FILE) at its line if a record is not well-formed or too long
    int take(byte[] buffer, int from, int to, int stop) {
        int start = from;
        int at = state;
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (at == QUOTED && b != '"') {
                if (b == '\n' || b == '\r') {
                    line += b == '\r' || before != '\r' ? 1 : 0;
                }
                keep(b);
            } else if (b == delimiter) {
                endField();
                at = FIELD_START;
                fields++;
            } else if (b == '\n' || b == '\r') {
                boolean first = b == '\r' || before != '\r';
                count(i - start);
                start = i + 1;
                if (recordBytes > 0) {
                    endField();
                    endRecord();
                } else if (first && width == 1) {
                    evidence[0].addEmpty();
                    book.row(records, recordLine);
                    records++;
                }
                line += first ? 1 : 0;
                recordLine = line;
                at = FIELD_START;
                if (i >= stop && b == '\n') {
                    state = at;
                    before = b;
                    stopped = true;
                    return i + 1;
                }
            } else if (b == '"') {
                at = quote(at);
            } else {
                if (at == QUOTE_IN_QUOTED) {
                    throw badQuote();
                }
                at = PLAIN;
                keep(b);
            }
            before = b;
        }
        count(to - start);
        state = at;
        return to;
    }

    private int quote(int at) {
        return switch (at) {
            case FIELD_START -> {
                wasQuoted = true;
                yield QUOTED;
            }
            case QUOTED -> QUOTE_IN_QUOTED;
            case QUOTE_IN_QUOTED -> {
                keep((byte) '"');
                yield QUOTED;
            }
            default -> {
                keep((byte) '"');
                yield at;
            }
        };
    }

    private void keep(byte b) {
        if (cellBytes < CellScan.LONGEST) {
            cell[cellBytes] = b;
        }
        cellBytes++;
    }

    private void endField() {
        if (fields <= width) {
            see(evidence[fields - 1]);
        }
        cellBytes = 0;
        wasQuoted = false;
    }

    private void see(CellEvidence column) {
        if (cellBytes == 0) {
            if (wasQuoted) {
                column.addQuotedEmpty();
            } else {
                column.addEmpty();
            }
        } else if (!missing.isEmpty() && isMissing()) {
            if (wasQuoted) {
                column.addQuotedMissing();
            } else {
                column.addMissing();
            }
        } else {
            int kept = Math.min(cellBytes, CellScan.LONGEST);
            column.add(scan.of(cell, cellBytes), scan, cell, kept, line);
        }
    }

    private boolean isMissing() {
        for (byte[] text : missing) {
            if (text.length == cellBytes
                    && cellBytes <= CellScan.LONGEST
                    && Arrays.equals(text, 0, cellBytes, cell, 0, cellBytes)) {
                return true;
            }
        }
        return false;
    }

    private void count(int bytes) {
        recordBytes += bytes;
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
        if (fields != width) {
            throw FileFormat.malformed("the header has " + width + (width == 1 ? " column" : " columns")
                            + ", this line has " + fields + "; correct the line"
                            + (width == 1 ? ", or give the separator if it is not a " + spoken : "") + ".")
                    .at("line " + recordLine);
        }
        book.row(records, recordLine);
        records++;
        longest = Math.max(longest, recordBytes);
        recordBytes = 0;
        fields = 1;
    }

    private Fault badQuote() {
        return CsvSurvey.badQuote().at("line " + recordLine);
    }

    /// Ends the last record, which may have no line break.
    ///
    /// @throws Fault (MALFORMED_FILE) at its line if it is not well-formed
    void finish() {
        if (state == QUOTED) {
            throw badQuote();
        }
        if (recordBytes > 0) {
            endField();
            endRecord();
        }
    }

    /// Adds the rows of a later part, which begins where this one ended.
    ///
    /// @param lines by which its lines are counted too low
    void addAll(CsvRows later, long lines) {
        for (int i = 0; i < width; i++) {
            evidence[i].addAll(later.evidence[i], lines);
        }
        book.addAll(later.book, records, lines, later.records > 0);
        records += later.records;
        longest = Math.max(longest, later.longest);
        line = later.line + lines;
        recordLine = line;
    }
}
