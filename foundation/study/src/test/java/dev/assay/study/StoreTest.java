package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.files.Tree;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.ReceiptReader;
import dev.assay.study.fake.Numbers;
import dev.assay.study.fake.RowsStage;
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
        Tree.delete(bench.workspace.folder(first));

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

    @Test
    void theReceiptOfAFolderListsItsFilesAsTheyWereHashedWhenTheStageEnded() throws IOException {
        bench.stages.add(new RowsStage());
        String yaml = "study: rows\nseed: 1\nstages:\n  r: { kind: test.rows }\n";
        RunView first = bench.run(yaml);
        Path run = bench.workspace.folder(first);
        List<FileRef> files = ReceiptReader.at(run).stage("r").outputs();
        assertThat(files)
                .containsExactlyElementsOf(FileRef.below(run, run.resolve("outputs/r/rows")))
                .extracting(FileRef::name)
                .containsExactly(
                        "outputs/r/rows/2025/a.jsonl",
                        "outputs/r/rows/2025/b.jsonl",
                        "outputs/r/rows/notes.txt",
                        "outputs/r/rows/one.json");
        assertThat(Bench.stage(first, "r").outputs())
                .extracting(StageView.OutputView::sha256)
                .containsExactly(
                        Digest.ofFolder(run.resolve("outputs/r/rows")).hex(),
                        Digest.of("").hex());
        assertThat(Bench.stage(first, "r").outputs().getFirst().bytes())
                .isEqualTo(files.stream().mapToLong(FileRef::bytes).sum());

        // What is kept beside the folder is what the next receipt says, and nothing else is taken for it.
        assertThat(Bench.stage(bench.run(yaml), "r").reused()).isTrue();
        assertThat(outputs(bench.run(yaml), "r")).isEqualTo(files);
        Path kept = entry(first, "r").resolve("folder_files.json");
        String text = Files.readString(kept);
        String content = files.get(1).contentDigest().hex();
        assertThat(text).containsOnlyOnce(content);
        for (String bad :
                List.of("", "null", text.replace(content, Digest.of("other").hex()))) {
            damage(kept, bad.getBytes(StandardCharsets.UTF_8));
            RunView anew = bench.run(yaml);
            assertThat(Bench.stage(anew, "r").reused()).isFalse();
            assertThat(outputs(anew, "r")).isEqualTo(files);
        }
        Files.delete(kept);
        RunView last = bench.run(yaml);
        assertThat(Bench.stage(last, "r").reused()).isFalse();
        assertThat(outputs(last, "r")).isEqualTo(files);
    }

    private List<FileRef> outputs(RunView run, String stage) {
        return ReceiptReader.at(bench.workspace.folder(run)).stage(stage).outputs();
    }

    @Test
    void aNameThatNoReceiptMayHaveFailsItsStageByItsReceipt() {
        bench.stages.add(new RowsStage("odd\\name"));
        RunView run = bench.run("study: rows\nseed: 1\nstages:\n  r: { kind: test.rows }\n");
        assertThat(Bench.stage(run, "r").status()).isEqualTo(StageView.Status.FAILED);
        assertThat(Bench.stage(run, "r").failure().orElseThrow().sentence()).contains("receipt breaks a rule");
    }
}
