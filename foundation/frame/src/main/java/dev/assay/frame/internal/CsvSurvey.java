package dev.assay.frame.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One look at all of a CSV file before DuckDB sees it: how fields are separated, the header, and the
/// [CsvRows] behind it.
///
/// DuckDB's own sniffer is never asked: it may settle on another dialect to make a file fit, drop
/// leading zeros, or pass over a last record that is longer than its buffer, and it looks at some rows
/// only.
///
/// A file that is not compressed is looked at in parts, on all cores. A part begins behind the first
/// line feed in its range, which counts only if the part before ends there outside quotes; else the
/// rest is looked at in order.
final class CsvSurvey {
    private static final int PART = 1 << 25;
    private static final int BUFFER = TextBytes.BUFFER;
    private static final int MOST_FINDINGS = 200_000;

    private final FileFormat format;
    private final ReadOptions options;
    private final Limits limits;
    private final int part;
    private final List<byte[]> missing;

    private CsvSurvey(FileFormat format, ReadOptions options, Limits limits, int part) {
        this.format = format;
        this.options = options;
        this.limits = limits;
        this.part = part;
        this.missing = options.missingTexts().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /// What was found.
    ///
    /// @param names of the columns
    record Found(CsvDialect dialect, List<String> names, CsvRows rows) {
        /// Columns that have decimal commas.
        boolean hasCommas() {
            return rows.evidence().stream().anyMatch(CellEvidence::hasCommas);
        }
    }

    /// @throws Fault (MALFORMED_FILE) at its line if the file is not well-formed or beyond a limit
    /// @throws SQLException if DuckDB cannot decompress it
    static Found of(Database database, Path file, FileFormat format, ReadOptions options, Limits limits)
            throws SQLException {
        return of(database, file, format, options, limits, PART);
    }

    /// The same with parts of so many bytes.
    static Found of(Database database, Path file, FileFormat format, ReadOptions options, Limits limits, int part)
            throws SQLException {
        CsvSurvey survey = new CsvSurvey(format, options, limits, part);
        try {
            return format.compression().equals("none") && Files.isRegularFile(file) && Files.size(file) > part
                    ? survey.inParts(file)
                    : survey.inOrder(database, file);
        } catch (IOException e) {
            throw TextBytes.unreadable(e);
        }
    }

    static Fault badQuote() {
        return FileFormat.malformed(
                "a quoted field does not end where it should; close the quote, and double the quotes inside it.");
    }

    private Found inOrder(Database database, Path file) throws SQLException {
        Head head = new Head();
        TextBytes.each(database, file, format, limits, (buffer, n) -> {
            int from = head.take(buffer, n);
            if (from < n) {
                head.rows().take(buffer, from, n, n);
            }
        });
        head.rows().finish();
        return head.found();
    }

    /// The beginning of a file: separator and header.
    private final class Head {
        private final ByteArrayOutputStream header = new ByteArrayOutputStream();
        private @Nullable CsvDialect dialect;
        private @Nullable CsvRows rows;
        private List<String> names = List.of();
        private boolean quoted;
        private boolean closed;
        private boolean fieldStart = true;
        private byte before;
        private int fields = 1;
        private long line = 1;

        /// Takes bytes up to the end of the header.
        ///
        /// @return where the rows begin, `n` if not among these bytes
        int take(byte[] buffer, int n) {
            int from = 0;
            CsvDialect how = dialect;
            if (how == null) {
                char usual = format.layout() == FileFormat.Layout.TSV ? '\t' : ',';
                how = CsvDialect.of(buffer, n, n < BUFFER, usual, options.separator());
                dialect = how;
                from = how.preface();
                line += how.skipped();
            }
            return rows == null ? header(buffer, from, n, how) : 0;
        }

        private int header(byte[] buffer, int from, int n, CsvDialect how) {
            for (int i = from; i < n; i++) {
                byte b = buffer[i];
                if (quoted) {
                    // A doubled quote closes and opens again, which counts the same.
                    quoted = b != '"';
                    closed = !quoted;
                    line += b == '\r' || (b == '\n' && before != '\r') ? 1 : 0;
                } else if (b == '"' && (fieldStart || closed)) {
                    quoted = true;
                    closed = false;
                    fieldStart = false;
                } else if (b == '\n' || b == '\r') {
                    header.write(buffer, from, i - from);
                    before = b;
                    rows = behind(how, b, line + 1);
                    return i + 1;
                } else {
                    fieldStart = b == how.delimiter();
                    closed = false;
                    fields += fieldStart ? 1 : 0;
                }
                before = b;
            }
            header.write(buffer, from, n - from);
            requireLimits(how);
            return n;
        }

        private void requireLimits(CsvDialect how) {
            Limit limit = fields > limits.of(Limit.COLUMNS) ? Limit.COLUMNS : Limit.LINE_BYTES;
            if (limit == Limit.COLUMNS || header.size() > limits.of(limit)) {
                throw limits.exceeded(
                                Fault.Kind.MALFORMED_FILE,
                                limit,
                                limit == Limit.COLUMNS
                                        ? "the header names more than " + limits.of(limit) + " columns"
                                        : "the line is too long, with more than " + limits.of(limit)
                                                + " bytes; look for a quote that is never closed")
                        .at("line " + (1 + how.skipped()));
            }
        }

        private CsvRows behind(CsvDialect how, byte last, long firstLine) {
            requireLimits(how);
            if (header.size() == 0) {
                throw FileFormat.malformed("there is no header; the first line must name the columns.")
                        .at("line " + (1 + how.skipped()));
            }
            try {
                names = CsvHeader.names(header.toByteArray(), how.delimiter());
            } catch (Fault fault) {
                throw fault.at("line " + (1 + how.skipped()));
            }
            return new CsvRows(names.size(), how, missing, limits, last, firstLine);
        }

        /// What comes behind the header, which ends the file if it has not ended before.
        CsvRows rows() {
            CsvRows known = rows;
            if (known == null) {
                known = behind(dialect(), (byte) '\n', line + 1);
                rows = known;
            }
            return known;
        }

        CsvDialect dialect() {
            if (dialect == null) {
                throw FileFormat.malformed("the file is empty; it has no columns to tell.");
            }
            return dialect;
        }

        Found found() {
            return new Found(dialect(), names, rows());
        }
    }

    private Found inParts(Path file) throws IOException {
        Head head = new Head();
        long begin = 0;
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            while (head.rows == null) {
                int n = in.readNBytes(buffer, 0, BUFFER);
                if (n == 0) {
                    head.rows();
                } else {
                    begin += head.take(buffer, n);
                }
            }
        }
        CsvRows rows = head.rows();
        long first = begin + (head.before == '\r' && byteAt(file, begin) == '\n' ? 1 : 0);
        // What is found of a column takes a kilobyte or so.
        long step = Math.max(part, (size - first) * head.names.size() / MOST_FINDINGS);
        int parts = (int) ((size - first + step - 1) / step);
        List<Part> found;
        try (Engine engine = LocalEngine.ofAllCores()) {
            found = engine.map(parts, i -> look(file, head, first + i * step, i == 0, first + (i + 1) * step));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long at = first;
        for (Part next : found) {
            if (next.from() != at || next.fault() != null) {
                // It began within quotes, or is not well-formed: from here on in order, which finds the
                // line.
                CsvRows rest =
                        new CsvRows(head.names.size(), head.dialect(), missing, limits, (byte) '\n', rows.line());
                scan(file, rest, at, Long.MAX_VALUE);
                rows.addAll(rest, 0);
                return head.found();
            }
            rows.addAll(next.rows(), rows.line() - 1);
            at = next.to();
        }
        return head.found();
    }

    /// A part that was looked at.
    ///
    /// @param from  where its first record begins, if that is outside quotes
    /// @param to    where its last record ends
    /// @param rows  with lines counted from 1
    /// @param fault what is wrong with it, if it begins outside quotes
    private record Part(
            long from, long to, CsvRows rows, @Nullable Fault fault) {}

    /// The part behind the first line feed from `start` on, to the first end of a record from `stop` on.
    private Part look(Path file, Head head, long start, boolean isFirst, long stop) {
        CsvRows rows = new CsvRows(head.names.size(), head.dialect(), missing, limits, (byte) '\n', 1);
        try {
            long from = isFirst ? start : behindLineFeed(file, start);
            try {
                return new Part(from, scan(file, rows, from, stop), rows, null);
            } catch (Fault fault) {
                return new Part(from, from, rows, fault);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int byteAt(Path file, long place) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(place);
            return in.read();
        }
    }

    private static long behindLineFeed(Path file, long start) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(start);
            byte[] buffer = new byte[BUFFER];
            long at = start;
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == '\n') {
                        return at + i + 1;
                    }
                }
                at += n;
            }
            return at;
        }
    }

    /// @return behind the first end of a record at or past `stop`, or the end of the file
    private static long scan(Path file, CsvRows rows, long from, long stop) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            byte[] buffer = new byte[BUFFER];
            long at = from;
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                int end = (int) Math.max(0, Math.min(n, stop - at));
                int taken = rows.take(buffer, 0, n, end);
                if (taken < n || (taken == n && rows.hasStopped())) {
                    return at + taken;
                }
                at += n;
            }
            rows.finish();
            return at;
        }
    }
}
