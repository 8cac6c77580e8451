package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receipt.DistributionSettings;
import dev.assay.receipt.DriftSettings;
import dev.assay.study.StudyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page on receipts tells a reader to type without Assay, typed as it stands there, on a signed run.
class CheckReceiptPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");

    @TempDir
    Path folder;

    private String page = "";
    private Path run = Path.of("");

    @BeforeEach
    void aSignedRun() throws Exception {
        page = Files.readString(Assay.project().resolve("docs/how-to/check-a-receipt.md"));
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        Files.writeString(
                folder.resolve("study.yaml"),
                "study: small\nseed: 1\nstages:\n  weights: { kind: microdata.read, file: people.csv }\n");
        String keys = folder.resolve("keys").toString();
        assertThat(Assay.here("receipts", "keygen", "--out", keys).code()).isZero();
        assertThat(Assay.here(
                                "run",
                                folder.resolve("study.yaml").toString(),
                                "--sign",
                                keys + "/key.pem",
                                "--workspace",
                                folder.resolve("work").toString())
                        .code())
                .isZero();
        try (Stream<Path> runs = Files.list(folder.resolve("work/runs"))) {
            run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Files.copy(folder.resolve("keys/pub.pem"), run.resolve("pub.pem"));
    }

    /// The blocks of a language below a heading, up to the next one.
    private List<String> blocks(String heading, String language) {
        int from = page.indexOf("\n## " + heading + "\n");
        assertThat(from).isPositive();
        int next = page.indexOf("\n## ", from + 1);
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(next < 0 ? page.substring(from) : page.substring(from, next));
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private record Result(int exit, String output) {}

    private Result shell(String lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-e", "-c", lines)
                .directory(run.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private void needs(String... tools) throws IOException, InterruptedException {
        for (String tool : tools) {
            Assumptions.assumeTrue(
                    shell("command -v " + tool).exit() == 0, tool + " is not installed: not checked with it");
        }
    }

    @Test
    void theLinesForTheShellHoldOnASignedRunAndFailOnAnotherKey() throws Exception {
        needs("jq", "sha256sum", "base64", "cmp", "stat", "openssl");
        List<String> blocks = blocks("Without Assay", "sh");
        assertThat(blocks).hasSize(6);
        for (String block : blocks) {
            Result result = shell(block);
            assertThat(result.exit()).as(block + result.output()).isZero();
        }
        String signature = blocks.getLast();
        assertThat(shell(signature).output()).contains("Signature Verified Successfully");
        assertThat(Assay.here(
                                "receipts",
                                "keygen",
                                "--out",
                                folder.resolve("other").toString())
                        .code())
                .isZero();
        Files.delete(run.resolve("pub.pem"));
        Files.copy(folder.resolve("other/pub.pem"), run.resolve("pub.pem"));
        assertThat(shell(signature).exit()).isNotZero();
    }

    @Test
    void theLinesForPythonHoldToo() throws Exception {
        Optional<String> python = Optional.empty();
        for (String each : List.of("python3", "/usr/bin/python3")) {
            if (python.isEmpty()
                    && shell(each + " -c 'import securesystemslib' || exit 1").exit() == 0) {
                python = Optional.of(each);
            }
        }
        Assumptions.assumeTrue(python.isPresent(), "securesystemslib is not installed: not checked with it");
        Files.writeString(
                run.resolve("check.py"), blocks("Without Assay", "python").getFirst());
        Result result = shell(python.orElseThrow() + " check.py pub.pem run.dsse.json receipts/*.dsse.json");
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output().lines()).hasSize(4).allMatch(line -> line.startsWith("verified "));
    }

    @Test
    void theThresholdsOnThePageAreTheDefaults() throws Exception {
        Path study = Assay.project().resolve("studies/travel-survey");
        String yaml = Files.readString(study.resolve("study.yaml")).replace("data/", study + "/data/");
        Files.writeString(
                folder.resolve("with-drift.yaml"),
                yaml + "\n" + blocks("When two runs differ", "yaml").getFirst());
        DriftSettings drift = StudyFile.parse(folder.resolve("with-drift.yaml")).drift();
        assertThat(drift.distributions().columns()).hasSize(2);
        assertThat(drift)
                .isEqualTo(new DriftSettings(
                        DriftSettings.COUNT_THRESHOLD,
                        DriftSettings.MIN_ROWS,
                        DriftSettings.NULL_SHARE,
                        DistributionSettings.standard(drift.distributions().columns())));
    }

    @Test
    void theSchemaBesideTheStudiesIsTheOneThatTheProgramPrints() throws Exception {
        assertThat(Files.readString(Assay.project().resolve("studies/study.schema.json")))
                .as("run ./assay schema > studies/study.schema.json")
                .isEqualToIgnoringWhitespace(Assay.here("schema").out());
    }
}
