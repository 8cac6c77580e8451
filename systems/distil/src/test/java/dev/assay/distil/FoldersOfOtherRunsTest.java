package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.export.JoinedRows;
import dev.assay.distil.internal.score.Scorer;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.study.InMemoryContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Evidence, scores and indexes that were made of something else than what they are put together with.
class FoldersOfOtherRunsTest {
    private static final String AT = "2026-01-31T00:00:00Z";

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    private Path scored(Path evidence, Optional<Path> earlier, String to) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yml"), """
                version: 1.0.0
                rules:
                  - when: { blank: $.text }
                    then: rejected
                    reason: empty_output
                """);
        Path scores = folder.resolve(to);
        Scorer.score(evidence, Map.of("", RuleFile.read(rules)), AT, earlier, scores, engine, Progress.none());
        return scores;
    }

    private long joined(Path evidence, Path scores) {
        return JoinedRows.each(EvidenceFolder.open(evidence), scores, engine, row -> row, rows -> {})
                .rows();
    }

    @Test
    void scoresOfMoreThanTheEvidenceAreThoseOfOtherEvidence() throws IOException {
        Path all = Evidence.of(folder.resolve("all"))
                .run("a", "t1", "Ask.")
                .run("more", "b", "t2", "Ask.")
                .write();
        Path one = Evidence.of(folder.resolve("one")).run("a", "t1", "Ask.").write();
        Path scores = scored(all, Optional.empty(), "scored");

        assertThat(joined(all, scores)).isEqualTo(2);
        assertThatThrownBy(() -> joined(one, scores))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("there are scores of a part that the evidence does not have")
                .hasMessageContaining("more.jsonl");
        assertThatThrownBy(() -> joined(one, folder.resolve("nowhere")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("there is no folder of scores");
    }

    @Test
    void scoresOfOneStreamByTwoVersionsOfItsRulesAreRefused() throws IOException {
        Path evidence = Evidence.of(folder.resolve("evidence"))
                .run("a", "t1", "Ask.")
                .run("b", "t2", "Ask.")
                .run("more", "c", "t3", "Ask.")
                .write();
        Path scores = scored(evidence, Optional.empty(), "scored");
        String version = RuleFile.read(folder.resolve("rules.yml")).version();
        JoinedRows.Read read = JoinedRows.each(EvidenceFolder.open(evidence), scores, engine, row -> row, rows -> {});
        assertThat(read.versions()).containsExactly(Map.entry("answers", version), Map.entry("more", version));

        // Another version for a whole stream is that stream's.
        Path more = scores.resolve(EvidenceFolder.partition("2026-01-01T00:00:00Z", "more"));
        Files.writeString(more, Files.readString(more).replace(version, "2.0.0+aaaaaaaaaaaa"));
        assertThat(joined(evidence, scores)).isEqualTo(3);

        Path answers = scores.resolve(EvidenceFolder.partition("2026-01-01T00:00:00Z", "answers"));
        List<String> lines = Files.readAllLines(answers);
        Files.writeString(answers, lines.get(0) + "\n" + lines.get(1).replace(version, "2.0.0+aaaaaaaaaaaa") + "\n");
        assertThatThrownBy(() -> joined(evidence, scores))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                .hasMessageContaining("answers.jsonl")
                .hasMessageContaining(
                        "the stream 'answers' is scored by version 2.0.0+aaaaaaaaaaaa of its rules here and by "
                                + "version " + version + " before");
    }

    @Test
    void oneRowCanBeARunOfTwoStreams() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("log.jsonl"), "{\"id\":\"r1\",\"time\":\"2026-01-01T12:00:00Z\"}\n".repeat(2));
        Map<String, Path> mappings = Map.of("log", mapping("log", "$.id"), "review", mapping("review", "$.id"));
        InMemoryContext first = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        Path evidence = new CollectStage()
                .run(new CollectStage.Settings(source, mappings, Optional.empty(), AT, 0, false), first)
                .evidence();
        // The same row twice in one stream is known, in another stream it is another run.
        assertThat(first.counts()).containsEntry("records_out", 2L).containsEntry("deduped", 2L);
        assertThat(EvidenceFolder.open(evidence).partitions()).hasSize(2);

        InMemoryContext again = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        new CollectStage().run(new CollectStage.Settings(source, mappings, Optional.of(evidence), AT, 0, false), again);
        assertThat(again.counts()).containsEntry("records_out", 0L).containsEntry("deduped", 4L);
        assertThat(again.warnings()).isEmpty();

        // A stream that lost its mapping stays, and one that was renamed has its rows twice: that is told.
        InMemoryContext renamed = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        Map<String, Path> others = Map.of("log", mapping("log", "$.id"), "reviews", mapping("reviews", "$.id"));
        new CollectStage().run(new CollectStage.Settings(source, others, Optional.of(evidence), AT, 0, false), renamed);
        assertThat(renamed.counts()).containsEntry("records_out", 1L).containsEntry("deduped", 3L);
        assertThat(renamed.warnings())
                .containsExactly(
                        "Streams of the earlier evidence that no mapping makes now stay as they are: 'review'. Rows of a "
                                + "stream that got another name stand under both.");
    }

    @Test
    void earlierScoresThatAreNoneAreToldWithTheirLine() throws IOException {
        Path evidence =
                Evidence.of(folder.resolve("evidence")).run("a", "t1", "Ask.").write();
        Path scores = scored(evidence, Optional.empty(), "scored");
        Path file = scores.resolve(EvidenceFolder.open(scores).partitions().getFirst());
        String line = Files.readString(file);
        for (String other :
                List.of(line.replace("\"schema_version\":1", "\"schema_version\":2"), "{}\n", "half a li")) {
            Files.writeString(file, other);
            assertThatThrownBy(() -> scored(evidence, Optional.of(scores), "again"))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE))
                    .hasMessageContaining("answers.jsonl:1")
                    .hasMessageContaining("the line is damaged");
        }
    }

    @Test
    void earlierEvidenceOfAnotherMappingIsTold() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("log.jsonl"), "{\"id\":\"r1\",\"time\":\"2026-01-01T12:00:00Z\"}\n");
        Path first = collected(source, "$.id", Optional.empty(), List.of());
        collected(source, "$.id", Optional.of(first), List.of());
        collected(
                source,
                "concat($.id, \"!\")",
                Optional.of(first),
                List.of(
                        "Stream 'log': its earlier evidence was made by another mapping and stays as that made it; collect "
                                + "without 'earlier' to have all of it made alike."));
    }

    private Path collected(Path source, String task, Optional<Path> earlier, List<String> warnings) throws IOException {
        Path mapping = mapping("log", task);
        // The evidence outlives its context.
        InMemoryContext context = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        CollectStage.Settings settings =
                new CollectStage.Settings(source, Map.of("log", mapping), earlier, AT, 0, false);
        Path evidence = new CollectStage().run(settings, context).evidence();
        assertThat(context.warnings()).isEqualTo(warnings);
        assertThat(EvidenceFolder.open(evidence).partitions()).hasSize(1);
        return evidence;
    }

    private Path mapping(String stream, String task) throws IOException {
        return Files.writeString(folder.resolve(stream + ".yml"), """
                schema_version: 1
                stream: %s
                class: verdict
                source: "*.jsonl"
                format: jsonl
                fields:
                  run_id: $.id
                  task_id: %s
                  timestamp: $.time
                """.formatted(stream, task));
    }

    private static String sample(String id, String score) {
        return "{\"schema_version\":1,\"id\":\"" + id + "\",\"title\":\"Title\",\"content\":\"Press " + id
                + ".\",\"success_score\":\"" + score + "\",\"source_run_id\":\"r\"}\n";
    }

    private Path indexed(Optional<Path> earlier, List<String> warnings, String... samples) throws IOException {
        Path rag = Files.writeString(folder.resolve("rag.jsonl"), String.join("", samples));
        InMemoryContext context = InMemoryContext.of(Seed.of(1), engine, Files.createTempDirectory(folder, "home"));
        IndexStage.Settings settings = new IndexStage.Settings(
                rag,
                earlier,
                TextAnalysis.ENGLISH,
                IndexStage.VectorChoice.NONE,
                128,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                32,
                false,
                50_000);
        Path index = new IndexStage().run(settings, context).index();
        assertThat(context.warnings()).isEqualTo(warnings);
        return index;
    }

    @Test
    void anIndexDoesNotGrowBesideSamplesThatWereScoredAnew() throws IOException {
        Path first = indexed(Optional.empty(), List.of(), sample("a", "accepted"), sample("b", "accepted"));
        IndexManifest before = RetrievalIndex.manifest(first);

        for (String other : List.of(
                sample("b", "partially_accepted"), sample("b", "accepted").replace("Press", "Turn"))) {
            assertThatThrownBy(() -> indexed(
                            Optional.of(first), List.of(), sample("a", "accepted"), other, sample("c", "accepted")))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                    .hasMessageStartingWith(
                            "1 of 2 samples that the index holds have another category, source or text");
        }
        assertThat(RetrievalIndex.manifest(first)).isEqualTo(before);

        Path grown = indexed(
                Optional.of(first),
                List.of("1 of 3 samples of the index came with an earlier one and are not in this export: if they were "
                        + "withdrawn since, they are still shown; make a new index, without an earlier one, to be rid of "
                        + "them."),
                sample("a", "accepted"),
                sample("c", "accepted"));
        assertThat(RetrievalIndex.manifest(grown).documents()).isEqualTo(3);
    }
}
