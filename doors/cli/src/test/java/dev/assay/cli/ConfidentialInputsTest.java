package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Confidential inputs as they are given on a command line.
class ConfidentialInputsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aTable() throws IOException {
        Files.writeString(folder.resolve("secret.csv"), "id,age\n1,30\n2,40\n");
    }

    private Assay.Outcome read(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "microdata";
        all[1] = "read";
        all[2] = "--workspace";
        all[3] = folder.resolve("work").toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return Assay.here(all);
    }

    @Test
    void theKeptStudyOfASingleStageDoesNotGiveThePath() throws IOException {
        Assay.Outcome outcome = read("--file", folder.resolve("secret.csv").toString(), "--confidential", "file");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (var runs = Files.newDirectoryStream(folder.resolve("work/runs"), "*-*")) {
            for (Path run : runs) {
                assertThat(Files.readString(run.resolve("study.yaml")))
                        .contains("    file: { path: (confidential), confidential: true }\n")
                        .doesNotContain("secret");
            }
        }
    }

    @Test
    void problemsDoNotGiveThePath() {
        Assay.Outcome outcome = read("--file", "secret.txt", "--confidential", "file");

        assertThat(outcome.complaints())
                .singleElement()
                .asString()
                .endsWith("--file: 'file': the confidential file does not exist; check its path");
        assertThat(outcome.err()).doesNotContain("secret");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.MISSING_FILE.exitCode());
    }

    @Test
    void anInputThatThereIsNotIsTold() {
        Assay.Outcome outcome = read("--file", "secret.txt", "--confidential", "fiel");

        assertThat(outcome.complaints()).singleElement().asString().contains("Did you mean 'file'?");
        assertThat(outcome.err()).doesNotContain("secret");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }

    @Test
    void severalInputsAreNamedWithCommas() {
        Assay.Outcome outcome = Assay.here(
                "microdata",
                "fidelity",
                "--real",
                "none-1.csv",
                "--training",
                "none-2.csv",
                "--synthetic",
                "a=none-3.csv,b=none-4.csv",
                "--confidential",
                "real,training,synthetic");

        assertThat(outcome.err())
                .contains(
                        "4 problems", "'real': the confidential", "'training': the", "'synthetic[a]': the", "[b]': the")
                .doesNotContain("none-");
    }

    @Test
    void helpAndReferenceTellOfThem() {
        assertThat(read("--help").out()).contains("--confidential=INPUT[,INPUT...]");
        assertThat(Assay.here("reference", "microdata.read").out()).contains("confidential: true");
    }
}
