package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.StageView.Status;
import dev.assay.study.fake.Numbers;
import dev.assay.study.fake.ReaderStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs are what was hashed, or the stage fails with the file's name.
class InputsTest {
    private static final String FOLDER = "study: io\nseed: 1\nstages:\n  a: { kind: test.reader, source: logs }\n";
    private static final String FILE =
            "study: io\nseed: 1\nstages:\n  a: { kind: test.reader, source: logs/one.txt }\n";
    private static final String TABLE = """
            study: io
            seed: 1
            stages:
              a: { kind: test.reader, table: people.csv }
              b: { kind: test.free, after: { a: numbers.json } }
              c: { kind: test.reader, table: people.csv, number: 1, follows: b }
            """;

    @TempDir
    Path folder;

    Bench bench;
    Path one;
    Path two;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Bench(folder);
        Files.createDirectories(folder.resolve("logs"));
        one = bench.write("logs/one.txt", "one");
        two = bench.write("logs/two.txt", "two");
    }

    /// Something that may fail.
    private interface Action {
        void run() throws IOException;
    }

    private static Consumer<StageContext> doing(Action action) {
        return context -> {
            try {
                action.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static final Consumer<StageContext> NOTHING = context -> {};

    private RunView run(String yaml, Action before, Action after) {
        bench.stages.removeIf(s -> s.kind().equals("test.reader"));
        bench.stages.add(new ReaderStage(
                context -> {
                    doing(() -> Files.writeString(context.resumable().resolve("state"), "half"))
                            .accept(context);
                    doing(before).accept(context);
                },
                doing(after)));
        return bench.run(yaml);
    }

    private void assertNothingIsKept(String yaml) {
        bench.stages.removeIf(s -> s.kind().equals("test.reader"));
        bench.stages.add(new ReaderStage(NOTHING, NOTHING));
        RunView again = bench.run(yaml);
        assertThat(Bench.stage(again, "a").status()).isEqualTo(Status.PASSED);
        assertThat(Bench.stage(again, "a").reused()).isFalse();
        assertThat(bench.output(again, "a", "text.txt")).content().isEqualTo("onetwo");
    }

    private static String sentence(RunView run, String stage) {
        StageView view = Bench.stage(run, stage);
        assertThat(view.status()).isEqualTo(Status.FAILED);
        assertThat(view.failure().orElseThrow().kind()).isEqualTo(Fault.Kind.BAD_DATA);
        return view.failure().orElseThrow().sentence();
    }

    @Test
    void aFileOfAFolderThatIsOverwrittenAndPutBackWithItsTimesFailsTheStage() {
        RunView run = run(FOLDER, () -> Files.writeString(two, "TWO"), () -> {
            FileTime before = Files.getLastModifiedTime(one);
            Files.writeString(two, "two");
            Files.setLastModifiedTime(two, before);
        });
        assertThat(sentence(run, "a")).contains("logs/two.txt", "written to or touched while the stage ran");
        assertNothingIsKept(FOLDER);
    }

    @Test
    void timesThatWerePutBackToTheNanosecondAreNoExcuse() throws IOException {
        FileTime time = Files.getLastModifiedTime(two);
        RunView run = run(
                FOLDER,
                () -> {
                    Files.writeString(two, "TWO");
                    Files.setLastModifiedTime(two, time);
                },
                () -> {
                    Files.writeString(two, "two");
                    Files.setLastModifiedTime(two, time);
                });
        assertThat(sentence(run, "a")).contains("logs/two.txt");
        assertNothingIsKept(FOLDER);
    }

    @Test
    void aFileThatIsChangedForGoodFailsTheStageWithItsName() {
        RunView run = run(FILE, () -> {}, () -> Files.writeString(one, "changed"));
        assertThat(sentence(run, "a")).contains("logs/one.txt", "changed while the stage read it", "run again");
    }

    @Test
    void whatAStageFindsWrongWithALogThatGrowsMeanwhileIsPutDownToThat() throws IOException {
        Files.writeString(one, "a whole line");
        assertThat(failing(() -> Files.writeString(one, " and half of", StandardOpenOption.APPEND)))
                .contains("logs/one.txt", "it grew", "on a copy of it")
                .doesNotContain("mend");
        assertThat(failing(() -> Files.writeString(one, "a"))).contains("logs/one.txt", "it was cut");
        assertThat(failing(() -> {
                    Files.writeString(one.resolveSibling("next"), "b");
                    Files.move(one.resolveSibling("next"), one, StandardCopyOption.REPLACE_EXISTING);
                }))
                .contains("logs/one.txt", "it was replaced by another file");
        assertThat(failing(() -> Files.writeString(one.resolveSibling("three.txt"), "3")))
                .contains("logs/three.txt", "it is new");
        assertThat(failing(() -> Files.delete(one))).contains("logs/one.txt", "it is gone");
        assertThat(failing(() -> {})).contains("mend the sources");
    }

    private String failing(Action meanwhile) {
        bench.stages.removeIf(s -> s.kind().equals("test.reader"));
        bench.stages.add(new ReaderStage(doing(meanwhile), context -> {
            throw Fault.of(Fault.Kind.BAD_DATA, "a row cannot be used; mend the sources");
        }));
        return sentence(bench.run(FOLDER), "a");
    }

    @Test
    void aFileThatIsAddedRemovedReplacedOrGoneIsSeen() throws IOException {
        assertThat(sentence(run(FOLDER, () -> {}, () -> bench.write("logs/three.txt", "3")), "a"))
                .contains("logs/three.txt");
        Files.delete(folder.resolve("logs/three.txt"));
        assertThat(sentence(run(FOLDER, () -> {}, () -> Files.delete(two)), "a"))
                .contains("logs/two.txt");
        bench.write("logs/two.txt", "two");
        FileTime time = Files.getLastModifiedTime(two);
        assertThat(sentence(
                        run(FOLDER, () -> {}, () -> {
                            Path other = bench.write("other.txt", "two");
                            Files.setLastModifiedTime(other, time);
                            Files.move(other, two, StandardCopyOption.REPLACE_EXISTING);
                        }),
                        "a"))
                .contains("logs/two.txt");
        assertThat(sentence(run(FILE, () -> {}, () -> Files.delete(one)), "a")).contains("logs/one.txt", "went away");
    }

    @Test
    void aFileThatWasOnlyTouchedBeforeTheStageBeganIsTheSame() {
        bench.write("numbers.json", "{\"label\": \"a\", \"values\": [1]}");
        bench.write("people.csv", "id\n1\n2\n");
        Path people = folder.resolve("people.csv");
        bench.with("test.free", (in, context) -> {
            Files.writeString(people, "id\n1\n2\n");
            return new Numbers("x", List.of());
        });
        bench.settings = bench.settings.withParallelStages(1);
        RunView run = run(TABLE, () -> {}, () -> {});
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        assertThat(bench.output(run, "c", "text.txt")).content().isEqualTo("1;2;");
    }

    @Test
    void aFileThatIsChangedBetweenTwoStagesFailsTheSecond() {
        bench.write("numbers.json", "{\"label\": \"a\", \"values\": [1]}");
        bench.write("people.csv", "id\n1\n2\n");
        Path people = folder.resolve("people.csv");
        bench.with("test.free", (in, context) -> {
            Files.writeString(people, "id\n1\n3\n");
            return new Numbers("x", List.of());
        });
        bench.settings = bench.settings.withParallelStages(1);
        RunView run = run(TABLE, () -> {}, () -> {});
        assertThat(Bench.stage(run, "a").status()).isEqualTo(Status.PASSED);
        assertThat(sentence(run, "c")).contains("people.csv", "since the run began");
    }

    @Test
    void aFileThatIsWrittenToAllTheTimeIsNamedWhetherItIsSeenWhileItIsHashedOrLater() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                while (!stop.get()) {
                    Files.writeString(one, "x", StandardOpenOption.APPEND);
                    begun.countDown();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            begun.await();
            assertThat(refused()).contains("logs/one.txt", "run again when it is at rest");
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    /// What a run of a file that is written to is told: before it begins, or by its stage.
    private String refused() {
        try {
            return sentence(run(FILE, () -> {}, () -> {}), "a");
        } catch (Fault fault) {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
            assertThat(bench.workspace.runs()).isEmpty();
            return fault.getMessage();
        }
    }

    @Test
    void aFolderWithALinkOrAPipeIsRefusedAndALinkToAFolderIsTheFolder() throws IOException, InterruptedException {
        bench.stages.add(new ReaderStage(NOTHING, NOTHING));
        String digest = Bench.stage(bench.run(FOLDER), "a").inputs().getFirst().digest();
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("logs"));
        RunView linked = bench.run(FOLDER.replace("source: logs", "source: linked"));
        assertThat(Bench.stage(linked, "a").inputs().getFirst().digest()).isEqualTo(digest);
        assertThat(bench.output(linked, "a", "text.txt")).content().isEqualTo("onetwo");

        Path secret = bench.write("secret.txt", "secret");
        Path link = Files.createSymbolicLink(folder.resolve("logs/link.txt"), secret);
        Fault fault = catchThrowableOfType(Fault.class, () -> bench.run(FOLDER));
        assertThat(fault.getMessage()).contains("logs/link.txt", "regular files only");
        Files.delete(link);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("logs/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(catchThrowableOfType(Fault.class, () -> bench.run(FOLDER)).getMessage())
                .contains("logs/pipe");
    }

    @Test
    void anArtefactThatIsChangedInTheWorkspaceBeforeItIsUsedFailsTheNextStage() {
        String yaml = """
                study: io
                seed: 1
                stages:
                  numbers: { kind: test.count, up-to: 3 }
                  between: { kind: test.free, after: { a: numbers } }
                  total: { kind: test.sum, numbers: numbers }
                """;
        bench.settings = bench.settings.withParallelStages(1);
        bench.with("test.free", (in, context) -> {
            try (Stream<Path> files = Files.walk(folder.resolve("ws"))) {
                for (Path file : files.filter(f -> f.endsWith("numbers.json")).toList()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    Files.writeString(file, Files.readString(file).replace("3", "4"));
                }
            }
            return new Numbers("x", List.of());
        });
        RunView run = bench.run(yaml);
        assertThat(sentence(run, "between")).contains("numbers.numbers", "changed in the workspace");
        assertThat(sentence(run, "total")).contains("numbers.numbers", "changed in the workspace");
    }

    @Test
    void aFolderThatIsRenamedAndBackIsSeen() {
        RunView run = run(
                FOLDER,
                () -> {
                    Files.move(folder.resolve("logs"), folder.resolve("aside"));
                    Files.createDirectories(folder.resolve("logs"));
                    bench.write("logs/one.txt", "other");
                },
                () -> {
                    Files.move(folder.resolve("logs"), folder.resolve("other"));
                    Files.move(folder.resolve("aside"), folder.resolve("logs"));
                });
        assertThat(sentence(run, "a")).contains("logs", "written to or touched");
        assertNothingIsKept(FOLDER);
    }

    @Test
    void aFolderOnTheWayThatIsRenamedAndBackIsSeen() {
        RunView run = run(
                FILE,
                () -> {
                    Files.move(folder.resolve("logs"), folder.resolve("aside"));
                    Files.createDirectories(folder.resolve("logs"));
                    bench.write("logs/one.txt", "other");
                },
                () -> {
                    Files.move(folder.resolve("logs"), folder.resolve("other"));
                    Files.move(folder.resolve("aside"), folder.resolve("logs"));
                });
        assertThat(sentence(run, "a")).contains("logs/one.txt");
    }

    @Test
    void aLinkOnTheWayThatLeadsElsewhereForAWhileIsSeen() throws IOException {
        Path link = folder.resolve("link");
        Files.createDirectories(folder.resolve("others"));
        bench.write("others/one.txt", "other");
        Files.createSymbolicLink(link, folder.resolve("logs"));
        RunView run = run(
                FILE.replace("logs/one.txt", "link/one.txt"),
                () -> {
                    Files.delete(link);
                    Files.createSymbolicLink(link, folder.resolve("others"));
                },
                () -> {
                    Files.delete(link);
                    Files.createSymbolicLink(link, folder.resolve("logs"));
                });
        assertThat(sentence(run, "a")).contains("link/one.txt");
    }

    @Test
    void aFileThatComesIntoAFolderAndGoesAgainIsSeen() {
        RunView run = run(
                FOLDER, () -> bench.write("logs/three.txt", "3"), () -> Files.delete(folder.resolve("logs/three.txt")));
        assertThat(sentence(run, "a")).contains("logs", "written to or touched");
        assertNothingIsKept(FOLDER);
    }

    @Test
    void whatComesAndGoesBesideAFileIsNoMatter() {
        RunView run = run(FILE, () -> bench.write("logs/beside.txt", "3"), () -> {
            bench.write("more.txt", "3");
            Files.delete(folder.resolve("logs/beside.txt"));
        });
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
    }

    private static final String ARTEFACT = """
            study: io
            seed: 1
            stages:
              a: { kind: test.free }
              b: { kind: test.reader, follows: a }
            """;

    @Test
    void anArtefactThatIsOverwrittenAndPutBackWithItsTimesIsSeen() {
        bench.with("test.free", (in, context) -> new Numbers("first", List.of(1L)));
        FileTime[] time = new FileTime[1];
        byte[][] whole = new byte[1][];
        RunView run = run(
                ARTEFACT,
                () -> {
                    Path file = artefact();
                    time[0] = Files.getLastModifiedTime(file);
                    whole[0] = Files.readAllBytes(file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    Files.writeString(file, new String(whole[0], StandardCharsets.UTF_8).replace("1", "2"));
                    Files.setLastModifiedTime(file, time[0]);
                },
                () -> {
                    Files.write(artefact(), whole[0]);
                    Files.setLastModifiedTime(artefact(), time[0]);
                });
        assertThat(sentence(run, "b")).contains("a.made", "changed in the workspace");
    }

    @Test
    void aFurtherLinkToAnArtefactIsNoMatter() {
        bench.with("test.free", (in, context) -> new Numbers("first", List.of(1L)));
        RunView run = run(ARTEFACT, () -> Files.createLink(folder.resolve("linked.json"), artefact()), () -> {});
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
    }

    private Path artefact() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("ws/runs"))) {
            return files.filter(f -> f.endsWith("a/made.json")).findFirst().orElseThrow();
        }
    }

    @Test
    void whatAStageLeftToGoOnFromIsForgottenWhenItsInputWasTouched() throws IOException {
        // A stage that finds that its input was changed, and one that was stopped before it could.
        for (boolean stopped : List.of(false, true)) {
            RunView touched = run(FILE, () -> {}, () -> {
                Files.writeString(one, stopped ? "one" : "two");
                if (stopped) {
                    throw new IOException("stopped");
                }
            });
            assertThat(Bench.stage(touched, "a").status()).isEqualTo(Status.FAILED);
            Files.writeString(one, "one");
            boolean[] found = new boolean[1];
            bench.stages.removeIf(s -> s.kind().equals("test.reader"));
            bench.stages.add(new ReaderStage(
                    context -> found[0] = Files.exists(context.resumable().resolve("state")), context -> {
                        throw new IllegalStateException("again");
                    }));
            bench.run(FILE);
            assertThat(found[0]).as("stopped: " + stopped).isFalse();
        }
    }
}
