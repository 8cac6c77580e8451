package dev.assay.distil.internal.score;

import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.RuleFile;
import dev.assay.distil.ScoredRun;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.Batches;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Evidence scored by rules, partition by partition in the same order. Memory: three batches, and the tasks of
/// extraction streams with their counts.
public final class Scorer {
    private final Map<String, RuleFile> rules;
    private final String scoredAt;
    private final Engine engine;
    private final Map<String, long[]> byStream = new TreeMap<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private final Map<String, long[]> parents = new HashMap<>();
    private long reused;

    /// What came of it.
    ///
    /// @param byStream stream to rows of each category, in the order of [Category]
    /// @param byReason `category/reason` to rows
    /// @param reused   rows whose score was known
    /// @param versions stream to version of the rules that scored it
    public record Result(
            Map<String, long[]> byStream, Map<String, Long> byReason, long reused, Map<String, String> versions) {
        /// Rows of a category.
        public long of(Category category) {
            return byStream.values().stream()
                    .mapToLong(counts -> counts[category.ordinal()])
                    .sum();
        }

        /// All rows.
        public long rows() {
            return byReason.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private Scorer(Map<String, RuleFile> rules, String scoredAt, Engine engine) {
        this.rules = rules;
        this.scoredAt = scoredAt;
        this.engine = engine;
    }

    /// Scores.
    ///
    /// @param evidence a folder of evidence
    /// @param rules    rule files by the names that mappings use
    /// @param earlier  scores of an earlier run: rows of the same evidence and rules are taken from there
    /// @param folder   where scores are written, laid out like the evidence
    public static Result score(
            Path evidence,
            Map<String, RuleFile> rules,
            String scoredAt,
            Optional<Path> earlier,
            Path folder,
            Engine engine,
            Progress progress) {
        return new Scorer(rules, scoredAt, engine).run(EvidenceFolder.open(evidence), earlier, folder, progress);
    }

    private Result run(EvidenceFolder evidence, Optional<Path> earlier, Path folder, Progress progress) {
        Map<String, String> versions = new TreeMap<>();
        for (StreamInfo stream : evidence.streams().values()) {
            versions.put(stream.stream(), rulesOf(stream).version());
            byStream.put(stream.stream(), new long[Category.values().length]);
        }
        // Extraction streams last: they look at what was said of runs of the same task.
        List<String> judged = new ArrayList<>();
        List<String> context = new ArrayList<>();
        for (String partition : evidence.partitions()) {
            (extraction(info(evidence, partition)) ? context : judged).add(partition);
        }
        for (String partition : context) {
            tasks(evidence.folder().resolve(partition));
        }
        long done = 0;
        long all = judged.size() + context.size();
        for (List<String> group : List.of(judged, context)) {
            for (String partition : group) {
                StreamInfo info = info(evidence, partition);
                score(
                        evidence.folder().resolve(partition),
                        earlier.map(path -> path.resolve(partition)).filter(Files::isRegularFile),
                        folder.resolve(partition),
                        info,
                        rulesOf(info));
                progress.at(++done, all);
            }
        }
        EvidenceFolder.describe(
                folder, evidence.grouping(), List.copyOf(evidence.streams().values()));
        return new Result(byStream, byReason, reused, versions);
    }

    private static boolean extraction(StreamInfo info) {
        return info.streamClass().equals("extraction");
    }

    private static StreamInfo info(EvidenceFolder evidence, String partition) {
        String stream = EvidenceFolder.stream(partition);
        StreamInfo info = evidence.streams().get(stream);
        if (info == null) {
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            "the stream '" + stream + "' is not in " + EvidenceFolder.MANIFEST
                                    + ": the folder was changed; collect again")
                    .at(evidence.folder().toString());
        }
        return info;
    }

    private RuleFile rulesOf(StreamInfo stream) {
        RuleFile file = rules.get(stream.rules());
        if (file == null) {
            throw Fault.of(
                    Fault.Kind.STUDY,
                    "the stream '" + stream.stream() + "' is scored by rules '" + stream.rules()
                            + "', which are not among those given: " + new TreeSet<>(rules.keySet())
                            + "; add them under 'rules', or correct the mapping");
        }
        return file;
    }

    /// Notes the tasks of which somebody will want to know what was said.
    private void tasks(Path partition) {
        try (RowReader rows = ByteRows.lines(Files.newInputStream(partition))) {
            Batches.each(
                    rows,
                    engine,
                    row -> EvidenceFolder.record(row, partition).taskId(),
                    tasks -> tasks.forEach(task -> parents.put(task, new long[Category.values().length])));
        } catch (IOException e) {
            throw Storage.fault(partition, e);
        }
    }

    /// A row of evidence and what is known of it.
    private record Known(RawRow evidence, @Nullable RawRow score) {}

    /// A score, ready to be written.
    private record Piece(byte[] line, Category category, String reason, String task, boolean reused) {}

    private void score(Path from, Optional<Path> earlier, Path to, StreamInfo info, RuleFile file) {
        long[] counts = byStream.computeIfAbsent(info.stream(), s -> new long[Category.values().length]);
        boolean extraction = extraction(info);
        try (RowReader rows = ByteRows.lines(Files.newInputStream(from));
                RowReader scores = earlier.isPresent()
                        ? ByteRows.lines(Files.newInputStream(earlier.get()))
                        : ByteRows.lines(java.io.InputStream.nullInputStream());
                OutputStream out = Storage.create(to)) {
            Deque<RawRow> ahead = new ArrayDeque<>();
            Batches.Source<Known> paired = () -> {
                List<Known> batch = new ArrayList<>();
                for (RawRow row : rows.next()) {
                    if (ahead.isEmpty()) {
                        ahead.addAll(scores.next());
                    }
                    RawRow known = ahead.poll();
                    batch.add(new Known(row, known));
                }
                return batch;
            };
            Batches.each(paired, engine, row -> piece(row, from, earlier.orElse(from), file, extraction), pieces -> {
                for (Piece piece : pieces) {
                    counts[piece.category().ordinal()]++;
                    byReason.merge(piece.category().text() + "/" + piece.reason(), 1L, Long::sum);
                    reused += piece.reused() ? 1 : 0;
                    long[] parent = extraction ? null : parents.get(piece.task());
                    if (parent != null) {
                        parent[piece.category().ordinal()]++;
                    }
                    try {
                        out.write(piece.line());
                        out.write('\n');
                    } catch (IOException e) {
                        throw Storage.fault(to, e);
                    }
                }
            });
        } catch (IOException e) {
            throw Storage.fault(from, e);
        }
    }

    private Piece piece(Known row, Path from, Path earlier, RuleFile file, boolean extraction) {
        EvidenceRecord evidence = EvidenceFolder.record(row.evidence(), from);
        RawRow known = row.score();
        if (known != null && !extraction) {
            ScoredRun score = earlier(known, earlier);
            if (score.evidenceId().equals(evidence.id())
                    && score.scorerVersion().equals(file.version())) {
                return piece(score, true);
            }
        }
        CompiledRules.Judgement judgement = file.compiled().judge(evidence);
        Category category = judgement.category();
        String reason = judgement.reason();
        SortedMap<String, Object> scores = judgement.scores();
        if (extraction) {
            category = Category.NEEDS_HUMAN_REVIEW;
            reason = "extraction_class";
            long[] parent = parents.get(evidence.taskId());
            for (Category each : Category.values()) {
                if (parent != null && parent[each.ordinal()] > 0) {
                    scores.put("task_" + each.text(), parent[each.ordinal()]);
                }
            }
        }
        return piece(
                new ScoredRun(
                        evidence.id(),
                        evidence.runId(),
                        evidence.taskId(),
                        category,
                        List.of(reason),
                        scoredAt,
                        file.version(),
                        scores,
                        evidence.provenance()),
                false);
    }

    private static ScoredRun earlier(RawRow line, Path file) {
        try {
            return ScoredRun.read(line.bytes());
        } catch (IllegalArgumentException e) {
            throw EvidenceFolder.damaged(line, file, e);
        }
    }

    private static Piece piece(ScoredRun score, boolean reused) {
        return new Piece(score.line(), score.category(), score.reasons().getFirst(), score.taskId(), reused);
    }
}
