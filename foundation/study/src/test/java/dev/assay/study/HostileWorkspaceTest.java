package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.files.Tree;
import dev.assay.receipt.ReceiptReader;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A workspace that somebody else made up, or can reach.
class HostileWorkspaceTest {
    private static final String ONE = "study: one\nseed: 1\nstages:\n  a: { kind: test.count, up-to: 5 }\n";
    private static final String LONG = "study: l\nseed: 1\nstages:\n  a: { kind: test.long, number: 3 }\n";

    @TempDir
    Path folder;

    Bench bench;
    Path victim;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Bench(folder);
        victim = Files.createDirectories(folder.resolve("victim/20260101-000000-abcdef"));
        Files.writeString(victim.resolve("precious"), "data");
    }

    private Path ws() {
        return bench.workspace.folder();
    }

    private Fault refused() {
        return catchThrowableOfType(Fault.class, () -> bench.run(ONE));
    }

    private void assertNothingTouched() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("victim"))) {
            assertThat(all.map(p -> folder.relativize(p).toString()))
                    .containsExactlyInAnyOrder(
                            "victim", "victim/20260101-000000-abcdef", "victim/20260101-000000-abcdef/precious");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmp", "store", "runs", "confidential", "labels"})
    void aPartThatIsALinkIsRefusedAndItsTargetStaysAsItIs(String part) throws IOException {
        Files.createDirectories(ws());
        Files.createSymbolicLink(ws().resolve(part), folder.resolve("victim"));
        Fault fault = refused();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STORAGE);
        assertThat(fault.getMessage()).contains("/ws/" + part + ": ", "is a link", "use another workspace");
        assertNothingTouched();
        // Nor is it read.
        if (part.equals("runs")) {
            assertThat(catchThrowableOfType(Fault.class, () -> bench.workspace.runs())
                            .getMessage())
                    .contains("is a link");
        }
    }

    @Test
    void aWorkspaceThatIsALinkIsRefused() throws IOException {
        Files.createSymbolicLink(ws(), folder.resolve("victim"));
        assertThat(refused().getMessage()).contains("is a link", "name the folder itself");
        assertNothingTouched();
    }

    @Test
    void linksDeeperDownAreRefusedOrDeletedAndNeverFollowed() throws IOException {
        RunView first = bench.run(ONE);
        String key = Bench.stage(first, "a").key();
        Path shelf = ws().resolve("store").resolve(key.substring(0, 2));
        // In the place of an entry.
        Tree.delete(shelf.resolve(key));
        Files.createSymbolicLink(shelf.resolve(key), folder.resolve("victim"));
        assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
        assertNothingTouched();
        // In the place of the folder of entries.
        Tree.delete(shelf);
        Files.createSymbolicLink(shelf, folder.resolve("victim"));
        RunView third = bench.run(ONE);
        assertThat(Bench.stage(third, "a").failure().orElseThrow().sentence()).contains("is a link");
        assertNothingTouched();
        Files.delete(shelf);
        // In the place of a lock.
        Files.createDirectory(shelf);
        Files.createSymbolicLink(shelf.resolve(key + ".lock"), victim.resolve("made"));
        assertThat(bench.run(ONE).status()).isEqualTo(RunView.Status.FAILED);
        assertNothingTouched();
    }

    @Test
    void onlyFoldersThatAreNamedLikeRunsAreSweptAndLinksAreNot() throws IOException {
        Path tmp = Files.createDirectories(ws().resolve("tmp"));
        Files.createDirectories(tmp.resolve("20260101-000000-abcdef/a"));
        Files.createDirectories(tmp.resolve("mine"));
        Files.writeString(tmp.resolve("note.txt"), "mine");
        Files.createSymbolicLink(tmp.resolve("20260101-000000-fedcba"), victim);
        bench.run(ONE);
        assertThat(tmp.resolve("20260101-000000-abcdef")).doesNotExist();
        assertThat(tmp.resolve("mine")).isDirectory();
        assertThat(tmp.resolve("note.txt")).hasContent("mine");
        assertThat(tmp.resolve("20260101-000000-fedcba")).isSymbolicLink();
        assertNothingTouched();
    }

    @Test
    void nobodyElseMayReadOrWriteAnything() throws IOException {
        Files.createDirectories(ws().resolve("tmp"));
        for (String open : List.of("", "tmp")) {
            Files.setPosixFilePermissions(ws().resolve(open), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        bench.write("rows.csv", "a\n1\n");
        bench.run(ONE);
        bench.with("test.long", (in, context) -> {
            Files.writeString(context.resumable().resolve("state"), "half");
            throw new IllegalStateException("fails");
        });
        bench.run(LONG);
        try (Stream<Path> all = Files.walk(ws())) {
            assertThat(all)
                    .allSatisfy(each -> assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(each, LinkOption.NOFOLLOW_LINKS)))
                            .as(String.valueOf(each))
                            .endsWith("------"));
        }
    }

    @Test
    void aFolderWithOtherThingsInItKeepsItsPermissionsAndMustNotBeWrittenByOthers() throws IOException {
        Files.createDirectories(ws());
        Files.writeString(ws().resolve("notes.txt"), "mine");
        Files.setPosixFilePermissions(ws(), PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(refused().getMessage()).contains("others may write there", "chmod go-w");
        Files.setPosixFilePermissions(ws(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(bench.run(ONE).status()).isEqualTo(RunView.Status.PASSED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ws())))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ws().resolve("runs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whatSomebodyElsePutUnderAHonestKeyIsNotTaken() throws Exception {
        RunView first = bench.run(ONE);
        StageView.OutputView output = Bench.stage(first, "a").outputs().getFirst();
        Path entry = entry(first);
        String honest = Files.readString(entry.resolve(output.file()));
        // The artefact and the manifest fit each other.
        String forged = honest.replace("5", "6");
        open(entry);
        Files.writeString(entry.resolve(output.file()), forged);
        Path manifest = entry.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(output.sha256(), sha256(forged)));

        RunView second = bench.run(ONE);
        assertThat(Bench.stage(second, "a").reused()).isFalse();
        assertThat(bench.output(second, "a", output.file())).hasContent(honest);
        assertThat(bench.seen(Event.EntryDamaged.class).getFirst().sentence()).contains("not sealed");
        // What was set aside is no prior result that the new one could be said to differ from.
        assertThat(Bench.stage(second, "a").violations()).isEmpty();
    }

    @Test
    void aSealIsGoodForItsKeyItsFilesAndItsUser() throws Exception {
        RunView first = bench.run(ONE);
        RunView other = bench.run(ONE.replace("5", "6"));
        // The sealed entry of one key under another.
        Path place = entry(first);
        Tree.delete(place);
        Files.createDirectory(place);
        Tree.copy(entry(other), place);
        RunView second = bench.run(ONE);
        assertThat(Bench.stage(second, "a").reused()).isFalse();
        // The workspace in the hands of another user.
        String state = System.getProperty("assay.state");
        System.setProperty("assay.state", folder.resolve("other-user").toString());
        try {
            assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
            assertThat(Bench.stage(bench.run(ONE), "a").reused()).isTrue();
        } finally {
            System.setProperty("assay.state", state);
        }
        RunView third = bench.run(ONE);
        assertThat(Bench.stage(third, "a").reused()).isFalse();
        RunView fourth = bench.run(ONE);
        assertThat(Bench.stage(fourth, "a").reused()).isTrue();
        assertThat(Bench.stage(fourth, "a").reusedFrom()).contains(third.id());
        assertThat(bench.workspace.run(fourth.id()).stage("a").orElseThrow().reusedFrom())
                .contains(third.id());
        assertThat(ReceiptReader.at(bench.workspace.folder(fourth)).stage("a").reusedFrom())
                .contains(third.id());
        assertThat(ReceiptReader.at(bench.workspace.folder(third)).stage("a").reusedFrom())
                .isEmpty();
    }

    @Test
    void aForgedStateToResumeFromIsNotTaken() throws Exception {
        boolean[] found = new boolean[1];
        boolean[] fails = {true};
        bench.with("test.long", (in, context) -> {
            found[0] = Files.exists(context.resumable().resolve("state"));
            Files.writeString(context.resumable().resolve("state"), "half");
            if (fails[0]) {
                throw new IllegalStateException("stopped");
            }
            return new Numbers("done", List.of(1L));
        });
        RunView first = bench.run(LONG);
        String key = Bench.stage(first, "a").key();
        Path inputs = ws().resolve("store").resolve(key.substring(0, 2)).resolve(key + ".inputs");
        String code = Files.readString(inputs);
        bench.run(LONG);
        assertThat(found[0]).isTrue();
        assertThat(inputs).hasContent(code);
        Files.writeString(inputs, sha256(key));
        bench.run(LONG);
        assertThat(found[0]).isFalse();
        // An edited copy of the folder, under its name.
        bench.run(LONG);
        assertThat(found[0]).isTrue();
        Path state = inputs.resolveSibling(key + ".resumable");
        Files.move(state, folder.resolve("moved"));
        Files.createDirectory(state);
        Files.writeString(state.resolve("state"), "forged");
        bench.run(LONG);
        assertThat(found[0]).isFalse();
        // A file in the place of the folder.
        Tree.delete(inputs.resolveSibling(key + ".resumable"));
        Files.writeString(inputs.resolveSibling(key + ".resumable"), "state");
        fails[0] = false;
        assertThat(bench.run(LONG).status()).isEqualTo(RunView.Status.PASSED);
    }

    @Test
    void aKeyThatCannotBeUsedCostsTheReuseAndNoRun() throws IOException {
        String state = System.getProperty("assay.state");
        System.setProperty(
                "assay.state", Files.writeString(folder.resolve("file"), "").toString());
        try {
            assertThat(bench.run(ONE).status()).isEqualTo(RunView.Status.PASSED);
            assertThat(bench.seen(Event.Noted.class).getFirst().sentence()).contains("not reused", "XDG_STATE_HOME");
            assertThat(Bench.stage(bench.run(ONE), "a").reused()).isFalse();
        } finally {
            System.setProperty("assay.state", state);
        }
    }

    @Test
    @Timeout(60)
    void whoWaitsSaysForWhomAndWaitsNoLongerThanAllowed() throws Exception {
        Path hangs = folder.resolve("hangs");
        bench.with("test.long", (in, context) -> {
            Files.writeString(hangs, "now");
            Thread.sleep(60_000);
            return new Numbers("never", List.of());
        });
        StudyFile study = bench.study(LONG);
        Thread first = Thread.ofPlatform().start(() -> {
            try (LocalEngine engine = LocalEngine.of(1)) {
                Runner.of(bench.workspace, engine, Clock.systemUTC(), bench.settings, EventListener.none())
                        .run(Plan.of(study));
            }
        });
        System.setProperty("assay.limit.wait-seconds", "2");
        try {
            while (!Files.exists(hangs)) {
                Thread.sleep(10);
            }
            RunView second = bench.run(study);
            assertThat(Bench.stage(second, "a").failure().orElseThrow().sentence())
                    .contains("waited 2 s for run ", ", stage a (this process)", "--limit wait-seconds=N");
            assertThat(bench.seen(Event.StageWaiting.class)).hasSize(1);
        } finally {
            System.clearProperty("assay.limit.wait-seconds");
            first.interrupt();
            first.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../victim", "..", "/etc/passwd", "a/b", "a\\\\b", "a\\u0000b", ""})
    void aNameInARecordIsNoPath(String name) throws IOException {
        RunView run = bench.run(ONE);
        String file = Bench.stage(run, "a").outputs().getFirst().file();
        Path json = bench.workspace.folder(run).resolve("run.json");
        String text = Files.readString(json);
        assertThat(text).contains("\"" + file + "\"");
        for (String forged : Set.of(
                text.replace("\"file\" : \"" + file + "\"", "\"file\" : \"" + name + "\""),
                text.replace("\"name\" : \"a\"", "\"name\" : \"" + name + "\""))) {
            assertThat(forged).isNotEqualTo(text);
            Files.writeString(json, forged);
            assertThat(bench.workspace.runs()).isEmpty();
            assertThat(bench.workspace.unreadable().getFirst().reason()).contains("is no name of a file");
        }
    }

    private Path entry(RunView run) {
        String key = Bench.stage(run, "a").key();
        return ws().resolve("store").resolve(key.substring(0, 2)).resolve(key);
    }

    private static void open(Path entry) throws IOException {
        try (Stream<Path> all = Files.walk(entry)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
