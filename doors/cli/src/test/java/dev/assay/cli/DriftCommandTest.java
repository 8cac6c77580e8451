package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.study.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drift between two runs, from the command line and on the page.
class DriftCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void twoRunsOfPeopleWhoGrewOlder() throws Exception {
        Files.writeString(folder.resolve("study.yaml"), """
                study: small
                seed: 1
                stages:
                  people: { kind: microdata.read, file: people.csv }
                drift:
                  columns: [people.table.age, people.table.colour]
                """);
        people(100, 20, "red,blue");
        assertThat(ask("run", at("study.yaml")).code()).isZero();
        people(100, 60, "red,blue");
    }

    private void people(int n, int youngest, String colours) throws IOException {
        List<String> names = List.of(colours.split(",", -1));
        Files.writeString(
                folder.resolve("people.csv"),
                IntStream.range(0, n)
                        .mapToObj(i -> i + "," + (youngest + i % 50) + "," + names.get(i % names.size()))
                        .collect(Collectors.joining("\n", "id,age,colour\n", "\n")));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Assay.Outcome ask(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--workspace", at("work")));
        return Assay.here(all.toArray(String[]::new));
    }

    /// The folders of the runs, oldest first. Their names do not tell within a second.
    private List<Path> runs() {
        Workspace workspace = Workspace.at(folder.resolve("work"));
        return workspace.runs().reversed().stream().map(workspace::folder).toList();
    }

    @Test
    void anyTwoRunsAreComparedByTheRulesOfTheStudy() throws Exception {
        assertThat(ask("run", at("study.yaml")).code()).isZero();

        Assay.Outcome drift = ask("drift", "latest~1", "latest");
        assertThat(drift.complaints()).isEmpty();
        assertThat(drift.code()).isZero();
        assertThat(drift.out())
                .startsWith("drift: warn, run ")
                .containsPattern("warn +D7 distribution +people.table.age +its distribution changed: "
                        + "Kolmogorov-Smirnov D 0.8000, p \\S+ \\(at most 0.05000\\), "
                        + "Wasserstein-1 / sd 2.772 \\(at least 0.1000\\), 100 and 100 values")
                .containsPattern("people +differ +same +same +differ +\\+0")
                .contains("\npeople reads another people.csv\n")
                .containsPattern("people.table.age +drifted +Kolmogorov-Smirnov D +0.8 ")
                .containsPattern(
                        "people.table.colour +ok +two-proportion z +0 +1 +0.05 +share of values that changed 0 of 0.05 ");
        assertThat(ask("drift").out()).isEqualTo(drift.out());
        assertThat(ask("drift", runs().get(0).toString(), runs().get(1).toString())
                        .out())
                .isEqualTo(drift.out());

        assertThat(ask("drift", "--fail-on", "warn").code()).isEqualTo(Fault.Kind.DRIFT_ALERT.exitCode());
        assertThat(ask("drift", "--fail-on", "alert").code()).isZero();
        assertThat(ask("drift", "latest", "latest", "--fail-on", "warn").code()).isZero();
        // Most of three columns drifted: an alert.
        Assay.Outcome more = ask("drift", "--column", "people.table.id", "--fail-on", "alert");
        assertThat(more.code()).isZero();
        assertThat(more.out()).containsPattern("people.table.id +ok ");
        assertThat(ask("drift", "--column", "age").code()).isEqualTo(Fault.Kind.USAGE.exitCode());
        assertThat(ask("drift", "--fail-on", "never").code()).isEqualTo(Fault.Kind.USAGE.exitCode());

        String json = ask("drift", "--json").out();
        assertThat(CanonicalJson.parse(json).at("/columns/0/name").stringValue())
                .isEqualTo("people.table.age");
        assertThat(ask("show").out()).contains("D7 people.table.age");
        assertThat(Files.readString(runs().get(1).resolve("report.html")))
                .contains("Distributions", "people.table.age", "D7 distribution", "drifted");
    }

    @Test
    void mostColumnsDriftedIsAnAlertAndARunCanFailOnIt() throws Exception {
        people(100, 90, "red");
        String third = "drift.columns=[people.table.age, people.table.colour, people.table.id]";
        Assay.Outcome run = ask("run", at("study.yaml"), "--set", third, "--fail-on", "alert");
        assertThat(run.code()).isEqualTo(Fault.Kind.DRIFT_ALERT.exitCode());
        assertThat(run.out()).contains("passed", "report ");
        assertThat(run.complaints()).singleElement().asString().contains("drifted");
        assertThat(ask("drift", "--fail-on", "alert").code()).isEqualTo(Fault.Kind.DRIFT_ALERT.exitCode());
        assertThat(ask("receipts", "verify").code()).isZero();
        // A run that equals the one before does not fail.
        assertThat(ask("run", at("study.yaml"), "--set", third, "--fail-on", "warn")
                        .code())
                .isZero();
    }

    @Test
    void aColumnThatIsGoneShowsItsTypeOnThePage() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age\n" + "1,30\n".repeat(1) + "2,40\n");
        assertThat(ask("run", at("study.yaml")).code()).isZero();
        Assay.Outcome drift = ask("drift", "--fail-on", "alert");
        assertThat(drift.code()).isEqualTo(Fault.Kind.DRIFT_ALERT.exitCode());
        assertThat(drift.out())
                .containsPattern("alert +D6 schema +people.table.colour +the column is gone")
                .containsPattern("ok +D2 incomparable +people.table.colour +its distribution is not compared");
        assertThat(Files.readString(runs().get(1).resolve("report.html"))).contains("D6 schema", "categorical");
    }

    @Test
    void runsOfDifferentStudiesAreNotCompared() throws Exception {
        Files.writeString(
                folder.resolve("other.yaml"),
                "study: other\nseed: 1\nstages:\n  people: { kind: microdata.read, file: people.csv }\n");
        ask("run", at("other.yaml"));
        assertThat(ask("drift").complaints().toString()).contains("the study 'other' has 1 run");
        Assay.Outcome drift = ask("drift", "latest:small", "latest", "--fail-on", "warn");
        assertThat(drift.code()).isZero();
        assertThat(drift.out()).contains("nothing to compare with", "the earlier run is of another pipeline");
    }
}
