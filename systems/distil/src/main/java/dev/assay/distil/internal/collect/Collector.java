package dev.assay.distil.internal.collect;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.Mapping;
import dev.assay.distil.RowTransform;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.Grouping;
import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.collect.SourceFiles.SourceFile;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Source files made into evidence. What is written depends on sources, mappings and `recorded_at` alone.
///
/// Memory: three batches of source (4 MiB each, or a row of [dev.assay.fault.Limit#LINE_BYTES] and its tree), 16 to 43
/// bytes a row of evidence to know it again, 64 MiB to sort ids.
public final class Collector implements AutoCloseable {
    private static final long SORT_BYTES = 64L << 20;
    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_OPEN = 16;

    /// What came of it.
    ///
    /// @param streams        one of each mapping, in order
    /// @param skips          reasons and how many rows
    /// @param evidenceDigest SHA-256 of all ids in order, a line feed after each
    /// @param rows           rows of evidence in the folder
    /// @param otherwise      streams whose earlier evidence another mapping made
    /// @param unmapped       streams of the earlier evidence that no mapping makes now
    public record Result(
            List<StreamInfo> streams,
            Map<String, Long> skips,
            String evidenceDigest,
            long rows,
            List<String> otherwise,
            List<String> unmapped) {}

    private final Path folder;
    private final OutputStream skips;
    private final String recordedAt;
    private final Engine engine;
    private final KeySet known = new KeySet();
    private final SpillSort ids;
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, OutputStream> open = new LinkedHashMap<>();
    private final SortedSet<String> partitions = new TreeSet<>();
    private final int mostFiles;
    private Grouping grouping = Grouping.DAY;

    private Collector(Path folder, Path skips, String recordedAt, Engine engine, Path scratch, int mostFiles) {
        this.mostFiles = mostFiles;
        this.folder = folder;
        this.skips = Storage.create(skips);
        this.recordedAt = recordedAt;
        this.engine = engine;
        this.ids = new SpillSort(scratch, "ids", SORT_BYTES);
    }

    /// What a row became, ready to be written.
    private record Piece(
            @Nullable String partition,
            byte[] line,
            KeySet.@Nullable Key key,
            byte[] id,
            @Nullable String reason) {}

    /// Collects.
    ///
    /// @param root     the source folder
    /// @param earlier  evidence of an earlier run that this one adds to
    /// @param folder   where evidence is written; does not exist or is empty
    /// @param skips    the file of rows that could not be used
    /// @param scratch  a folder for what is thrown away
    /// @param progress told bytes of source
    public static Result collect(
            Path root,
            List<Mapping> mappings,
            String recordedAt,
            Optional<Path> earlier,
            Path folder,
            Path skips,
            Path scratch,
            Engine engine,
            Progress progress) {
        return collect(
                root,
                mappings,
                recordedAt,
                earlier,
                folder,
                skips,
                scratch,
                engine,
                progress,
                EvidenceFolder.MOST_FILES);
    }

    /// The same with another number of files of rows that are not to be exceeded.
    static Result collect(
            Path root,
            List<Mapping> mappings,
            String recordedAt,
            Optional<Path> earlier,
            Path folder,
            Path skips,
            Path scratch,
            Engine engine,
            Progress progress,
            int mostFiles) {
        Set<String> names = new HashSet<>();
        for (Mapping mapping : mappings) {
            if (!names.add(mapping.stream())) {
                throw Fault.of(
                        Fault.Kind.STUDY,
                        "two mappings make the stream '" + mapping.stream() + "'; give each stream one mapping");
            }
        }
        try (Collector collector = new Collector(folder, skips, recordedAt, engine, scratch, mostFiles)) {
            return collector.run(root, mappings, earlier, progress);
        } catch (UncheckedIOException e) {
            throw Storage.fault(folder, e);
        }
    }

