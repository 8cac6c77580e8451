package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.receipt.DigestKey;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.Verification;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.study.StageView.Status;
import dev.assay.study.fake.TalkerStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of a confidential file reaches what is made to be shown.
class ConfidentialRunTest {
    private static final int ROWS = 37;
    private static final String YAML = """
            study: discreet
            seed: 1
            stages:
              read: { kind: test.talker, table: { path: vaults/payrolls.csv, confidential: true } }
              half: { kind: test.table, table: read.table }
              told: { kind: test.talker, table: half.half }
            claims:
              - { id: few, says: "Few are odd", at: read.few, below: 4 }
              - { id: mean, says: "The mean is high", at: read.mean, above: 0.5 }
            """;

    @TempDir
    Path folder;

    Bench bench;
    String text;

    @BeforeEach
    void setUp() throws IOException {
        bench = new Bench(folder);
        bench.stages.add(new TalkerStage());
        Files.createDirectories(folder.resolve("vaults"));
        StringBuilder rows = new StringBuilder("town,amount\n");
        for (int i = 0; i < ROWS; i++) {
            rows.append(i % 2 == 0 ? "Zebraquux" : "Wombatville")
                    .append(',')
                    .append(918_270_000_000L + i)
                    .append('\n');
        }
        text = rows.toString();
        bench.write("vaults/payrolls.csv", text);
    }

