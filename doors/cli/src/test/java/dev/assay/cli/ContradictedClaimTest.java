package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study that says what its numbers do not.
class ContradictedClaimTest {
    private static final int CONTRADICTED = Fault.Kind.CONTRADICTED.exitCode();

    @TempDir
    Path folder;

    private Assay.Outcome run(String claims, String... options) throws IOException {
        Files.writeString(folder.resolve("people.csv"), "id,age\n1,30\n2,40\n3,50\n");
        Path study = Files.writeString(folder.resolve("study.yaml"), """
                study: small
                seed: 1
                stages:
                  people: { kind: microdata.read, file: people.csv }
                  old: { kind: microdata.filter, table: people.table, condition: age > 35 }
                claims:
                """ + claims);
        List<String> line = new ArrayList<>(List.of("run", study.toString()));
        line.addAll(List.of(options));
        line.addAll(List.of("--workspace", folder.resolve("work").toString()));
        return Assay.here(line.toArray(String[]::new));
    }

    private static String claim(String id, String metric, String bound) {
        return "  - { id: " + id + ", says: \".\", at: old." + metric + ", " + bound + " }\n";
    }

    private String page() throws IOException {
        Workspace workspace = Workspace.at(folder.resolve("work"));
        return Files.readString(workspace.folder(workspace.run("latest")).resolve("report.html"));
    }

    @Test
    void failsTheCommandAndColoursThePage() throws Exception {
        Assay.Outcome run = run(claim("many", "kept-share", "above: 0.9") + claim("some", "kept-share", "above: 0.5"));
        assertThat(run.code()).isEqualTo(CONTRADICTED);
        assertThat(String.join("\n", run.complaints()))
                .containsPattern("(?i)a claim is contradicted by what was measured: many;");
        assertThat(run.out()).containsPattern("run \\S+ passed").containsPattern("many +contradicted");
        assertThat(page()).contains("outcome contradicted").doesNotContain("outcome passed");
        assertThat(Assay.here("runs", "--workspace", folder.resolve("work").toString())
                        .out())
                .contains("1 of 2 hold, 1 contradicted");
    }

    @Test
    void canBeAWarning() throws Exception {
        Assay.Outcome run = run(claim("many", "kept-share", "above: 0.9"), "--claims=warn");
        assertThat(run.code()).isZero();
        assertThat(String.join("\n", run.complaints())).contains("contradicted by what was measured: many");
        assertThat(page()).contains("outcome contradicted");
        assertThat(run(claim("many", "kept-share", "above: 0.9"), "--claims=never")
                        .code())
                .isEqualTo(Fault.Kind.USAGE.exitCode());
    }

    @Test
    void claimsThatHoldEndWithZero() throws Exception {
        Assay.Outcome run = run(claim("some", "kept-share", "above: 0.5"));
        assertThat(run.code()).isZero();
        assertThat(run.complaints()).isEmpty();
        assertThat(page()).contains("outcome passed");
    }

    @Test
    void claimsThatNothingMeasuresAreTold() throws Exception {
        Assay.Outcome run = run(claim("lost", "kept-shares", "above: 0.5"));
        assertThat(run.code()).isZero();
        assertThat(String.join("\n", run.complaints()))
                .contains("claim 'lost'")
                .contains("'old' has no metric 'kept-shares'")
                .contains("Did you mean 'kept-share'?");
    }
}
