package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.fake.Numbers;
import dev.assay.study.internal.store.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final String ONE = "study: one\nseed: 7\nstages:\n  a: { kind: test.count, up-to: 5 }\n";

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
    }

    private Path entry(RunView run, String stage) {
        String key = Bench.stage(run, stage).key();
        return bench.workspace
                .folder()
                .resolve("store")
                .resolve(key.substring(0, 2))
                .resolve(key);
    }

    private static void damage(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }

    @Test
    void aChangedArtefactIsFoundThrownAwayAndMadeAgain() throws IOException {
        RunView first = bench.run(ONE);
        Path file = entry(first, "a").resolve("numbers.json");
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        damage(file, bad);

        RunView second = bench.run(ONE);
        assertThat(bench.seen(Event.EntryDamaged.class))
                .singleElement()
                .satisfies(e -> assertThat(e.sentence()).contains("'numbers'"));
        assertThat(Bench.stage(second, "a").reused()).isFalse();
        assertThat(bench.output(second, "a", "numbers.json")).hasBinaryContent(good);
        assertThat(bench.seen(Event.ResultChanged.class)).isEmpty();
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isTrue();
    }

    @Test
    void truncatedArtefactsAndDamagedManifestsAreFoundToo() throws IOException {
        RunView run = bench.run(ONE);
        damage(entry(run, "a").resolve("last.json"), new byte[0]);
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
        Files.delete(entry(run, "a").resolve("last.json"));
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
        damage(entry(run, "a").resolve("manifest.json"), "{".getBytes(StandardCharsets.UTF_8));
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isTrue();
        assertThat(bench.count.calls).hasValue(4);
    }

    @Test
    void anEarlierRunKeepsItsOutputsWhenItsEntryGoes() throws IOException {
        RunView first = bench.run(ONE);
        bench.settings = bench.settings.withFresh(true);
        bench.run(ONE);

        assertThat(bench.output(first, "a", "numbers.json")).isNotEmptyFile();
        assertThat(bench.count.calls).hasValue(2);
        try (Stream<Path> left = Files.list(entry(first, "a").getParent())) {
            assertThat(left.filter(Files::isDirectory)).hasSize(1);
        }
    }

    @Test
    void aStageThatDoesNotRepeatIsADeterministicViolationAndStaysOne() {
        AtomicLong counter = new AtomicLong();
        bench.with("test.fickle", (in, context) -> new Numbers("fickle", List.of(counter.incrementAndGet())));
        String yaml =
                "study: fickle\nseed: 1\nstages:\n  a: { kind: test.fickle }\n  b: { kind: test.sum, numbers: a }\n";
        RunView first = bench.run(yaml);
        assertThat(first.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.OK);

        bench.settings = bench.settings.withFresh(true);
        RunView second = bench.run(yaml);
        assertThat(second.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(bench.seen(Event.ResultChanged.class)).singleElement().satisfies(e -> {
            assertThat(e.stage()).isEqualTo("a");
            assertThat(e.violation().artefact()).isEqualTo("made");
        });
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.ALERT);
        assertThat(second.drift().orElseThrow().flags())
                .filteredOn(f -> f.check().equals("D1"))
                .extracting(RunView.Flag::subject)
                .containsExactly("a");

        bench.settings = bench.settings.withFresh(false);
        RunView third = bench.run(yaml);
        assertThat(Bench.stage(third, "a").reused()).isTrue();
        assertThat(Bench.stage(third, "a").violations()).hasSize(1);
    }

    @Test
    void aViolationIsToldEvenIfTheEarlierRunIsGone() throws IOException {
        AtomicLong counter = new AtomicLong();
        bench.with("test.fickle", (in, context) -> new Numbers("fickle", List.of(counter.incrementAndGet())));
        String yaml = "study: fickle\nseed: 1\nstages:\n  a: { kind: test.fickle }\n";
        RunView first = bench.run(yaml);
        Storage.delete(bench.workspace.folder(first));

        bench.settings = bench.settings.withFresh(true);
        RunView second = bench.run(yaml);
        assertThat(second.drift().orElseThrow().priorRun()).isEmpty();
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.ALERT);
    }

    @Test
    void thingsLeftInTheTemporaryFolderByADeadProcessAreSwept() throws IOException {
        Path dead = bench.workspace.folder().resolve("tmp/20200101-000000-abcdef/a/entry");
        Files.createDirectories(dead);
        Files.writeString(dead.resolve("half.json"), "{");
        bench.run(ONE);
        assertThat(bench.workspace.folder().resolve("tmp")).isEmptyDirectory();
    }
}
