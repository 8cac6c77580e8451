package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every verb, on the studies of the project.
class VerbsTest {
    @TempDir
    Path folder;

    @Test
    void theTravelSurveyIsReweightedAndEverythingAboutItCanBeAsked() throws Exception {
        String study = Assay.project().resolve("studies/travel-survey").toString();

        assertThat(Assay.run(folder, "run", study, "--dry-run").out())
                .contains("weigh.calibrate")
                .contains("run");
        Assay.Outcome first = Assay.run(folder, "run", study);
        assertThat(first.err()).doesNotContain("assay:");
        assertThat(first.code()).isZero();
        assertThat(first.out()).contains("holds");

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

        Assay.Outcome second = Assay.run(folder, "run", study, "--set", "weights.distance=linear");
        assertThat(second.code()).isZero();
        assertThat(second.err()).contains("reused");
        assertThat(Assay.run(folder, "runs").out()).contains("travel-survey").contains("passed");
        assertThat(Assay.run(folder, "show", "latest").out()).contains("weights.max-relative-error");
        assertThat(Assay.run(folder, "diff", "latest~1", "latest").out())
                .contains("distance")
                .contains("raking")
                .contains("linear");
        Assay.Outcome verified = Assay.run(folder, "receipts", "verify", "latest");
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("digests match");
        tamper(run().resolve("outputs/weights/diagnostics.parquet"));
        Assay.Outcome tampered = Assay.run(folder, "receipts", "verify", "latest");
        assertThat(tampered.code()).isEqualTo(Fault.Kind.VERIFICATION.exitCode());
        assertThat(tampered.out()).contains("mismatch").contains("outputs/weights/diagnostics.parquet");
    }

    @Test
    void aStageIsAlsoACommand() throws Exception {
        Path data = Assay.project().resolve("studies/travel-survey/data");
        Assay.Outcome outcome = Assay.run(
                folder,
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
                "linear",
                "--out",
                "weights",
                "--format",
                "csv");

        assertThat(outcome.err()).doesNotContain("assay:");
        assertThat(outcome.code()).isZero();
        assertThat(Files.readString(folder.resolve("weights/weights.csv")))
                .startsWith("hhID,design_weight,weight,ratio");
    }

    @Test
    void helpListsWhatCanBeGiven() throws Exception {
        assertThat(Assay.run(folder, "--help").out()).contains("run", "weigh", "Exit codes");
        assertThat(Assay.run(folder, "microdata", "synthesise", "--help").out())
                .contains("--method=marginal|cart|qrf|zi-qrf")
                .contains("--trees=N");
        assertThat(Assay.run(folder, "stages").out()).contains("microdata.fidelity", "weigh.calibrate");
        assertThat(Assay.run(folder, "schema").out())
                .contains("\"$schema\"", "weigh.calibrate", "additionalProperties");
    }

    @Test
    void aPoliteKillInMidStageKeepsWhatIsFinishedAndTheRunGoesOn() throws Exception {
        String study = Assay.project().resolve("studies/adult").toString();
        Path err = folder.resolve("err.txt");
        Process process = Assay.start(folder, folder.resolve("out.txt"), err, "run", study);
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(err).contains("qrf") && System.nanoTime() < until) {
            Thread.sleep(100);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(Fault.Kind.INTERRUPTED.exitCode());
        assertThat(Files.readString(err)).contains("goes on");
        assertThat(Assay.run(folder, "runs").out()).contains("interrupted");
        Assay.Outcome plan = Assay.run(folder, "run", study, "--dry-run");
        assertThat(plan.out()).containsPattern("people +microdata.read +reuse");
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
