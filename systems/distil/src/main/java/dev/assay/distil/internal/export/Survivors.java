package dev.assay.distil.internal.export;

import dev.assay.distil.KeyedText;
import dev.assay.distil.NearDuplicateReport;
import dev.assay.distil.NearDuplicateSettings;
import dev.assay.distil.NearDuplicates;
import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Samples that passed the firewall, on their way through the last filters into order. Memory: 64 MiB, and
/// what near duplicates take if they are looked for.
final class Survivors implements AutoCloseable {
    private static final long SORT_BYTES = 64L << 20;

    /// What filters after near duplicates found, which count only if the sample is still there then.
    ///
    /// @param filter empty if it stays
    record Later(String filter, String detail) {
        static final Later STAYS = new Later("", "");
    }

    /// @param id         of the sample
    /// @param runId      by which the earliest is kept
    /// @param evidenceId for the journal
    /// @param parts      by which samples are compared, of one kind always the same ones
    /// @param line       the sample
    /// @param stream     it comes from
    /// @param category   of its run
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Sample(
            String id,
            String runId,
            String evidenceId,
            List<String> parts,
            byte[] line,
            Later later,
            String stream,
            String category) {}

    private final Optional<NearDuplicateSettings> settings;
    private final Path scratch;
    private final SpillSort byId;
    private final Optional<OutputStream> waiting;

    private final Ways ways;

    Survivors(Optional<NearDuplicateSettings> settings, Path scratch, Ways ways) {
        this.ways = ways;
        this.settings = settings;
        this.scratch = scratch;
        this.byId = new SpillSort(scratch, "samples", SORT_BYTES);
        this.waiting = settings.map(s -> Storage.create(waitingFile()));
    }

    private Path waitingFile() {
        return scratch.resolve(".waiting.jsonl");
    }

    void add(Sample sample, Journal journal) {
        if (waiting.isPresent()) {
            byte[] line = new JsonLine(2 * sample.line().length + 512)
                    .text("category", sample.category())
                    .text("detail", sample.later().detail())
                    .text("evidence_id", sample.evidenceId())
                    .text("filter", sample.later().filter())
                    .text("id", sample.id())
                    .json("line", sample.line())
                    .texts("parts", sample.parts())
                    .text("run_id", sample.runId())
                    .text("stream", sample.stream())
                    .endLine();
            try {
                waiting.get().write(line);
            } catch (IOException e) {
                throw Storage.fault(scratch, e);
            }
        } else {
            settle(sample, journal);
        }
    }

    private void settle(Sample sample, Journal journal) {
        if (sample.later().filter().isEmpty()) {
            ways.add(sample.stream(), sample.category(), "exported");
            byId.add(sample.id().getBytes(StandardCharsets.US_ASCII), sample.line());
        } else {
            ways.add(
                    sample.stream(),
                    sample.category(),
                    "filter: " + sample.later().filter());
            journal.filter(
                    sample.later().filter(), sample.evidenceId(), sample.later().detail());
        }
    }

    /// Removes near duplicates, if that is wanted, and gives what is left in the order of ids.
    SpillSort sorted(Journal journal, Engine engine) {
        if (waiting.isPresent() && settings.isPresent()) {
            try {
                waiting.get().close();
            } catch (IOException e) {
                throw Storage.fault(scratch, e);
            }
            NearDuplicateReport report = NearDuplicates.find(
                    () -> samples().map(s -> new KeyedText(key(s), s.parts())), settings.get(), engine);
            Map<String, String> removed = report.removed();
            try (Stream<Sample> all = samples()) {
                all.forEach(sample -> {
                    String kept = removed.get(key(sample));
                    if (kept == null) {
                        settle(sample, journal);
                    } else {
                        ways.add(sample.stream(), sample.category(), "filter: near_duplicate");
                        journal.filter(
                                "near_duplicate",
                                sample.evidenceId(),
                                "nearly the same as run " + kept.substring(0, kept.lastIndexOf(' ')));
                    }
                });
            }
        }
        return byId;
    }

    private static String key(Sample sample) {
        return sample.runId() + " " + sample.id();
    }

    private static List<String> parts(LineView row) {
        List<String> parts = new ArrayList<>();
        row.there("parts").tree().forEach(part -> parts.add(part.stringValue()));
        return parts;
    }

    private Stream<Sample> samples() {
        RowReader rows;
        try {
            rows = ByteRows.lines(Files.newInputStream(waitingFile()));
        } catch (IOException e) {
            throw Storage.fault(scratch, e);
        }
        Iterator<Sample> iterator = new Iterator<>() {
            private Iterator<RawRow> batch = List.<RawRow>of().iterator();

            @Override
            public boolean hasNext() {
                if (!batch.hasNext()) {
                    try {
                        batch = rows.next().iterator();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return batch.hasNext();
            }

            @Override
            public Sample next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                LineView row = new LineView(batch.next().bytes());
                return new Sample(
                        row.needed("id"),
                        row.needed("run_id"),
                        row.needed("evidence_id"),
                        parts(row),
                        row.bytes("line"),
                        new Later(row.needed("filter"), row.needed("detail")),
                        row.needed("stream"),
                        row.needed("category"));
            }
        };
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(() -> {
                    try {
                        rows.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Override
    public void close() {
        byId.close();
        try {
            if (waiting.isPresent()) {
                waiting.get().close();
            }
            Files.deleteIfExists(waitingFile());
        } catch (IOException e) {
            throw Storage.fault(scratch, e);
        }
    }
}
