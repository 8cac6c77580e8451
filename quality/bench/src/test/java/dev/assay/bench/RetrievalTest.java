package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.distil.IndexSettings;
import dev.assay.distil.RetrievalMethod;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.study.StageDescription;
import dev.assay.study.StageRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void samplesOfAnExportAndTasksOfAReplayAreACollection() throws Exception {
        Path documents = write("rag.jsonl", """
                {"id":"a","title":"Apples","content":"Three apples cost six crowns.","schema_version":1}
                {"id":"b","title":"Pears","content":"Two pears cost five crowns.","schema_version":1}
                {"id":"c","title":"Plums","content":"nothing","embedding_text":"zebra","schema_version":1}
                """);
        Path topics = write("tasks.jsonl", """
                {"task_id":"1","task":"What do apples cost?"}
                {"task_id":"2","task":"zebra"}
                {"task_id":"3","task":"not judged"}
                """);
        Path judged = write("qrels", "1 0 a 1\n1 0 gone 1\n2 0 c 1\n9 0 a 1\n");
        TestCollection collection = TestCollection.read(documents, topics, judged);
        assertThat(collection.relevantButMissing()).isEqualTo(1);
        try (Engine engine = LocalEngine.of(1)) {
            Retrieval.index(collection, folder.resolve("index"), IndexSettings.DEFAULT, engine);
            List<RankingMeasures> topicsMeasured =
                    Retrieval.measures(collection, folder.resolve("index"), RetrievalMethod.DEFAULT);
            assertThat(topicsMeasured).hasSize(2);
            // Of the first topic's two relevant documents one is at rank 1 and the other is not there.
            assertThat(topicsMeasured.getFirst().averagePrecision()).isCloseTo(0.5, within(1e-15));
            assertThat(topicsMeasured.getFirst().precisionAt30()).isCloseTo(1 / 30.0, within(1e-15));
            assertThat(topicsMeasured.getLast().averagePrecision()).isCloseTo(1, within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"id\":\"a\",\"text\":\"x\"}; 1\tq; 2 0 a 1; BAD_DATA; no topic of topics has a relevant document",
                "{\"id\":\"a\",\"text\":\"x\"}; 1\tq; 1 0 a 0; BAD_DATA; no topic of topics has a relevant document",
                "{\"id\":\"a\"; 1\tq; 1 0 a 1; MALFORMED_FILE; the line is not JSON",
                "{\"text\":\"x\"}; 1\tq; 1 0 a 1; BAD_DATA; a document has no id",
                "''; 1\tq; 1 0 a 1; BAD_DATA; there is no document here",
            })
    void whatCannotBeMeasuredIsToldInOneSentence(
            String documents, String topics, String judged, Fault.Kind kind, String words) throws Exception {
        Path one = write("documents.jsonl", documents);
        Path two = write("topics", topics.replace("\\t", "\t"));
        Path three = write("qrels", judged);
        assertThatThrownBy(() -> TestCollection.read(one, two, three))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }

    @Test
    void aMissingFileAndTwoDocumentsOfOneNameAreNamed() throws Exception {
        Path gone = folder.resolve("gone.jsonl");
        assertThatThrownBy(() -> TestCollection.read(gone, gone, gone))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE))
                .hasMessageContaining("gone.jsonl");
        Path twice = write("twice.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}\n");
        assertThatThrownBy(() -> TestCollection.read(twice, twice, twice))
                .hasMessageContaining("two documents have the id 'a'");
    }

    /// The first line of the table is about what a study gets that sets nothing.
    @Test
    void whatIsMeasuredFirstIsWhatStagesDoUnlessToldOtherwise() {
        assertThat(byDefault("distil.index", "analysis"))
                .isEqualTo(IndexSettings.DEFAULT.analysis().name().toLowerCase(Locale.ROOT));
        assertThat(byDefault("distil.index", "vectors")).isEqualTo("none");
        assertThat(byDefault("distil.index", "exact-below"))
                .isEqualTo(String.valueOf(IndexSettings.DEFAULT.exactBelow()));
        assertThat(byDefault("distil.replay", "ranking")).isEqualTo("bm25");
        assertThat(RetrievalMethod.DEFAULT).isEqualTo(new RetrievalMethod.Bm25(0.9, 0.4, false));
    }

    private static String byDefault(String kind, String setting) {
        StageDescription stage = StageRegistry.installed().get(kind);
        return stage.settings().stream()
                .filter(part -> part.name().equals(setting))
                .findFirst()
                .orElseThrow()
                .defaultText()
                .orElse("");
    }
}
