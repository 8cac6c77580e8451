package dev.assay.distil.internal.export;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Evidence and its scores, read side by side: both folders hold the same rows in the same order.
public final class JoinedRows {
    private JoinedRows() {}

    /// A row of evidence and its score.
    ///
    /// @param category what the rules said
    /// @param stream   what is known of its stream
    /// @param rules    the version of the rules that said it
    public record Joined(EvidenceRecord evidence, Category category, StreamInfo stream, String rules) {}

    /// What was read.
    ///
    /// @param rows     how many rows there were
    /// @param versions stream to version of the rules that scored it
    public record Read(long rows, SortedMap<String, String> versions) {}

    private record Raw(RawRow evidence, RawRow score) {}

    /// What became of a row, and by which rules.
    private record Done<T>(String rules, T result) {}

    /// Does work on all rows with many threads and hands on the results in order.
    ///
    /// @throws Fault (MALFORMED_FILE) naming the line if the folders do not belong together, (BAD_DATA)
    ///     naming the file if the rows of a stream were scored by different versions of its rules
    public static <T> Read each(
            EvidenceFolder evidence, Path scored, Engine engine, Function<Joined, T> work, Consumer<List<T>> ordered) {
        long rows = 0;
        SortedMap<String, String> versions = new TreeMap<>();
        requireNoOther(evidence, scored);
        for (String partition : evidence.partitions()) {
            StreamInfo stream = evidence.streams().get(EvidenceFolder.stream(partition));
            Path from = evidence.folder().resolve(partition);
            Path scores = scored.resolve(partition);
            if (stream == null || !Files.isRegularFile(scores)) {
                throw apart(scores.toString(), "there are no scores of this part of the evidence");
            }
            try (RowReader left = ByteRows.lines(Files.newInputStream(from));
                    RowReader right = ByteRows.lines(Files.newInputStream(scores))) {
                Deque<RawRow> ahead = new ArrayDeque<>();
                Batches.Source<Raw> pairs = () -> {
                    List<Raw> batch = new ArrayList<>();
                    for (RawRow row : left.next()) {
                        if (ahead.isEmpty()) {
                            ahead.addAll(right.next());
                        }
                        RawRow score = ahead.poll();
                        if (score == null) {
                            throw apart(scores.toString(), "there are fewer scores than rows of evidence");
                        }
                        batch.add(new Raw(row, score));
                    }
                    return batch;
                };
                rows += Batches.each(
                        pairs,
                        engine,
                        raw -> {
                            Joined row = joined(raw, from, scores, stream);
                            return new Done<>(row.rules(), work.apply(row));
                        },
                        done -> {
                            done.forEach(each -> requireOne(versions, stream, each.rules(), scores));
                            ordered.accept(done.stream().map(Done::result).toList());
                        });
                if (!ahead.isEmpty() || !right.next().isEmpty()) {
                    throw apart(scores.toString(), "there are more scores than rows of evidence");
                }
            } catch (IOException e) {
                throw Storage.fault(from, e);
            }
        }
        return new Read(rows, versions);
    }

    /// One stream is scored by one version of its rules; a folder that holds several was put together.
    private static void requireOne(SortedMap<String, String> versions, StreamInfo stream, String rules, Path scores) {
        String other = versions.putIfAbsent(stream.stream(), rules);
        if (other != null && !other.equals(rules)) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the stream '" + stream.stream() + "' is scored by version " + rules
                                    + " of its rules here and by version " + other
                                    + " before; score all of its evidence by one")
                    .at(scores.toString());
        }
    }

    /// Scores of parts that the evidence does not have are of other evidence, even if those of all its own
    /// are there.
    private static void requireNoOther(EvidenceFolder evidence, Path scored) {
        if (!Files.isDirectory(scored)) {
            throw apart(scored.toString(), "there is no folder of scores");
        }
        Set<String> own = Set.copyOf(evidence.partitions());
        EvidenceFolder.partitions(scored).stream()
                .filter(partition -> !own.contains(partition))
                .findFirst()
                .ifPresent(partition -> {
                    throw apart(
                            scored.resolve(partition).toString(),
                            "there are scores of a part that the evidence does not have");
                });
    }

    private static Joined joined(Raw raw, Path from, Path scores, StreamInfo stream) {
        EvidenceRecord evidence = EvidenceFolder.record(raw.evidence(), from);
        String scored;
        Category category;
        String rules;
        try {
            LineView score = new LineView(raw.score().bytes());
            if (!"1".equals(score.raw("schema_version"))) {
                throw new IllegalArgumentException("the line is no scored run of version 1");
            }
            scored = score.needed("evidence_id");
            rules = score.needed("scorer_version");
            category = Category.of(score.needed("category"))
                    .orElseThrow(() -> new IllegalArgumentException("there is no such category"));
        } catch (IllegalArgumentException e) {
            throw EvidenceFolder.damaged(raw.score(), scores, e);
        }
        if (!scored.equals(evidence.id())) {
            throw apart(scores + ":" + (raw.score().position() + 1), "the score is of another row");
        }
        return new Joined(evidence, category, stream, rules);
    }

    private static Fault apart(String place, String what) {
        return Fault.of(
                        Fault.Kind.MALFORMED_FILE,
                        what + ": these scores do not belong to this evidence; score it again")
                .at(place);
    }
}