    private Result run(Path root, List<Mapping> mappings, Optional<Path> earlier, Progress progress) {
        Map<String, StreamInfo> streams = new LinkedHashMap<>();
        earlier.ifPresent(path -> streams.putAll(take(path)));
        List<SourceFile> files = SourceFiles.all(root);
        List<StreamInfo> now = new ArrayList<>();
        List<String> otherwise = mappings.stream()
                .filter(mapping -> isOther(mapping, streams.get(mapping.stream())))
                .map(Mapping::stream)
                .toList();
        List<String> unmapped = streams.keySet().stream()
                .filter(stream ->
                        mappings.stream().noneMatch(mapping -> mapping.stream().equals(stream)))
                .toList();
        long total = mappings.stream()
                .flatMap(mapping -> SourceFiles.matching(files, mapping.source()).stream())
                .mapToLong(file -> file.path().toFile().length())
                .sum();
        long done = 0;
        for (Mapping mapping : mappings) {
            List<SourceFile> own = SourceFiles.matching(files, mapping.source());
            Tally tally = new Tally();
            for (SourceFile file : own) {
                read(file, mapping, tally);
                done += file.path().toFile().length();
                progress.at(done, Math.max(1, total));
            }
            StreamInfo info = new StreamInfo(
                    mapping.stream(),
                    mapping.streamClass().text(),
                    mapping.licence(),
                    mapping.rules(),
                    mapping.digest(),
                    mapping.notice(),
                    own.size(),
                    tally.rows,
                    tally.made,
                    tally.skipped,
                    tally.deduped);
            now.add(info);
            streams.put(mapping.stream(), info);
        }
        try {
            closePartitions();
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
        EvidenceFolder.describe(folder, grouping, List.copyOf(streams.values()));
        return new Result(now, reasons, digest(), ids.rows(), otherwise, unmapped);
    }

    private static boolean isOther(Mapping mapping, @Nullable StreamInfo earlier) {
        return earlier != null && !earlier.mapping().equals(mapping.digest());
    }

    private static final class Tally {
        private long rows;
        private long made;
        private long skipped;
        private long deduped;
    }

    private void read(SourceFile file, Mapping mapping, Tally tally) {
        try (RowReader rows = SourceFiles.open(file, mapping.format())) {
            tally.rows += Batches.each(
                    rows, engine, row -> piece(row, file.logical(), mapping), pieces -> write(pieces, tally));
        } catch (UncheckedIOException | IOException e) {
            // A damaged archive: what was read before counts, the rest is one skip.
            tally.rows++;
            tally.skipped++;
            write(skip(file.logical(), -1, "json_parse", "the file breaks off here: it is damaged or incomplete"));
            reasons.merge("json_parse", 1L, Long::sum);
        }
    }

    private Piece piece(RawRow raw, String file, Mapping mapping) {
        RowTransform transform = mapping.compiled();
        String trouble = raw.trouble();
        if (trouble != null) {
            return skipped(file, raw.position(), "json_parse", trouble);
        }
        JsonNode node = raw.node();
        byte[] canonical;
        try {
            canonical = node == null ? CanonicalJson.canonical(raw.bytes()) : CanonicalJson.bytes(node);
            if (canonical[0] != '{') {
                return skipped(file, raw.position(), "json_parse", "the row is no object");
            }
        } catch (IllegalArgumentException e) {
            return skipped(file, raw.position(), "json_parse", String.valueOf(e.getMessage()));
        }
        String sigHash = Digest.of(canonical).hex();
        return switch (transform.apply(canonical, sigHash, file, raw.position(), recordedAt)) {
            case RowTransform.Outcome.Skipped skipped ->
                skipped(file, raw.position(), skipped.reason(), skipped.detail());
            case RowTransform.Outcome.Made made -> {
                EvidenceRecord record = made.evidence();
                yield new Piece(
                        EvidenceFolder.partition(record.timestamp(), mapping.stream()),
                        record.bytes(),
                        key(record, sigHash),
                        record.id().getBytes(StandardCharsets.US_ASCII),
                        null);
            }
        };
    }

    /// What makes a row known: a run's id is unique in its stream only, and one row can be a run of several
    /// streams, each by its own mapping.
    private static KeySet.Key key(EvidenceRecord record, String sigHash) {
        return KeySet.Key.of(record.stream(), record.runId(), sigHash);
    }

    private static Piece skipped(String file, long position, String reason, String detail) {
        return new Piece(null, skip(file, position, reason, detail), null, NOTHING, reason);
    }

    private static byte[] skip(String file, long position, String reason, String detail) {
        return new JsonLine()
                .text("detail", detail)
                .whole("position", position)
                .text("reason", reason)
                .text("source_file", file)
                .endLine();
    }

    private void write(byte[] skip) {
        try {
            skips.write(skip);
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }

    private void write(List<Piece> pieces, Tally tally) {
        List<Piece> rows = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.reason() != null) {
                write(piece.line());
                reasons.merge(piece.reason(), 1L, Long::sum);
                tally.skipped++;
            } else if (piece.key() != null && !known.add(piece.key())) {
                tally.deduped++;
            } else {
                tally.made++;
                ids.add(piece.id(), NOTHING);
                rows.add(piece);
            }
        }
        makeRoom(rows);
        Map<String, List<byte[]>> byPartition = new LinkedHashMap<>();
        for (Piece piece : rows) {
            byPartition
                    .computeIfAbsent(grouping.of(String.valueOf(piece.partition())), p -> new ArrayList<>())
                    .add(piece.line());
        }
        byPartition.forEach((partition, lines) -> {
            try {
                OutputStream out = partition(partition);
                for (byte[] line : lines) {
                    out.write(line);
                    out.write('\n');
                }
            } catch (IOException e) {
                throw Storage.fault(folder.resolve(partition), e);
            }
        });
    }

