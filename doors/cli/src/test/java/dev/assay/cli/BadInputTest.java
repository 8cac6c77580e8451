package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is wrong with the input is told in one sentence with its place, has its own exit code and leaves
/// nothing half done.
class BadInputTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aSoundStudy() throws Exception {
        Files.writeString(folder.resolve("people.csv"), "id,age,weight\n1,30,10\n2,40,10\n3,50,10\n4,60,10\n");
        targets("all,sample,,,50,", "old,sample,,age > 45,20,");
        study();
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
    void duplicatedIdsOfPackedFilesAreNamedByLineToo() throws Exception {
        String text = "id,age,weight\n\"1\n1\",30,10\n2,40,10\n2,50,10\n";
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("people.csv.gz")))) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        edit("people.csv", "people.csv.gz");

        expect(Fault.Kind.BAD_DATA, "people.csv.gz", "line 5", "line 4");
    }

    @Test
    void contradictoryTargetsAreNamedTogetherAndTheReportShowsThem() throws Exception {
        targets("all,sample,,,50,", "old,sample,,age > 45,20,", "young,sample,,age <= 45,10,");

        Assay.Outcome outcome = expect(Fault.Kind.BAD_DATA, "inconsistent", "all", "old", "young");
        assertThat(page(outcome)).contains("Smallest conflicting set of targets", "young");
    }

    @Test
    void targetsOutOfReachNameTheSmallestConflictingSetAndTheReportShowsIt() throws Exception {
        targets("all,sample,,,50,", "negative,sample,,age > 45,-5,");

        Assay.Outcome outcome = expect(Fault.Kind.BAD_DATA, "infeasible", "onflicting set: negative");
        assertThat(page(outcome)).contains("Targets out of reach on their own", "What to relax", "negative");
        Assay.Outcome shown = Assay.here("show", "--workspace", work());
        assertThat(shown.out()).contains("failed").containsPattern("weights.converged +0\\b");
    }

    @Test
    void threeTargetsThatConflictOnlyTogetherAreAllNamed() throws Exception {
        targets("all,sample,,,50,", "under 45,sample,,age < 45,30,", "over 35,sample,,age > 35,10,");

        expect(Fault.Kind.BAD_DATA, "infeasible", "Smallest conflicting set: all, under 45, over 35");
    }

    @Test
    void anSqlErrorInATargetsFilterIsToldWithFileAndLine() throws Exception {
        targets("all,sample,,,50,", "old,sample,,age >> > 45,20,");

        expect(Fault.Kind.BAD_DATA, "targets.csv", "line 3", "SQL");
    }

    @Test
    void anSqlErrorInARuleIsToldWithTheRulesName() throws Exception {
        edit("key: [id]", "key: [id], rules: { grown up: age > 10, odd: agge > 3 }");

        expect(Fault.Kind.BAD_DATA, "rule 'odd'", "no column 'agge'", "Did you mean 'age'?");
    }

    @Test
    void anUnknownRunSaysWhichExist() throws Exception {
        run();
        Assay.Outcome outcome = Assay.here("show", "zzz", "--workspace", work());

        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
        assertThat(outcome.complaints()).singleElement().asString().contains("'zzz'", "there is 20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    people.fil=x.csv          | 4 | Did you mean 'file'?
                    peeple.file=x.csv         | 2 | Did you mean 'people'?
                    people.max-levels=lots    | 4 | whole number
                    people.max-levels         | 2 | stage.key=value
                    people.max-levels=-3      | 8 | between 0 and 1000000
                    weights.distance=rakin    | 4 | Did you mean 'raking'?
                    seed=high                 | 4 | whole number
                    """)
    void aBadOverrideIsToldInOneSentence(String override, int code, String words) {
        Assay.Outcome outcome = Assay.here("run", folder.toString(), "--workspace", work(), "--set", override);

        assertThat(outcome.complaints()).singleElement().asString().contains("--set", words);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(folder.resolve("work")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    rnu x                                      | there is no command 'assay rnu'. Did you mean 'run'?
                    run x --frsh                               | 'assay run' has no option '--frsh'. Did you mean '--fresh'?
                    run x --workspace a --workspace b          | the option '--workspace' is given twice
                    run                                        | Missing required parameter: 'STUDY'.
                    weigh calibrat                             | Did you mean 'calibrate'?
                    weigh                                      | 'weigh' needs a verb: calibrate, estimate
                    weigh calibrate                            | 'assay weigh calibrate' needs its inputs
                    weigh calibrate --sampel x                 | Did you mean '--sample'?
                    receipts                                   | needs a verb: verify
                    weigh calibrate --sample x --format parqet | Did you mean 'parquet'?
                    run x --threads many                       | --threads
                    stages all                                 | does not know what to do with 'all'
                    """)
    void aCommandLineThatMakesNoSenseIsToldInOneSentence(String line, String words) {
        Assay.Outcome outcome = Assay.here(line.split(" "));

        assertThat(outcome.err()).contains(words).doesNotContain("   at ");
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }

    @Test
    void theTraceIsShownOnRequestOnly() throws Exception {
        assertThat(Assay.here("run", folder.resolve("gone.yaml").toString(), "--trace")
                        .err())
                .contains("|     at dev.assay");
        targets("all,sample,,,50,", "old,sample,,agee > 45,20,");
        assertThat(run().err()).doesNotContain("   at ");
        assertThat(Assay.here("run", folder.toString(), "--workspace", work(), "--trace")
                        .err())
                .contains("|     at dev.assay.microdata");
    }

    @Test
    void afterMendingTheRunGoesOnWhereItStopped() throws Exception {
        String sound = Files.readString(folder.resolve("targets.csv"));
        Files.writeString(folder.resolve("targets.csv"), sound + "more,sample,,age > 1000,7,\n");
        assertThat(run().code()).isNotZero();
        Files.writeString(folder.resolve("targets.csv"), sound);

        Assay.Outcome mended = run();

        assertThat(mended.code()).isZero();
        assertThat(mended.err()).containsPattern("people +reused").containsPattern("weights +passed");
    }

    @Test
    void aWorkspaceThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("work"), "a file");

        Assay.Outcome outcome = run();

        assertThat(outcome.complaints()).singleElement().asString().contains("work");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.STORAGE.exitCode());
    }

    /// A sentence each: problems as they are told, and what they leave behind.
    private Assay.Outcome expect(Fault.Kind kind, String... words) throws Exception {
        Assay.Outcome outcome = run();
        assertThat(outcome.err()).contains(words).doesNotContain("   at ").doesNotContain("Exception");
        assertThat(outcome.complaints()).hasSize(1);
        assertThat(outcome.code()).isEqualTo(kind.exitCode());
        nothingIsHalfDone();
        return outcome;
    }

    private void nothingIsHalfDone() throws Exception {
        if (!Files.exists(folder.resolve("work"))) {
            return;
        }
        try (Stream<Path> left = Files.list(folder.resolve("work/tmp"));
                Stream<Path> shelves = Files.walk(folder.resolve("work/store"), 2);
                Stream<Path> runs = Files.list(folder.resolve("work/runs"))) {
            assertThat(left).isEmpty();
            shelves.filter(p -> p.getFileName().toString().matches("[0-9a-f]{64}"))
                    .forEach(entry -> assertThat(entry.resolve("manifest.json")).exists());
            for (Path run : runs.toList()) {
                assertThat(Files.readString(run.resolve("run.json"))).contains("FAILED");
                assertThat(run.resolve("report.html")).exists();
            }
        }
        Assay.Outcome listed = Assay.here("runs", "--workspace", work());
        assertThat(listed.out()).contains("failed").doesNotContain(" passed ");
        Assay.Outcome verified = Assay.here("receipts", "verify", "--workspace", work());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    private Assay.Outcome run() {
        return Assay.here("run", folder.toString(), "--workspace", work());
    }

    private String work() {
        return folder.resolve("work").toString();
    }

    private static String page(Assay.Outcome outcome) throws Exception {
        assertThat(outcome.out()).contains(" failed\n");
        int at = outcome.out().indexOf("report ") + "report ".length();
        return Files.readString(Path.of(outcome.out().substring(at).strip()));
    }

    private void edit(String from, String to) throws Exception {
        Path file = folder.resolve("study.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void targets(String... lines) throws Exception {
        Files.writeString(
                folder.resolve("targets.csv"),
                "name,table,variable,filter,value,tolerance\n" + String.join("\n", lines) + "\n");
    }

    private void study() throws Exception {
        Files.writeString(folder.resolve("study.yaml"), """
                study: small
                seed: 1
                stages:
                  people: { kind: microdata.read, file: people.csv }
                  valid: { kind: microdata.validate, table: people, source: people.source, key: [id] }
                  weights: { kind: weigh.calibrate, sample: valid, targets: targets.csv, weight: weight, distance: raking }
                """);
    }
}
