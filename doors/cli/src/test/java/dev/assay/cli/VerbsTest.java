package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.study.StageRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every verb, on the studies of the project.
class VerbsTest {
    @TempDir
    Path folder;

    @Test
    void theTravelSurveyIsReweightedAndEverythingAboutItCanBeAsked() throws Exception {
        String study = Assay.project().resolve("studies/travel-survey").toString();

        assertThat(ask("run", study, "--dry-run").out())
                .containsPattern("weights +weigh.calibrate +run unless unchanged");
        assertThat(work()).doesNotExist();
        Assay.Outcome first = ask("run", study);
        assertThat(first.err()).doesNotContain("assay:");
        assertThat(first.code()).isZero();
        assertThat(first.out()).containsPattern("totals +holds +\\S+e-1\\d +below 1e-9");

        Frame weights = Frames.read(output("weights", "weights.parquet"));
        Frame members = Frames.read(output("weights", "members.parquet"));
        assertThat(weights.rows()).isEqualTo(27_980);
        assertThat(members.rows()).isEqualTo(59_762);
        Map<String, Double> byHousehold = new HashMap<>();
        for (int i = 0; i < weights.rows(); i++) {
            byHousehold.put(
                    String.valueOf(weights.column("hhID").text(i)),
                    weights.column("weight").number(i));
        }
        for (int i = 0; i < members.rows(); i++) {
            assertThat(members.column("weight").number(i))
                    .isEqualTo(byHousehold.get(
                            String.valueOf(members.column("hhID").text(i))));
        }
        Frame diagnostics = Frames.read(output("weights", "diagnostics.parquet"));
        assertThat(diagnostics.rows()).isEqualTo(100);
        for (double error : diagnostics.numbers("rel_error_after")) {
            assertThat(Math.abs(error)).isLessThan(1e-9);
        }

        Frame estimates = Frames.read(output("estimates", "estimates.parquet"));
        assertThat(estimates.rows()).isEqualTo(15);
        for (double error : estimates.numbers("standard_error")) {
            assertThat(error).isPositive();
        }

        Assay.Outcome second = ask("run", study, "--set", "weights.distance=linear");
        assertThat(second.code()).isZero();
        assertThat(second.err()).containsPattern("valid-persons +reused").containsPattern("weights +passed");
        assertThat(ask("runs").out()).containsPattern("travel-survey +\\S+ +passed +6/6 \\(4 reused\\)");
        assertThat(ask("show").out())
                .containsPattern("weights.max-relative-error +\\S+e-1\\d")
                .contains("claim totals: holds")
                .contains("drift: ");
        assertThat(ask("diff", "latest~1", "latest").out())
                .contains("setting distance: raking -> linear", "4 stages are the same");
        assertThat(ask("diff", "latest", "latest").out()).contains("6 stages are the same");

        Assay.Outcome verified = ask("receipts", "verify", "latest");
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("digests match", "3 input files lie outside the run");
        assertThat(ask("receipts", "verify", run().toString()).code()).isZero();
        tamper(run().resolve("outputs/weights/diagnostics.parquet"));
        Assay.Outcome tampered = ask("receipts", "verify", "latest");
        assertThat(tampered.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(tampered.out()).containsPattern("mismatch +subject +outputs/weights/diagnostics.parquet");
        assertThat(tampered.complaints()).singleElement().asString().contains("against the run in");
    }

    @Test
    void aStageIsAlsoACommand() throws Exception {
        Path data = Assay.project().resolve("studies/travel-survey/data");
        Path out = folder.resolve("weights");
        Assay.Outcome outcome = ask(
                "weigh",
                "calibrate",
                "--sample",
                data.resolve("seed_households.csv.gz").toString(),
                "--sample-table",
                "households",
                "--persons",
                data.resolve("seed_persons.csv.gz").toString(),
                "--targets",
                data.resolve("targets.csv").toString(),
                "--key",
                "hhID",
                "--weight",
                "HHweight",
                "--distance",
                "raking",
                "--bounds",
                "0.05,20",
                "--out",
                out.toString(),
                "--format",
                "csv");

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(Files.readString(out.resolve("weights.csv"))).startsWith("hhID,design_weight,weight,ratio");
        for (double ratio : Frames.read(out.resolve("weights.csv")).numbers("ratio")) {
            assertThat(ratio).isBetween(0.05 - 1e-12, 20 + 1e-12);
        }
        assertThat(outcome.out()).contains("wrote " + out.resolve("members.csv"));
    }

    @Test
    void helpListsWhatCanBeGiven() {
        assertThat(Assay.here("--help").out()).contains("run", "weigh", "Exit codes");
        assertThat(Assay.here("stages").out()).contains("microdata.fidelity", "weigh.calibrate");
        assertThat(Assay.here("schema").out()).contains("\"$schema\"", "weigh.calibrate", "additionalProperties");
        assertThat(Assay.here("run", "--version").out())
                .isEqualTo(Assay.here("--version").out());
    }

    @TestFactory
    Stream<DynamicTest> everyStageSaysWhatItTakesAndMakes() {
        return StageRegistry.installed().kinds().stream()
                .map(kind -> StageRegistry.installed().get(kind))
                .map(stage -> DynamicTest.dynamicTest(stage.kind(), () -> {
                    List<String> line = new ArrayList<>(List.of(stage.kind().split("\\.")));
                    line.add("--help");
                    Assay.Outcome help = Assay.here(line.toArray(String[]::new));
                    assertThat(help.code()).isZero();
                    assertThat(help.out())
                            .startsWith("Usage: assay " + stage.kind().replace('.', ' '));
                    stage.inputs().forEach(i -> assertThat(help.out()).contains("--" + i.name()));
                    stage.settings().forEach(s -> assertThat(help.out()).contains("--" + s.name()));
                    stage.artefacts().forEach(a -> assertThat(help.out()).contains(a.name()));
                    assertThat(help.out()).contains("kind: " + stage.kind()).doesNotContain("${", "%n");
                    assertThat(help.out().lines())
                            .allSatisfy(l -> assertThat(l.length()).as(l).isLessThanOrEqualTo(80));
                }));
    }

    @Test
    void anEmptyWorkspaceSaysSo() {
        Assay.Outcome none =
                Assay.here("runs", "--workspace", folder.resolve("none").toString());

        assertThat(none.code()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("no study has been run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void ctrlCInMidStageKeepsWhatIsFinishedAndTheRunGoesOn(String signal) throws Exception {
        assumeFalse(
                signal.equals("INT") && interruptsAreIgnored(), "started in the background, where nothing hears it");
        String study = Assay.project().resolve("studies/adult").toString();
        Path err = folder.resolve("err.txt");
        Process process = Assay.start(folder, folder.resolve("out.txt"), err, "run", study);
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(err).contains("cart ") && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(Fault.Kind.INTERRUPTED.exitCode());
        assertThat(Files.readString(err))
                .contains("assay: interrupted; what is finished is kept")
                .doesNotContain("\tat ");
        String work = folder.resolve("assay-work").toString();
        assertThat(folder.resolve("assay-work/tmp")).isEmptyDirectory();
        assertThat(Assay.here("runs", "--workspace", work).out()).contains("interrupted");
        // In a process of its own: the version of the code depends on where the classes come from.
        Assay.Outcome plan = Assay.run(folder, "run", study, "--dry-run");
        assertThat(plan.out())
                .containsPattern("people +microdata.read +reuse")
                .containsPattern("cart +microdata.synthesise +run ");
    }

    /// A shell lets what it starts in the background ignore SIGINT, and so do all processes below it.
    private static boolean interruptsAreIgnored() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & (1 << 1)) != 0;
    }

    private Assay.Outcome ask(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--workspace", work().toString()));
        return Assay.here(all.toArray(String[]::new));
    }

    private Path work() {
        return folder.resolve("assay-work");
    }

    private Path output(String stage, String file) throws Exception {
        return run().resolve("outputs").resolve(stage).resolve(file);
    }

    private Path run() throws Exception {
        try (Stream<Path> runs = Files.list(folder.resolve("assay-work/runs"))) {
            return runs.sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    private static void tamper(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
    }
}
