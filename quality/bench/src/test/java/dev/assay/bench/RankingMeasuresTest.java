package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingMeasuresTest {
    @Test
    void measuresAreTheirDefinitions() {
        RankingMeasures measures =
                RankingMeasures.of(List.of("x", "a", "y", "b"), Map.of("a", 2, "b", 1, "c", 1, "x", 0));
        double log3 = Math.log(3) / Math.log(2);
        double log5 = Math.log(5) / Math.log(2);
        assertThat(measures.averagePrecision()).isCloseTo((1.0 / 2 + 2.0 / 4) / 3, within(1e-15));
        assertThat(measures.precisionAt30()).isCloseTo(2.0 / 30, within(1e-15));
        assertThat(measures.recallAt1000()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(measures.ndcgAt10()).isCloseTo((2 / log3 + 1 / log5) / (2 + 1 / log3 + 1.0 / 2), within(1e-15));
    }

    @Test
    void collectionsAreReadInTheirFormats(@TempDir Path folder) throws Exception {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(documents.resolve("D-1.html"), "<html><pre>a < b &lt; c\n<b>bold</b><!-- x --></pre></html>");
        Files.writeString(
                documents.resolve("more.trec"),
                "<DOC>\n<DOCNO> D-2 </DOCNO>\n<TEXT>two</TEXT>\n</DOC>\n<DOC><DOCNO>D-3</DOCNO>three</DOC>");
        Files.writeString(documents.resolve("rows.jsonl"), "{\"_id\":\"D-4\",\"title\":\"T\",\"text\":\"four\"}\n");
        Path topics = folder.resolve("topics");
        Files.writeString(
                topics, "<top>\n<num> Number: 301\n<title> first words\n\n<desc> Description:\nnot this\n</top>\n");
        Path judged = folder.resolve("qrels");
        Files.writeString(judged, "query-id\tcorpus-id\tscore\n301\tD-4\t2\n301 0 D-1 0\n");
        TestCollection collection = TestCollection.read(documents, topics, judged);
        assertThat(collection.documents()).hasSize(4);
        assertThat(collection.documents().getFirst().id()).isEqualTo("D-1");
        assertThat(collection
                        .documents()
                        .getFirst()
                        .content()
                        .replaceAll("\\s+", " ")
                        .strip())
                .isEqualTo("a < b < c bold");
        assertThat(collection.documents().get(1).content().strip()).isEqualTo("two");
        assertThat(collection.documents().get(3).title()).isEqualTo("T");
        assertThat(collection.topics()).containsExactly(Map.entry("301", "first words"));
        assertThat(collection.judged()).isEqualTo(Map.of("301", Map.of("D-4", 2, "D-1", 0)));
        Files.writeString(topics, "<DOC>\n<DOCNO> 1 </DOCNO>\n words\n</DOC>");
        assertThat(TestCollection.topics(topics).get("1"))
                .isNotNull()
                .satisfies(t -> assertThat(t.strip()).isEqualTo("words"));
        Files.writeString(topics, "q1\tsome words\n");
        assertThat(TestCollection.topics(topics)).isEqualTo(Map.of("q1", "some words"));
    }
}
