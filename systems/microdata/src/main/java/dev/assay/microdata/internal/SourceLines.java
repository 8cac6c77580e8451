package dev.assay.microdata.internal;

import dev.assay.microdata.Source;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Finds out on which line of a text file each row begins.
public final class SourceLines {
    /// Rows of several lines that are remembered: some 40 bytes each, and as many in the artefact.
    private static final int MOST_TALL = 200_000;

    private SourceLines() {}

    /// The places of the rows of a file. Formats without lines, and compressed ones that the JDK cannot
    /// open (`.zst`), are told by row number; so are those where more
    /// than [#MOST_TALL] rows run over several lines.
    public static Source of(Path file) {
        Path fileName = file.getFileName();
        String name = fileName == null ? file.toString() : fileName.toString();
        String lower = name.toLowerCase(Locale.ROOT);
        boolean gzip = lower.endsWith(".gz");
        String plain = gzip ? lower.substring(0, lower.length() - 3) : lower;
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
            return new Source(name, 1, List.of());
        }
        if (!plain.endsWith(".csv") && !plain.endsWith(".tsv")) {
            return new Source(name, 0, List.of());
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream in = gzip ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw) {
            return scan(name, in, (byte) (plain.endsWith(".tsv") ? '\t' : ','));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A quote opens a text at the beginning of a field only, or directly after another quote (a doubled one).
    private static Source scan(String name, InputStream in, byte delimiter) throws IOException {
        List<Source.TallRow> tall = new ArrayList<>();
        boolean quoted = false;
        boolean opens = true;
        long record = -1;
        long extra = 0;
        long headerExtra = 0;
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '"') {
                    boolean closes = quoted;
                    quoted = !quoted && opens;
                    opens = closes;
                    continue;
                }
                opens = !quoted && (buffer[i] == delimiter || buffer[i] == '\n');
                if (buffer[i] == '\n') {
                    if (quoted) {
                        extra++;
                        continue;
                    }
                    if (extra > 0 && record < 0) {
                        headerExtra = extra;
                    } else if (extra > 0) {
                        if (tall.size() == MOST_TALL) {
                            return new Source(name, 0, List.of());
                        }
                        tall.add(new Source.TallRow(record, extra));
                    }
                    extra = 0;
                    record++;
                }
            }
        }
        return new Source(name, 2 + headerExtra, tall);
    }
}