    /// Everything in a run's folder but the data, as one text.
    private String shown(RunView run) throws IOException {
        StringBuilder all = new StringBuilder();
        Path home = bench.workspace.folder(run);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                if (!name.startsWith("outputs/")) {
                    all.append(name).append('\n');
                    all.append(Files.readString(file, StandardCharsets.UTF_8)).append('\n');
                }
            }
        }
        bench.events.forEach(event -> all.append(event).append('\n'));
        return all.toString();
    }

    private void assertDiscreet(RunView run) throws IOException {
        String shown = shown(run).toLowerCase(Locale.ROOT);
        assertThat(shown).doesNotContain("zebraquux", "wombatville", "payrolls", "vaults", "91827000");
        for (StageView stage : run.stages()) {
            assertThat(stage.confidential()).as(stage.name()).isTrue();
            assertThat(stage.figures()).isEmpty();
            assertThat(stage.listings()).isEmpty();
        }
        assertThat(shown).doesNotContain(Digest.of(text).hex());
        try (Stream<Path> files = Files.walk(bench.workspace.folder(run).resolve("outputs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(shown)
                        .as(file.toString())
                        .doesNotContain(Digest.ofFile(file).hex());
            }
        }
    }

    @Test
    void whatIsToldOfAConfidentialRunHoldsNothingOfTheFile() throws IOException {
        RunView run = bench.run(YAML);
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        assertDiscreet(run);
        StageView read = Bench.stage(run, "read");
        assertThat(read.inputs()).singleElement().satisfies(input -> {
            assertThat(input.from()).isEqualTo("(confidential)");
            assertThat(input.digest()).matches("[0-9a-f]{64}");
        });
        assertThat(read.metrics())
                .extracting(Metric::name)
                .containsExactly("rows", "few", "share", "all-but-few", "mean", "weighted-few", "large");
        for (String exact : List.of("rows", "few", "share", "all-but-few", "weighted-few")) {
            assertThat(read.metric(exact).orElseThrow().value()).as(exact).isEmpty();
        }
        // Ten rows of 37 are more than a quarter: the grid is in halves.
        assertThat(read.metric("mean").orElseThrow()).isEqualTo(Metric.estimate("mean", 0.5, 0.5, 1, 40, "row"));
        assertThat(read.metric("large").orElseThrow()).isEqualTo(Metric.estimate("large", 1230, 988, 1500, 40, "row"));
        assertThat(read.counts()).containsEntry("records_in", 40L).doesNotContainKey("quarantined");
        assertThat(read.outputs()).extracting(StageView.OutputView::bytes).containsOnly(65_536L);
        assertThat(bench.seen(Event.Progress.class)).isNotEmpty().allMatch(p -> p.total() == 100);
        assertThat(read.warnings()).containsExactly("A warning is withheld, since what it read is confidential.");
    }

    @Test
    void whatAConfidentialStageMadeIsNoPlainInputOfAnotherStudy() throws IOException {
        RunView run = bench.run(YAML);
        Path made = bench.output(run, "half", "half.parquet");
        Path stored;
        try (Stream<Path> files =
                Files.walk(bench.workspace.folder(run).resolve("../../store").normalize())) {
            stored = files.filter(file -> file.endsWith("half.parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Path link = Files.createSymbolicLink(folder.resolve("half.parquet"), made);
        String next = """
                study: next
                seed: 1
                stages:
                  told: { kind: test.talker, table: %s }
                """;
        for (Path path : List.of(made, stored, link)) {
            assertThatThrownBy(() -> bench.study(next.formatted(path)))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(
                            "'table': this is what a confidential stage made, so it is confidential, too");
            RunView marked = bench.run(next.formatted("{ path: " + path + ", confidential: true }"));
            assertThat(marked.status()).isEqualTo(RunView.Status.PASSED);
            assertDiscreet(marked);
        }
        RunView plain = bench.run(next.formatted("vaults/payrolls.csv"));
        assertThat(bench.run(next.formatted(bench.output(plain, "told", "table.parquet")))
                        .status())
                .isEqualTo(RunView.Status.PASSED);
    }

    @Test
    void claimsAreJudgedByTheTrueNumbers() {
        RunView run = bench.run(YAML);
        assertThat(run.claims()).extracting(RunView.ClaimView::verdict).containsOnly(Claim.Verdict.HOLDS);
        assertThat(run.claims().getFirst().measured().flatMap(Metric::value)).isEmpty();
        RunView again = bench.run(YAML);
        assertThat(again.stages()).allMatch(StageView::reused);
        assertThat(again.claims()).extracting(RunView.ClaimView::verdict).containsOnly(Claim.Verdict.HOLDS);
    }

    @Test
    void aReusedStageIsToldOfLikeTheOneThatRan() throws IOException {
        RunView first = bench.run(YAML);
        RunView second = bench.run(YAML);
        assertDiscreet(second);
        for (StageView stage : second.stages()) {
            assertThat(stage.metrics())
                    .isEqualTo(Bench.stage(first, stage.name()).metrics());
            assertThat(stage.outputs())
                    .isEqualTo(Bench.stage(first, stage.name()).outputs());
        }
    }

    @Test
    void aFailureIsToldByItsKindAloneAndItsTraceIsForTheOwner() throws IOException {
        RunView run = bench.run(YAML, "told.fails=true");
        assertThat(run.exitCode()).isEqualTo(Fault.Kind.BAD_DATA.exitCode());
        assertDiscreet(run);
        StageView told = Bench.stage(run, "told");
        assertThat(told.failure().orElseThrow().sentence()).contains("withheld", "'confidential' in the workspace");
        Path trace = bench.workspace.trace(run, told);
        assertThat(trace).content().contains("row 1 holds Zebraquux");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ws/confidential"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aTableThatCannotBeReadIsNotNamed() throws IOException {
        bench.write("vaults/payrolls.csv", "town,amount\nZebraquux,1\n\"Wombatville,2\n");
        RunView run = bench.run(YAML);
        assertThat(Bench.stage(run, "read").status()).isEqualTo(Status.FAILED);
        assertThat(shown(run).toLowerCase(Locale.ROOT))
                .doesNotContain("zebraquux", "wombatville", "payrolls", "vaults");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNotNamedEither() throws IOException {
        bench.with("test.free", (in, context) -> {
            Files.writeString(folder.resolve("vaults/payrolls.csv"), text.replace("Zebraquux", "Kangaroo"));
            return new dev.assay.study.fake.Numbers("x", List.of());
        });
        bench.settings = bench.settings.withParallelStages(1);
        RunView run = bench.run("""
                study: discreet
                seed: 1
                stages:
                  first: { kind: test.free }
                  read: { kind: test.talker, table: { path: vaults/payrolls.csv, confidential: true } }
                """);
        assertThat(Bench.stage(run, "read").status()).isEqualTo(Status.FAILED);
        assertThat(shown(run).toLowerCase(Locale.ROOT)).doesNotContain("payrolls", "vaults", "kangaroo");
    }

    @Test
    void keyedDigestsAreCheckedByWhoHasTheKeyAndCountedByWhoHasNot() throws IOException {
        RunView run = bench.run(YAML);
        Path home = bench.workspace.folder(run);
        DigestKey key = DigestKey.read(bench.workspace.digestKey().orElseThrow());

        Verification without = ReceiptVerifier.verify(home);
        assertThat(without.problems()).isEmpty();
        assertThat(without.with(Outcome.KEYED)).isNotEmpty();
        Verification with = ReceiptVerifier.verify(home, List.of(), List.of(), Optional.of(key));
        assertThat(with.problems()).isEmpty();
        assertThat(with.with(Outcome.KEYED)).isEmpty();

        Path part = home.resolve("outputs/read/folder/part-Zebraquux.txt");
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(part, "other");
        assertThat(ReceiptVerifier.verify(home, List.of(), List.of(), Optional.of(key))
                        .problems())
                .isNotEmpty()
                .allMatch(p -> p.name().equals("outputs/read/folder"));
    }

    @Test
    void twoWorkspacesDoNotShareDigestsAndOneReusesItsOwn() {
        RunView here = bench.run(YAML);
        Bench other = new Bench(folder);
        RunView there;
        try (LocalEngine engine = LocalEngine.of(1)) {
            there = Runner.of(
                            Workspace.at(folder.resolve("ws2")),
                            engine,
                            java.time.Clock.systemUTC(),
                            other.settings,
                            EventListener.none())
                    .run(Plan.of(bench.study(YAML)));
        }
        assertThat(Bench.stage(there, "read").inputs().getFirst().digest())
                .isNotEqualTo(Bench.stage(here, "read").inputs().getFirst().digest());
        assertThat(Bench.stage(there, "read").key())
                .isNotEqualTo(Bench.stage(here, "read").key());
    }

    @Test
    void aForecastWritesNothingAndKnowsWhatIsThere() {
        try (LocalEngine engine = LocalEngine.of(1)) {
            assertThat(bench.runner(engine).forecast(Plan.of(bench.study(YAML))))
                    .extracting(Forecast::action)
                    .contains(Forecast.Action.RUN);
            assertThat(bench.workspace.folder()).doesNotExist();
            bench.run(YAML);
            assertThat(bench.runner(engine).forecast(Plan.of(bench.study(YAML))))
                    .extracting(Forecast::action)
                    .containsOnly(Forecast.Action.REUSE);
        }
    }
}
