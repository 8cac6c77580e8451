package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over the bytes of CSV before DuckDB sees them: how fields are separated, the header, how
/// many records
/// there are and how long the longest is, and what the cells of each column look like.
///
/// DuckDB's own sniffer is never asked: it may settle on another dialect to make a file fit, drop
/// leading zeros,
/// or pass over a last record that is longer than its buffer, and it looks at some rows only.
///
/// A record ends with a line break outside quotes. Lines without any byte are no records, unless
/// there is one
/// column alone, where they are missing cells. A quote opens only at the start of a field.
final class CsvSurvey implements TextBytes.Pass {
    private static final int FIELD_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_IN_QUOTED = 3;

    private final FileFormat format;
    private final Limits limits;
    private final ReadOptions options;
    private final long mostOfRecord;
    private final long mostColumns;
    private final List<byte[]> missing;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private final CellScan scan = new CellScan();
    private final byte[] cell = new byte[CellScan.LONGEST];

    private @Nullable CsvDialect dialect;
    private List<String> names = List.of();
    private CellEvidence[] evidence = new CellEvidence[0];
    private int cellBytes;
    private boolean wasQuoted;
    private long line = 1;
    private long recordLine = 1;
    private long recordBytes;
    private long longest;
    private long records;
    private long blanks;
    private int fields = 1;
    private boolean inHeader = true;
    private int state = FIELD_START;
    private byte before;

    CsvSurvey(FileFormat format, ReadOptions options, Limits limits) {
        this.format = format;
        this.limits = limits;
        this.options = options;
        this.mostOfRecord = limits.of(Limit.LINE_BYTES);
        this.mostColumns = limits.of(Limit.COLUMNS);
        this.missing = options.missingTexts().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /// How fields are separated. Known once the first bytes have been seen.
    CsvDialect dialect() {
        if (dialect == null) {
            throw FileFormat.malformed("the file is empty; it has no columns to tell.");
        }
        return dialect;
    }

    /// The columns of the header.
    List<String> names() {
        return names;
    }

    /// Rows of the table.
    long rows() {
        return records + (names.size() == 1 ? blanks : 0);
    }

    /// Bytes of the longest record.
    long longest() {
        return longest;
    }

    /// What the cells of each column look like.
    List<CellEvidence> evidence() {
        return Arrays.asList(evidence);
    }

    @Override
    public void take(byte[] buffer, int n) {
        int from = 0;
        CsvDialect how = dialect;
        if (how == null) {
            char usual = format.layout() == FileFormat.Layout.TSV ? '\t' : ',';
            how = CsvDialect.of(buffer, n, n < buffer.length, usual, options.separator());
            dialect = how;
            from = how.preface();
            line += how.skipped();
            recordLine = line;
        }
        csv(buffer, from, n, (byte) how.delimiter());
    }

    private void csv(byte[] buffer, int from, int n, byte delimiter) {
        int start = from;
        int at = state;
        for (int i = from; i < n; i++) {
            byte b = buffer[i];
            if (at == QUOTED && b != '"') {
                if (b == '\n' || b == '\r') {
                    line += b == '\r' || before != '\r' ? 1 : 0;
                }
                keep(b);
            } else if (b == delimiter) {
                endField();
                at = FIELD_START;
                if (++fields > mostColumns && inHeader) {
                    throw tooManyColumns();
                }
            } else if (b == '\n' || b == '\r') {
                boolean first = b == '\r' || before != '\r';
                take(buffer, start, i);
                start = i + 1;
                if (recordBytes > 0) {
                    endField();
                    endRecord();
                } else if (first) {
                    if (inHeader) {
                        throw noHeader();
                    }
                    blanks++;
                    if (names.size() == 1) {
                        evidence[0].addEmpty();
                    }
                }
                line += first ? 1 : 0;
                recordLine = line;
                at = FIELD_START;
            } else if (b == '"') {
                switch (at) {
                    case FIELD_START -> {
                        at = QUOTED;
                        wasQuoted = true;
                    }
                    case QUOTED -> at = QUOTE_IN_QUOTED;
                    case QUOTE_IN_QUOTED -> {
                        at = QUOTED;
                        keep(b);
                    }
                    default -> keep(b);
                }
            } else {
                if (at == QUOTE_IN_QUOTED) {
                    throw badQuote();
                }
                at = PLAIN;
                keep(b);
            }
            before = b;
        }
        take(buffer, start, n);
        state = at;
    }

    private void keep(byte b) {
        if (cellBytes < CellScan.LONGEST) {
            cell[cellBytes] = b;
        }
        cellBytes++;
    }

    private void endField() {
        if (!inHeader && fields <= evidence.length) {
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

    private void take(byte[] buffer, int from, int to) {
        if (to == from) {
            return;
        }
        recordBytes += to - from;
        if (inHeader) {
            header.write(buffer, from, to - from);
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
        if (inHeader) {
            try {
                names = CsvHeader.names(header.toByteArray(), dialect().delimiter());
            } catch (Fault fault) {
                throw fault.at("line " + recordLine);
            }
            inHeader = false;
            header.reset();
            evidence = new CellEvidence[names.size()];
            Arrays.setAll(evidence, i -> new CellEvidence());
        } else {
            if (fields != names.size()) {
                throw FileFormat.malformed("the header has " + names.size()
                                + (names.size() == 1 ? " column" : " columns") + ", this line has " + fields
                                + "; correct the line" + hint() + ".")
                        .at("line " + recordLine);
            }
            records++;
        }
        longest = Math.max(longest, recordBytes);
        recordBytes = 0;
        fields = 1;
    }

    private String hint() {
        return names.size() == 1
                ? ", or give the separator if it is not a " + dialect().spoken()
                : "";
    }

    private Fault tooManyColumns() {
        return limits.exceeded(
                        Fault.Kind.MALFORMED_FILE,
                        Limit.COLUMNS,
                        "the header names more than " + mostColumns + " columns")
                .at("line " + recordLine);
    }

    private static Fault noHeader() {
        return FileFormat.malformed("there is no header; the first line must name the columns.")
                .at("line 1");
    }

    private Fault badQuote() {
        return FileFormat.malformed(
                        "a quoted field does not end where it should; close the quote, and double the quotes inside it.")
                .at("line " + recordLine);
    }

    /// Ends the last record, which may have no line break.
    ///
    /// @throws Fault (MALFORMED_FILE) if a quote is open, or there is no header
    void finish() {
        if (state == QUOTED) {
            throw badQuote();
        }
        if (recordBytes > 0) {
            endField();
            endRecord();
        }
        if (inHeader) {
            throw noHeader();
        }
    }

    /// Names of columns that have decimal commas.
    List<Integer> withCommas() {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < evidence.length; i++) {
            if (evidence[i].hasCommas()) {
                columns.add(i);
            }
        }
        return columns;
    }
}
