package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is wrong with the input is told in one sentence with its place, has its own exit code and leaves nothing
/// half
/// done.
class BadInputTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aSoundStudy() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n1,30,10\n2,40,10\n3,50,10\n4,60,10\n");
        Files.writeString(
                folder.resolve("targets.csv"),
                "name,table,variable,filter,value,tolerance\nall,sample,,,50,\nold,sample,,age > 45,20,\n");
        study("");
    }

    @Test
    void theSoundStudyRuns() throws Exception {
        Assay.Outcome outcome = run();

        assertThat(outcome.err()).doesNotContain("assay:");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("report ");
    }

    @Test
    void aMissingFileIsNamedBeforeAnythingRuns() throws Exception {
        Files.delete(folder.resolve("people.csv"));

        expect(Fault.Kind.MISSING_FILE, "people.csv");
        assertThat(folder.resolve("work/runs")).doesNotExist();
    }

    @Test
    void anUnknownKindSuggestsTheNearest() throws Exception {
        edit("microdata.read", "microdata.raed");

        expect(Fault.Kind.STUDY, "study.yaml:4", "'microdata.raed'", "Did you mean 'microdata.read'?");
    }

    @Test
    void anUnknownKeySuggestsTheNearest() throws Exception {
        edit("distance: raking", "distnace: raking");

        expect(Fault.Kind.STUDY, "study.yaml:6", "distnace", "Did you mean 'distance'?");
    }

    @Test
    void aWrongTypeNamesTheKey() throws Exception {
        edit("distance: raking", "distance: raking, max-newton: many");

        expect(Fault.Kind.STUDY, "study.yaml:6", "max-newton");
    }

    @Test
    void allErrorsOfAFileAreToldAtOnce() throws Exception {
        edit("distance: raking", "distnace: raking, max-newton: many");

        expect(Fault.Kind.STUDY, "distnace", "max-newton");
    }

    @Test
    void aTruncatedParquetIsNamed() throws Exception {
        Path whole = folder.resolve("whole.parquet");
        Frames.write(Frame.empty().with("id", Column.Longs.of(1, 2, 3)), whole);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("people.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        edit("people.csv", "people.parquet");

        expect(Fault.Kind.MALFORMED_FILE, "people.parquet");
    }

    @Test
    void aRaggedLineIsNamed() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n1,30,10\n2,40\n3,50,10\n");

        expect(Fault.Kind.MALFORMED_FILE, "people.csv", "3");
    }

    @Test
    void duplicatedIdsAreNamedByLine() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n1,30,10\n2,40,10\n1,50,10\n");

        expect(Fault.Kind.BAD_DATA, "people.csv", "line 4", "line 2", "id");
    }

    @Test
    void aTargetOnAColumnThatDoesNotExistIsNamed() throws Exception {
        Files.writeString(
                folder.resolve("targets.csv"),
                "name,table,variable,filter,value,tolerance\nall,sample,,,50,\nold,sample,,agee > 45,20,\n");

        expect(Fault.Kind.BAD_DATA, "targets.csv", "old", "agee");
    }

    @Test
    void anEmptySampleIsTold() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n");

        expect(Fault.Kind.BAD_DATA, "people.csv", "empty");
    }

    @Test
    void aColumnWithoutAnyValueIsNamed() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n1,,10\n2,,10\n");

        expect(Fault.Kind.BAD_DATA, "people.csv", "'age'");
    }

    @Test
    void contradictoryTargetsAreNamedTogetherAndTheReportIsWritten() throws Exception {
        Files.writeString(
                folder.resolve("targets.csv"),
                "name,table,variable,filter,value,tolerance\nall,sample,,,50,\nold,sample,,age > 45,20,\n"
                        + "young,sample,,age <= 45,10,\n");

        Assay.Outcome outcome = expect(Fault.Kind.BAD_DATA, "all", "old", "young");
        assertThat(outcome.out()).contains("failed");
        Path page = Path.of(
                outcome.out().substring(outcome.out().indexOf("report ") + 7).strip());
        assertThat(folder.resolve(page)).exists();
    }

    @Test
    void targetsOutOfReachNameTheSmallestConflictingSet() throws Exception {
        Files.writeString(
                folder.resolve("targets.csv"),
                "name,table,variable,filter,value,tolerance\nall,sample,,,50,\nnegative,sample,,age > 45,-5,\n");

        expect(Fault.Kind.BAD_DATA, "infeasible", "onflicting set: negative");
    }

    @Test
    void anUnknownRunSaysWhichExist() throws Exception {
        Assay.Outcome outcome = Assay.run(folder, "show", "zzz", "--workspace", "work");

        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
        assertThat(outcome.err()).contains("'zzz'").doesNotContain("\tat ");
    }

    @Test
    void anOptionThatDoesNotExistSuggestsTheNearest() throws Exception {
        Assay.Outcome outcome = Assay.run(folder, "weigh", "calibrate", "--sampel", "x");

        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
        assertThat(outcome.err()).contains("--sampel").contains("--sample");
    }

    @Test
    void theTraceIsShownOnRequestOnly() throws Exception {
        Files.delete(folder.resolve("people.csv"));

        assertThat(Assay.run(folder, "run", ".", "--workspace", "work", "--trace")
                        .err())
                .contains("\tat dev.assay");
    }

    @Test
    void afterMendingTheRunGoesOnWhereItStopped() throws Exception {
        String sound = Files.readString(folder.resolve("targets.csv"));
        Files.writeString(folder.resolve("targets.csv"), sound + "more,sample,,age > 1000,7,\n");
        assertThat(run().code()).isNotZero();
        Files.writeString(folder.resolve("targets.csv"), sound);

        Assay.Outcome mended = run();

        assertThat(mended.code()).isZero();
        assertThat(mended.err()).contains("people").contains("reused");
    }

    private Assay.Outcome expect(Fault.Kind kind, String... words) throws Exception {
        Assay.Outcome outcome = run();
        assertThat(outcome.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(outcome.code()).isEqualTo(kind.exitCode());
        if (Files.exists(folder.resolve("work/tmp"))) {
            try (Stream<Path> left = Files.list(folder.resolve("work/tmp"))) {
                assertThat(left).isEmpty();
            }
        }
        return outcome;
    }

    private Assay.Outcome run() throws Exception {
        return Assay.run(folder, "run", ".", "--workspace", "work");
    }

    private void edit(String from, String to) throws Exception {
        Path file = folder.resolve("study.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void study(String more) throws Exception {
        Files.writeString(folder.resolve("study.yaml"), """
                study: small
                seed: 1
                stages:
                  people: { kind: microdata.read, file: people.csv }
                  valid: { kind: microdata.validate, table: people, source: people.source, key: [id] }
                  weights: { kind: weigh.calibrate, sample: valid, targets: targets.csv, weight: weight, distance: raking }
                """ + more);
    }
}
