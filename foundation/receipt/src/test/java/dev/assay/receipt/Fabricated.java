package dev.assay.receipt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A run of three stages on files made up here: collect, then score, then export.
final class Fabricated {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final Instant PINNED = Instant.parse("2026-02-03T04:05:06Z");
    static final BuilderVersions VERSIONS = new BuilderVersions("0.1.0", "25");

    /// For comparisons that declare no column.
    static final ColumnReader NO_COLUMNS = (file, column) -> {
        throw new AssertionError("nobody declared a column");
    };

    Instant recordedAt = PINNED;
    String pipeline = "made-up";
    String code = COMMIT;
    Map<String, Object> configuration = new LinkedHashMap<>(Map.of("seed", 7, "id", "household"));
    Map<String, Digest> rules = Map.of("gsm", Digest.of("rules"));
    String source = "a source\n";
    int rows = 15;
    long accepted = 10;
    String noise = "";
    String exported = "a,b\n1,2\n";
    Map<String, Long> reasons = Map.of("quarantine.empty_content", 2L);
    Optional<Map<String, Profile>> columns = Optional.empty();
    UnaryOperator<StageRecordBuilder> change = builder -> builder;
    /// What is done to each file that a record names.
    UnaryOperator<FileRef> named = file -> file;
    /// The name of the exported file.
    String exportName = "rag.csv";
    boolean scoreFails;
    /// Whether the run is stopped while it exports.
    boolean stopped;
    Optional<SigningKey> key = Optional.empty();

    private final Path folder;
    private final List<StageRecord> records = new ArrayList<>();

    Fabricated(Path folder) {
        this.folder = folder;
    }

    Clock clock() {
        return Clock.fixed(recordedAt.plusSeconds(60), ZoneOffset.UTC);
    }

    Path write() {
        try {
            return writeAll();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path writeAll() throws IOException {
        records.clear();
        put("study.yaml", "study: " + pipeline + "\n");
        put("run.json", "{\"status\":\"passed\"}");
        put("events.jsonl", "{\"event\":\"run started\"}\n");
        put("report.html", "<html><body>a report</body></html>\n");
        put(".lock", "");
        Path input = put("inputs/source.txt", source);
        List<FileRef> inputs = List.of(ref(input));
        Digest config = RunIds.configDigest(configuration);
        RunIdentity run = new RunIdentity(
                RunIds.runId(pipeline, config, code, RunIds.inputDigest(inputs), recordedAt),
                pipeline,
                code,
                recordedAt,
                "00000000-0000-4000-8000-000000000000");
        StringBuilder evidence = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            evidence.append("{\"id\":\"")
                    .append(i)
                    .append("\",\"recorded_at\":\"")
                    .append(recordedAt);
            evidence.append("\",\"text\":\"row ").append(i).append(noise).append("\"}\n");
        }
        FileRef collected =
                ref(put("outputs/collect/evidence.jsonl", evidence.toString())).withRows(rows);
        records.add(change.apply(started(run, "collect", config)
                        .inputs(inputs)
                        .outputs(List.of(collected))
                        .rows(Stats.of(Map.of("records_in", (long) rows, "records_out", (long) rows)), reasons))
                .build());
        StageRecordBuilder score =
                started(run, "score", config).upstream(List.of("collect")).inputs(List.of(collected));
        if (scoreFails) {
            put("errors/score.txt", "java.lang.IllegalStateException: the rule file is damaged\n");
            records.add(score.validation(Validation.failed("the rule file is damaged"))
                    .build());
            records.add(started(run, "export", config)
                    .upstream(List.of("score"))
                    .skippedBecauseOf("score")
                    .build());
        } else {
            FileRef scored = ref(put("outputs/score/scored.json", "{\"accepted\":" + accepted + "}"));
            columns.ifPresent(score::columns);
            records.add(score.outputs(List.of(scored))
                    .rows(
                            Stats.of(Map.of(
                                    "records_in",
                                    (long) rows,
                                    "records_out",
                                    (long) rows,
                                    "accepted",
                                    accepted,
                                    "rejected",
                                    rows - accepted)),
                            Map.of())
                    .build());
            if (!stopped) {
                FileRef exports = ref(put("outputs/export/" + exportName, exported));
                records.add(started(run, "export", config)
                        .upstream(List.of("score"))
                        .inputs(List.of(scored))
                        .outputs(List.of(exports.withRows(1)))
                        .build());
            }
        }
        ReceiptWriter writer = writer();
        records.forEach(record -> writer.stage(record, configuration, VERSIONS));
        if (!stopped) {
            writer.summary(RunSummary.of(records, Optional.empty(), clock()));
        }
        return closed();
    }

    private FileRef ref(Path file) {
        return named.apply(FileRef.of(folder, file));
    }

    private ReceiptWriter writer() {
        ReceiptWriter unsigned = ReceiptWriter.at(folder);
        return key.map(unsigned::signing).orElse(unsigned);
    }

    /// Writes the last statement, anew where files were added or changed since.
    Path closed() {
        writer().outcome(outcome());
        return folder;
    }

    RunOutcome outcome() {
        StageRecord first = records.getFirst();
        List<RunOutcome.StageOutcome> stages = new ArrayList<>();
        records.forEach(record -> stages.add(RunOutcome.StageOutcome.of(record)));
        if (stopped) {
            stages.add(RunOutcome.StageOutcome.unfinished("export", RunOutcome.StageStatus.INTERRUPTED));
        }
        boolean passed = records.stream().allMatch(record -> record.status() == StageRecord.Status.PASSED);
        RunOutcome.Status ended = passed ? RunOutcome.Status.PASSED : RunOutcome.Status.FAILED;
        String name = folder.getFileName().toString();
        return new RunOutcome(
                name.matches("\\d{8}-.*")
                        ? name
                        : "20260203-040506-" + first.runId().substring(0, 6),
                first.runId(),
                first.pipeline(),
                stopped ? RunOutcome.Status.INTERRUPTED : ended,
                first.recordedAt(),
                stages);
    }

    private StageRecordBuilder started(RunIdentity run, String stage, Digest config) {
        return StageRecord.of(run, stage)
                .config(config)
                .rules(rules)
                .seed(7)
                .times(recordedAt.plusSeconds(1), recordedAt.plusSeconds(2), Duration.ofSeconds(1));
    }

    Path put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
