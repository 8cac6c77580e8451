package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What can be done to the folder of a signed run is told by `receipts verify --key`, or is named as not covered.
@Timeout(120)
class TamperedRunTest {
    private static final String STUDY = """
            study: small
            seed: 1
            stages:
              people: { kind: microdata.read, file: people.csv }
              towns: { kind: microdata.read, file: towns.csv }
            """;

    @TempDir
    static Path around;

    @TempDir
    Path folder;

    /// Keys, the run that is tampered with, an older one of the same study, and one with a failed stage, all signed.
    @BeforeAll
    static void signedRuns() throws IOException {
        for (String whose : List.of("mine", "other")) {
            assertThat(Assay.here("receipts", "keygen", "--out", at(whose)).code())
                    .isZero();
        }
        Files.writeString(around.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        Files.writeString(around.resolve("towns.csv"), "id,town\n1,Leeds\n2,York\n");
        Files.writeString(around.resolve("study.yaml"), STUDY);
        run("older");
        Files.writeString(around.resolve("people.csv"), "id,age\n1,30\n2,40\n3,51\n");
        run("run");
        Files.writeString(around.resolve("towns.csv"), "id,town\n1\n2,York,x,y\n");
        run("failed");
    }

    private static String at(String name) {
        return around.resolve(name).toString();
    }

    /// Runs the study and puts the run's folder aside under a name.
    private static void run(String name) throws IOException {
        Set<Path> before = runs();
        Assay.here("run", at("study.yaml"), "--sign", at("mine/key.pem"), "--workspace", at("work"));
        // Not by their names, which are in no order within a second.
        for (Path made : runs()) {
            if (before.contains(made)) {
                continue;
            }
            Files.createDirectories(around.resolve(name));
            Tampering.copy(made, around.resolve(name));
        }
    }

    private static Set<Path> runs() throws IOException {
        Path folder = around.resolve("work/runs");
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(Files::isDirectory).collect(Collectors.toSet());
        }
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(
                        RunFileTamperings.all(),
                        StatementTamperings.all(),
                        EnvelopeTamperings.all(),
                        OutputTamperings.all(),
                        HostileFolders.all())
                .flatMap(List::stream);
    }

    private Tampering.Copy copy() throws IOException {
        Tampering.copy(around.resolve("run"), folder.resolve("copy"));
        return new Tampering.Copy(folder.resolve("copy"), around);
    }

    private static Assay.Outcome verify(Tampering.Copy run) {
        return Assay.here("receipts", "verify", run.home.toString(), "--key", run.key.toString());
    }

    @Test
    void untouchedItIsSound() throws IOException {
        Assay.Outcome sound = verify(copy());
        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.out())
                .contains("study small, passed, 2 stages")
                .containsPattern("\\d statements are signed by");
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void itIsToldOrNamed(Tampering tampering) throws Exception {
        Tampering.Copy run = copy();
        tampering.deed().to(run);
        Assay.Outcome verified = verify(run);
        String told = (verified.out() + verified.err()).replaceAll(" +", " ");
        assertThat(told).contains(tampering.says()).doesNotContain("a defect of the program", "\tat ");
        assertThat(verified.code())
                .as(told)
                .isEqualTo(
                        switch (tampering.outcome()) {
                            case CAUGHT -> Fault.Kind.VERIFICATION.exitCode();
                            case REFUSED -> Fault.Kind.MALFORMED_FILE.exitCode();
                            case NAMED -> 0;
                        });
    }

    @Test
    void theTableIsLongAndNamesNoneTwice() {
        assertThat(tamperings().map(Tampering::name)).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }
}