    /// Groups more coarsely until the partitions of these rows and those there are few enough.
    private void makeRoom(List<Piece> rows) {
        for (Piece row : rows) {
            partitions.add(grouping.of(String.valueOf(row.partition())));
        }
        while (partitions.size() > mostFiles && grouping.coarser().isPresent()) {
            grouping = grouping.coarser().get();
            regroup();
        }
    }

    /// Joins files in the order of time.
    private void regroup() {
        try {
            closePartitions();
            List<String> finer = List.copyOf(partitions);
            partitions.clear();
            for (String partition : finer) {
                String whole = grouping.of(partition);
                partitions.add(whole);
                Path file = folder.resolve(partition);
                if (!whole.equals(partition) && Files.exists(file)) {
                    try (OutputStream out = Storage.append(folder.resolve(whole))) {
                        Files.copy(file, out);
                    }
                    Files.delete(file);
                    deleteIfEmpty(file.getParent());
                }
            }
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }

    private void deleteIfEmpty(@Nullable Path empty) throws IOException {
        Path at = empty;
        while (at != null && !at.equals(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(at)) {
                if (left.iterator().hasNext()) {
                    return;
                }
            }
            Files.delete(at);
            at = at.getParent();
        }
    }

    /// The file of a partition, written on at its end. Few are open at a time.
    private OutputStream partition(String partition) throws IOException {
        OutputStream known = open.get(partition);
        if (known != null) {
            return known;
        }
        if (open.size() == MOST_OPEN) {
            closePartitions();
        }
        OutputStream out = Storage.append(folder.resolve(partition));
        open.put(partition, out);
        return out;
    }

    private void closePartitions() throws IOException {
        try {
            for (OutputStream out : open.values()) {
                out.close();
            }
        } finally {
            open.clear();
        }
    }

    /// Takes over the evidence of an earlier run: its rows are known, and stand before new ones.
    private Map<String, StreamInfo> take(Path earlier) {
        EvidenceFolder old = EvidenceFolder.open(earlier);
        grouping = old.grouping();
        for (String partition : old.partitions()) {
            Path from = earlier.resolve(partition);
            try {
                Path to = folder.resolve(partition);
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
                partitions.add(partition);
                try (RowReader rows = ByteRows.lines(Files.newInputStream(from))) {
                    Batches.each(
                            rows,
                            engine,
                            raw -> {
                                EvidenceRecord record =
                                        EvidenceRecord.parse(new String(raw.bytes(), StandardCharsets.UTF_8));
                                return new Piece(
                                        null,
                                        NOTHING,
                                        key(record, record.provenance().sigHash()),
                                        record.id().getBytes(StandardCharsets.US_ASCII),
                                        null);
                            },
                            pieces -> pieces.forEach(piece -> {
                                if (piece.key() != null && known.add(piece.key())) {
                                    ids.add(piece.id(), NOTHING);
                                }
                            }));
                }
            } catch (IOException e) {
                throw Storage.fault(from, e);
            } catch (IllegalArgumentException e) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, "earlier evidence is damaged: " + e.getMessage())
                        .at(from.toString())
                        .causedBy(e);
            }
        }
        makeRoom(List.of());
        return old.streams();
    }

    private String digest() {
        MessageDigest sha = Digest.sha256();
        ids.forEach(row -> {
            sha.update(row.key());
            sha.update((byte) '\n');
        });
        return Digest.from(sha).hex();
    }

    @Override
    public void close() {
        ids.close();
        try (skips) {
            closePartitions();
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }
}
