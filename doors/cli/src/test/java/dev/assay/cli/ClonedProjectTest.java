package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A project that somebody else made, with a workspace in it, cloned and run as the tutorial says.
class ClonedProjectTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private Path theirs;
    private Path mine;

    @BeforeEach
    void aProject() throws Exception {
        theirs = Files.createDirectories(folder.resolve("theirs"));
        mine = folder.resolve("mine");
        Files.writeString(theirs.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        Files.writeString(
                theirs.resolve("study.yaml"),
                "study: s\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        // What the one who clones has beside the project.
        Path documents = Files.createDirectories(folder.resolve("documents/20260101-000000-abcdef"));
        Files.writeString(documents.resolve("thesis.txt"), "ten years of work");
    }

    private void git(Path where, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 7];
        System.arraycopy(
                new String[] {"git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", where.toString()},
                0,
                command,
                0,
                7);
        System.arraycopy(arguments, 0, command, 7, arguments.length);
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void cloneIt() throws IOException, InterruptedException {
        git(theirs, "init", "-q");
        git(theirs, "add", "-f", "-A");
        git(theirs, "commit", "-q", "-m", "A project");
        git(folder, "clone", "-q", "theirs", "mine");
    }

    private void assertNothingElseTouched() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("documents"))) {
            assertThat(all.map(p -> folder.relativize(p).toString()))
                    .containsExactlyInAnyOrder(
                            "documents",
                            "documents/20260101-000000-abcdef",
                            "documents/20260101-000000-abcdef/thesis.txt");
        }
        assertThat(folder.resolve("documents/20260101-000000-abcdef/thesis.txt"))
                .hasContent("ten years of work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmp", ""})
    void withALinkedWorkspaceIsRefusedAndNothingIsTouched(String part) throws Exception {
        Path link = theirs.resolve("assay-work").resolve(part);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(part.isEmpty() ? "../documents" : "../../documents"));
        cloneIt();
        Assay.Outcome outcome = Assay.run(mine, "run", ".");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.STORAGE.exitCode());
        assertThat(outcome.complaints()).hasSize(1).first().asString().contains("assay-work", "is a link");
        assertNothingElseTouched();
        // Another workspace is all that is needed.
        assertThat(Assay.run(
                                mine,
                                "run",
                                ".",
                                "--workspace",
                                folder.resolve("own").toString())
                        .code())
                .isZero();
    }

    @Test
    void withResultsInItsStoreIsRunAnew() throws Exception {
        // They ran it, and put other people into what came out.
        assertThat(Assay.run(theirs, "run", ".").code()).isZero();
        cloneIt();
        Files.createDirectories(mine.resolve("assay-work/tmp/20260101-000000-abcdef"));
        // On this machine both are one user, whose key the other must not have.
        Path state = Path.of(System.getProperty("assay.state"));
        Assay.Outcome same = Assay.run(mine, "run", ".");
        assertThat(same.err()).contains("reused");
        System.setProperty("assay.state", folder.resolve("another-user").toString());
        try {
            Assay.Outcome outcome = Assay.run(mine, "run", ".");
            assertThat(outcome.code()).isZero();
            assertThat(outcome.err()).contains("not sealed by a run of yours").doesNotContain("reused");
        } finally {
            System.setProperty("assay.state", state.toString());
        }
        assertNothingElseTouched();
    }
}
