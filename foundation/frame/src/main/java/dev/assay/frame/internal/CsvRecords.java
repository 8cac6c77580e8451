package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The records of CSV one at a time, by the rules of [dev.assay.frame.Frames]. Close it.
final class CsvRecords implements TextRecords {
    private static final int END = -1;

    private final BufferedReader in;
    private final char delimiter;
    private final int width;
    private final Set<String> missing;
    private final StringBuilder field = new StringBuilder();
    private long line;
    private int next;

    /// The records behind the header.
    ///
    /// @param width   fields that each record must have, at least 2
    /// @param missing what stands for a missing cell besides an empty field
    CsvRecords(InputStream in, CsvDialect dialect, int width, List<String> missing) throws IOException {
        in.skipNBytes(dialect.preface());
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        this.delimiter = dialect.delimiter();
        this.width = width;
        this.missing = new HashSet<>(missing);
        line = dialect.skipped();
        next = this.in.read();
        next(new @Nullable String[width]);
    }

    /// @throws Fault (MALFORMED_FILE) at its line if it has another number of fields or is no CSV,
    ///     without a line if it is not UTF-8
    @Override
    public boolean next(@Nullable String[] cells) throws IOException {
        try {
            line++;
            while (next == '\n' || next == '\r') {
                endLine();
                line++;
            }
            if (next == END) {
                return false;
            }
            int count = 0;
            boolean more = true;
            while (more) {
                String cell = cell();
                if (count < width) {
                    cells[count] = cell;
                }
                count++;
                more = next == delimiter;
                if (more) {
                    next = in.read();
                }
            }
            endLine();
            if (count != width) {
                throw FileFormat.malformed(
                        "the header has " + width + " columns, this line has " + count + "; correct the line.");
            }
            return true;
        } catch (CharacterCodingException e) {
            // The decoder is ahead of the record, so the line is not known.
            throw FileFormat.malformed("the file is not UTF-8; convert it.").causedBy(e);
        } catch (Fault fault) {
            throw fault.at("line " + line);
        }
    }

    private void endLine() throws IOException {
        if (next == '\r') {
            next = in.read();
            if (next == '\n') {
                next = in.read();
            }
        } else if (next == '\n') {
            next = in.read();
        }
    }

    private @Nullable String cell() throws IOException {
        field.setLength(0);
        if (next == '"') {
            quoted();
            return field.toString();
        }
        while (next != delimiter && next != '\n' && next != '\r' && next != END) {
            field.append((char) next);
            next = in.read();
        }
        if (field.isEmpty()) {
            return null;
        }
        String text = field.toString();
        return missing.contains(text) ? null : text;
    }

    private void quoted() throws IOException {
        boolean open = true;
        next = in.read();
        while (open && next != END) {
            int c = next;
            next = in.read();
            if (c == '"' && next == '"') {
                next = in.read();
            } else if (c == '"') {
                open = false;
                continue;
            }
            field.append((char) c);
        }
        if (open || (next != delimiter && next != '\n' && next != '\r' && next != END)) {
            throw FileFormat.malformed(
                    "a quoted field does not end where it should; close the quote, and double the quotes inside it.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
