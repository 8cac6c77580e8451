package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.assay.fault.Fault;
import dev.assay.receipt.DriftReport.Change;
import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.DriftReport.SchemaChange;
import dev.assay.receipt.DriftReport.Severity;
import dev.assay.receipt.DriftReport.StageDrift;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {
    @TempDir
    Path runs;

    private Fabricated then;
    private Fabricated now;

    @BeforeEach
    void twoRuns() {
        then = new Fabricated(runs.resolve("then"));
        now = new Fabricated(runs.resolve("now"));
    }

    private DriftReport compare() {
        then.write();
        now.write();
        return Drift.compare(
                Optional.of(runs.resolve("then")),
                runs.resolve("now"),
                DriftSettings.standard(),
                Fabricated.NO_COLUMNS,
                now.clock());
    }

    /// Reads a column of a file of comma-separated values with a header.
    private static ColumnSample csv(Path file, String column) {
        try {
            List<String[]> rows = Files.readAllLines(file).stream()
                    .map(line -> line.split(","))
                    .toList();
            int at = List.of(rows.getFirst()).indexOf(column);
            if (at < 0) {
                throw Fault.of(Fault.Kind.BAD_DATA, "there is no such column");
            }
            List<String> values = rows.stream()
                    .skip(1)
                    .map(row -> row[at])
                    .filter(value -> !value.equals("-"))
                    .toList();
            if (values.stream().allMatch(value -> value.matches("[0-9.]+"))) {
                return ColumnSample.Numbers.of(
                        values.stream().mapToDouble(Double::parseDouble).toArray());
            }
            return new ColumnSample.Categories(
                    values.stream().collect(Collectors.groupingBy(value -> value, Collectors.counting())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DriftReport compareColumns(String... columns) {
        // Else another output would be a violation of determinism.
        now.code = "f" + Fabricated.COMMIT.substring(1);
        then.write();
        now.write();
        return Drift.compare(
                Optional.of(runs.resolve("then")),
                runs.resolve("now"),
                DriftSettings.standard(List.of(columns)),
                DriftTest::csv,
                now.clock());
    }

    /// A table of columns a, b, c: numbers from `low` on, numbers from 0 on, and a word.
    private static String table(int rows, int low, String word) {
        StringBuilder text = new StringBuilder("a,b,c\n");
        for (int i = 0; i < rows; i++) {
            text.append(low + i).append(',').append(i).append(',').append(word).append('\n');
        }
        return text.toString();
    }

    private static StageDrift stage(DriftReport report, String name) {
        return report.stages().stream()
                .filter(stage -> stage.stage().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> subjects(DriftReport report, Check check) {
        return report.flags().stream()
                .filter(flag -> flag.check() == check)
                .map(Flag::subject)
                .toList();
    }

    @Test
    void theSameRunTwiceDoesNotDrift() {
        DriftReport report = compare();
        assertThat(report.severity()).isEqualTo(Severity.OK);
        assertThat(report.flags()).isEmpty();
        assertThat(report.columns()).isEmpty();
        assertThat(report.priorRunId()).isPresent();
        for (StageDrift stage : report.stages()) {
            assertThat(stage.inputDigestMatch()).contains(true);
            assertThat(stage.configMatch()).contains(true);
            assertThat(stage.codeMatch()).contains(true);
            assertThat(stage.outputDigestMatch()).contains(true);
            assertThat(stage.deterministicViolation()).isFalse();
        }
    }

    @Test
    void theSameRunAtAnotherTimeDoesNotDrift() {
        now.recordedAt = Fabricated.PINNED.plusSeconds(3600);
        DriftReport report = compare();
        assertThat(report.flags()).isEmpty();
        assertThat(report.runId()).isNotEqualTo(report.priorRunId().orElseThrow());
    }

    @Test
    void anotherOutputFromTheSameFourIsAViolationOfDeterminism() {
        now.noise = " 0.123";
        DriftReport report = compare();
        assertThat(report.severity()).isEqualTo(Severity.ALERT);
        assertThat(subjects(report, Check.D1)).containsExactly("collect");
        assertThat(stage(report, "collect").deterministicViolation()).isTrue();
        // Score read something else this time, so nothing can be said about it.
        assertThat(stage(report, "score").inputDigestMatch()).contains(false);
        assertThat(stage(report, "score").deterministicViolation()).isFalse();
    }

    @Test
    void eachOfTheFourTakesTheBlameForAnotherOutput() {
        now.noise = " 0.123";
        now.source = "another source\n";
        DriftReport changedInput = compare();
        assertThat(stage(changedInput, "collect").inputDigestMatch()).contains(false);
        assertThat(subjects(changedInput, Check.D1)).isEmpty();

        now.source = then.source;
        now.configuration.put("seed", 8);
        DriftReport changedConfig = compare();
        assertThat(stage(changedConfig, "collect").configMatch()).contains(false);
        assertThat(subjects(changedConfig, Check.D1)).isEmpty();
        assertThat(subjects(changedConfig, Check.D9)).containsExactly("config_digest");
        assertThat(changedConfig.severity()).isEqualTo(Severity.OK);

        now.configuration.put("seed", 7);
        now.rules = Map.of("gsm", Digest.of("other rules"));
        DriftReport changedRules = compare();
        assertThat(stage(changedRules, "collect").configMatch()).contains(false);
        assertThat(subjects(changedRules, Check.D1)).isEmpty();
        assertThat(subjects(changedRules, Check.D9)).containsExactly("rule gsm");

        now.rules = then.rules;
        now.code = "f" + Fabricated.COMMIT.substring(1);
        DriftReport changedCode = compare();
        assertThat(stage(changedCode, "collect").codeMatch()).contains(false);
        assertThat(subjects(changedCode, Check.D1)).isEmpty();
        assertThat(changedCode.flags())
                .contains(new Flag(Check.D9, "code_version", "it was " + Fabricated.COMMIT + " and is " + now.code));
    }

    @Test
    void anotherSeedTakesTheBlameToo() {
        now.noise = " 0.123";
        now.change = builder -> builder.seed(8);
        DriftReport report = compare();
        assertThat(subjects(report, Check.D1)).isEmpty();
        assertThat(subjects(report, Check.D9)).containsExactly("seed of collect");
    }

    @Test
    void uncommittedChangesWithoutADigestAreNeverTheSameCode() {
        then.code = Fabricated.COMMIT + "-dirty";
        now.code = then.code;
        now.noise = " 0.123";
        DriftReport report = compare();
        assertThat(stage(report, "collect").codeMatch()).isEmpty();
        assertThat(subjects(report, Check.D1)).isEmpty();
        assertThat(subjects(report, Check.D2)).containsExactly("code_version");
    }

    @Test
    void withoutAnEarlierRunNothingIsClaimed() throws Exception {
        now.write();
        DriftReport none = Drift.compare(
                Optional.empty(), runs.resolve("now"), DriftSettings.standard(), Fabricated.NO_COLUMNS, now.clock());
        then.write();
        Files.delete(runs.resolve("then/receipts/summary.json"));
        DriftReport deleted = Drift.compare(
                Optional.of(runs.resolve("then")),
                runs.resolve("now"),
                DriftSettings.standard(),
                Fabricated.NO_COLUMNS,
                now.clock());
        for (DriftReport report : List.of(none, deleted)) {
            assertThat(report.priorRunId()).isEmpty();
            assertThat(report.severity()).isEqualTo(Severity.OK);
            assertThat(subjects(report, Check.D2)).containsExactly("run");
            assertThat(CanonicalJson.of(report))
                    .contains("\"prior_run_id\":null")
                    .contains("\"code_match\":null,\"config_match\":null,\"deltas\":null,"
                            + "\"deterministic_violation\":false,\"input_digest_match\":null")
                    .contains("\"output_digest_match\":null,\"pct_change_out\":null")
                    .doesNotContain("true");
            assertThat(report.tests().passedTests()).containsExactly("D2 incomparable");
        }
    }

    @Test
    void aRecordThatItsSummaryDoesNotVouchForIsNotCompared() throws Exception {
        then.write();
        Path record = runs.resolve("then/receipts/collect.record.json");
        Files.writeString(record, Files.readString(record).replace("\"records_in\":15", "\"records_in\":16"));
        now.write();
        DriftReport report = Drift.compare(
                Optional.of(runs.resolve("then")),
                runs.resolve("now"),
                DriftSettings.standard(),
                Fabricated.NO_COLUMNS,
                now.clock());
        assertThat(subjects(report, Check.D2)).containsExactly("collect");
        assertThat(stage(report, "collect").outputDigestMatch()).isEmpty();
        assertThat(stage(report, "score").outputDigestMatch()).contains(true);
    }

    @Test
    void aDoubledInputShowsInTheCounts() {
        now.source = "doubled\n";
        now.rows = 30;
        now.accepted = 20;
        DriftReport report = compare();
        assertThat(report.severity()).isEqualTo(Severity.WARN);
        assertThat(report.flags()).contains(new Flag(Check.D3, "collect/records_in", "it went from 15 to 30"));
        assertThat(subjects(report, Check.D3))
                .containsExactly(
                        "collect/records_in",
                        "collect/records_out",
                        "score/records_in",
                        "score/records_out",
                        "score/accepted");
        assertThat(stage(report, "collect").deltas()).contains(new DriftReport.Deltas(15, 15, 0, 0));
        assertThat(stage(report, "collect").pctChangeOut()).contains(100.0);
        assertThat(report.tests().result()).isEqualTo(TestResults.Result.WARNED);
    }

    @Test
    void aChangeOfExactlyTheThresholdOrOfFewRowsIsNotTold() {
        then.rows = 100;
        now.rows = 120;
        then.accepted = 90;
        now.accepted = 101;
        assertThat(subjects(compare(), Check.D3)).isEmpty();
        now.rows = 121;
        assertThat(subjects(compare(), Check.D3)).contains("collect/records_in");
        then.rows = 10;
        now.rows = 19;
        then.accepted = 5;
        now.accepted = 9;
        assertThat(subjects(compare(), Check.D3)).isEmpty();
        now.rows = 20;
        assertThat(subjects(compare(), Check.D3)).contains("collect/records_in");
    }

    @Test
    void newAndLostReasonsAreTold() {
        then.reasons = Map.of("quarantine.a", 20L, "skip.b", 19L, "filter.c", 30L);
        now.reasons = Map.of("quarantine.d", 1L);
        DriftReport report = compare();
        assertThat(subjects(report, Check.D4)).containsExactly("collect/quarantine.d");
        assertThat(subjects(report, Check.D5)).containsExactly("collect/filter.c", "collect/quarantine.a");
        assertThat(subjects(report, Check.D3)).containsExactly("collect/quarantine.a");
    }

    @Test
    void newValuesOfColumnsOfClassesAreTold() {
        then.columns = Optional.of(Map.of("stream", Profile.Categorical.of(Map.of("x", 40L), 0)));
        now.columns = Optional.of(Map.of("stream", Profile.Categorical.of(Map.of("y", 3L), 0)));
        DriftReport report = compare();
        assertThat(subjects(report, Check.D4)).containsExactly("score/stream=y");
        assertThat(subjects(report, Check.D5)).containsExactly("score/stream=x");
    }

    @Test
    void aStageThatFailsNowIsAnAlertAndItsCountsAreNotCompared() {
        now.scoreFails = true;
        DriftReport report = compare();
        assertThat(subjects(report, Check.D8)).containsExactly("score");
        assertThat(subjects(report, Check.D1)).isEmpty();
        assertThat(subjects(report, Check.D3)).isEmpty();
        assertThat(report.severity()).isEqualTo(Severity.ALERT);
        assertThat(stage(report, "score").outputDigestMatch()).isEmpty();
        assertThat(stage(report, "export").inputDigestMatch()).isEmpty();
        assertThat(report.tests().failedTests()).containsExactly("D8 failed stage");
    }

    private static Profile numbers(long n, long nulls) {
        return new Profile.Numeric(n, nulls, 1, Optional.of(1.0), Optional.of(1.0), Optional.of(1.0), Optional.of(0.0));
    }

    @Test
    void changesOfColumnsAreToldByTheirWeight() {
        then.columns = Optional.of(Map.of(
                "gone", numbers(10, 0),
                "seldom", numbers(10, 5),
                "turned", numbers(10, 0),
                "thinned", numbers(100, 10),
                "kept", numbers(100, 10)));
        now.columns = Optional.of(Map.of(
                "turned", Profile.Categorical.of(Map.of("1", 10L), 0),
                "thinned", numbers(100, 21),
                "kept", numbers(100, 20),
                "fresh", numbers(10, 0)));
        DriftReport report = compare();
        assertThat(report.schemaChanges())
                .containsExactly(
                        new SchemaChange("score.fresh", Change.ADDED, Optional.empty(), Optional.of("numeric")),
                        new SchemaChange(
                                "score.gone", Change.REQUIRED_REMOVED, Optional.of("numeric"), Optional.empty()),
                        new SchemaChange("score.seldom", Change.REMOVED, Optional.of("numeric"), Optional.empty()),
                        new SchemaChange(
                                "score.thinned", Change.NULL_SHARE_UP, Optional.of("0.100"), Optional.of("0.210")),
                        new SchemaChange(
                                "score.turned",
                                Change.TYPE_CHANGED,
                                Optional.of("numeric"),
                                Optional.of("categorical")));
        assertThat(report.severity()).isEqualTo(Severity.ALERT);
    }

    @Test
    void aNewColumnAloneIsANote() {
        then.columns = Optional.of(Map.of("a", numbers(10, 0)));
        now.columns = Optional.of(Map.of("a", numbers(10, 0), "b", numbers(10, 0)));
        DriftReport report = compare();
        assertThat(subjects(report, Check.D6)).containsExactly("score.b");
        assertThat(report.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void aDistributionThatChangedIsToldWithItsNumbers() {
        then.exported = table(100, 0, "x");
        now.exported = table(120, 40, "x");
        DriftReport report = compareColumns("export.rag.a", "export.rag.b", "export.rag.c");
        assertThat(report.columns())
                .extracting(DriftReport.ColumnDrift::name)
                .containsExactly("export.rag.a", "export.rag.b", "export.rag.c");
        assertThat(report.columns())
                .extracting(column -> column.drift().orElseThrow())
                .containsExactly(true, false, false);
        DriftReport.ColumnDrift first = report.columns().getFirst();
        assertThat(first.nRef()).isEqualTo(100);
        assertThat(first.nCur()).isEqualTo(120);
        assertThat(first.statistic()).isCloseTo(0.5, within(0.01));
        assertThat(subjects(report, Check.D7)).containsExactly("export.rag.a");
        assertThat(report.severity()).isEqualTo(Severity.WARN);
        assertThat(report.tests().warnedTests()).contains("D7 distribution");
        assertThat(CanonicalJson.of(report))
                .contains("\"method\":\"kolmogorov_smirnov\",\"n_cur\":120,\"n_ref\":100,\"name\":\"export.rag.a\"")
                .contains("\"distributions\":{\"columns\":[\"export.rag.a\",");
        ReceiptWriter.at(runs.resolve("now")).drift(report);
        now.closed();
        assertThat(ReceiptReader.at(runs.resolve("now")).drift()).isEqualTo(report);
        assertThat(ReceiptVerifier.verify(runs.resolve("now")).problems()).isEmpty();
    }

    @Test
    void mostOfAtLeastThreeColumnsIsAnAlert() {
        then.exported = table(100, 0, "x");
        now.exported = table(100, 90, "y");
        assertThat(compareColumns("export.rag.a", "export.rag.c").severity()).isEqualTo(Severity.WARN);
        DriftReport three = compareColumns("export.rag.a", "export.rag.b", "export.rag.c");
        assertThat(three.severity()).isEqualTo(Severity.ALERT);
        assertThat(three.severity(new Flag(Check.D7, "export.rag.a", "x"))).isEqualTo(Severity.ALERT);
    }

    @Test
    void fewValuesAreMeasuredAndNoted() {
        then.exported = table(29, 0, "x");
        now.exported = table(40, 500, "x");
        DriftReport report = compareColumns("export.rag.a");
        assertThat(report.columns().getFirst().drift()).isEmpty();
        assertThat(subjects(report, Check.D2)).containsExactly("export.rag.a");
        assertThat(report.severity()).isEqualTo(Severity.OK);
        assertThat(CanonicalJson.of(report)).contains("\"drift\":null");
        assertThat(report.tests().passedTests()).doesNotContain("D7 distribution");
    }

    @Test
    void whatCannotBeComparedIsNotedAndTheRestIs() throws IOException {
        then.exported = table(100, 0, "x");
        now.exported = table(100, 0, "x").replace(",x", ",-").replaceAll("(?m)^(\\d+),\\d+", "$1,word");
        DriftReport report = compareColumns(
                "export.rag.a",
                "export.rag.b",
                "export.rag.c",
                "export.rag.d",
                "export.other.a",
                "score.scored.a",
                "unknown.rag.a");
        assertThat(report.columns()).extracting(DriftReport.ColumnDrift::name).containsExactly("export.rag.a");
        assertThat(subjects(report, Check.D2))
                .containsExactly(
                        "export.rag.b",
                        "export.rag.c",
                        "export.rag.d",
                        "export.other.a",
                        "score.scored.a",
                        "unknown.rag.a");
        assertThat(report.severity()).isEqualTo(Severity.OK);
        assertThat(report.flags())
                .contains(
                        new Flag(
                                Check.D2,
                                "export.rag.b",
                                "its distribution is not compared: it holds numbers in one run and categories in the"
                                        + " other"),
                        new Flag(
                                Check.D2,
                                "export.rag.d",
                                "its distribution is not compared: in the earlier run there is no such column"));
    }

    @Test
    void anOutputThatIsNotTheOneOfItsReceiptIsNotCompared() throws IOException {
        then.exported = table(100, 0, "x");
        now.exported = table(100, 50, "x");
        then.write();
        now.write();
        Files.writeString(runs.resolve("then/outputs/export/rag.csv"), table(100, 50, "x"));
        DriftReport changed = Drift.compare(
                Optional.of(runs.resolve("then")),
                runs.resolve("now"),
                DriftSettings.standard(List.of("export.rag.a")),
                DriftTest::csv,
                now.clock());
        assertThat(changed.columns()).isEmpty();
        assertThat(subjects(changed, Check.D2)).containsExactly("export.rag.a");
        Files.delete(runs.resolve("then/outputs/export/rag.csv"));
        assertThat(Drift.compare(
                                Optional.of(runs.resolve("then")),
                                runs.resolve("now"),
                                DriftSettings.standard(List.of("export.rag.a")),
                                DriftTest::csv,
                                now.clock())
                        .columns())
                .isEmpty();
    }

    private List<Flag> countsOf(String reference, String current) {
        then.change = counted(reference);
        now.change = counted(current);
        now.code = "f" + Fabricated.COMMIT.substring(1);
        return compare().flags().stream()
                .filter(flag -> flag.check() != Check.D9)
                .toList();
    }

    private static UnaryOperator<StageRecordBuilder> counted(String sample) {
        Map<String, Long> categories = Samples.categories(sample).counts();
        Stats stats = Stats.of(Map.of(
                "records_in", 1319L,
                "records_out", 1319L,
                "accepted", categories.getOrDefault("accepted", 0L),
                "rejected", categories.getOrDefault("rejected", 0L),
                "needs_human", categories.getOrDefault("needs_human_review", 0L)));
        return builder -> builder.rows(stats, Map.of());
    }

    @Test
    void categoriesOfRealRunsAreComparedByCount() {
        assertThat(countsOf("gpt-4o-mini", "gemma-2-2b"))
                .containsExactly(
                        new Flag(Check.D3, "collect/accepted", "it went from 1243 to 681"),
                        new Flag(Check.D4, "collect/needs_human", "it is new, with 5 rows"),
                        new Flag(Check.D3, "collect/rejected", "it went from 76 to 633"));
        // Five rows less of one category are too few to be a class lost.
        assertThat(countsOf("llama-3.1-8b", "qwen2-7b"))
                .extracting(Flag::check, Flag::subject)
                .containsExactly(tuple(Check.D3, "collect/rejected"));
        assertThat(countsOf("llama-3.1-8b", "gemma-2-2b"))
                .extracting(Flag::check, Flag::subject)
                .containsExactly(tuple(Check.D3, "collect/accepted"), tuple(Check.D3, "collect/rejected"));
    }

    @Test
    void aNewClassOfErrorsIsToldWhereverItsColumnLies() {
        then.columns = Optional.of(Map.of(
                "rows.error_class", Profile.Categorical.of(Map.of("timeout", 40L, "syntax", 25L), 0),
                "rows.colour", Profile.Categorical.of(Map.of("red", 40L), 0)));
        now.columns = Optional.of(Map.of(
                "rows.error_class", Profile.Categorical.of(Map.of("timeout", 41L, "refusal", 2L), 0),
                "rows.colour", Profile.Categorical.of(Map.of("blue", 40L), 0)));
        DriftReport report = compare();
        assertThat(subjects(report, Check.D4)).containsExactly("score/rows.error_class=refusal");
        assertThat(subjects(report, Check.D5)).containsExactly("score/rows.error_class=syntax");
        assertThat(report.severity()).isEqualTo(Severity.WARN);
    }

    @Test
    void theSeverityCannotBeStatedOtherwise() {
        now.noise = " 0.123";
        DriftReport report = compare();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DriftReport(
                        report.runId(),
                        report.priorRunId(),
                        Severity.OK,
                        report.stages(),
                        report.columns(),
                        report.schemaChanges(),
                        report.flags(),
                        report.settings(),
                        report.generatedAt()));
        StageDrift stage = stage(report, "collect");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StageDrift(
                        stage.stage(),
                        stage.deltas(),
                        stage.pctChangeOut(),
                        stage.inputDigestMatch(),
                        stage.configMatch(),
                        Optional.empty(),
                        stage.outputDigestMatch(),
                        true,
                        stage.notes()));
    }

    @Test
    void aReportReadBackIsTheSame() {
        now.noise = " 0.123";
        DriftReport report = compare();
        ReceiptWriter.at(runs.resolve("now")).drift(report);
        assertThat(ReceiptReader.at(runs.resolve("now")).drift()).isEqualTo(report);
    }

    @Test
    void theNewestRunThatPassedIsTheOneToCompareWith() {
        Fabricated older = new Fabricated(runs.resolve("older"));
        older.recordedAt = Fabricated.PINNED.minusSeconds(7200);
        Fabricated failed = new Fabricated(runs.resolve("failed"));
        failed.recordedAt = Fabricated.PINNED.minusSeconds(60);
        failed.scoreFails = true;
        Fabricated other = new Fabricated(runs.resolve("other"));
        other.recordedAt = Fabricated.PINNED.minusSeconds(30);
        other.pipeline = "another";
        Fabricated later = new Fabricated(runs.resolve("later"));
        later.recordedAt = Fabricated.PINNED.plusSeconds(60);
        then.recordedAt = Fabricated.PINNED.minusSeconds(3600);
        for (Fabricated run : List.of(older, failed, other, later, then, now)) {
            run.write();
        }
        assertThat(Drift.newestPassed(runs, runs.resolve("now"))).contains(runs.resolve("then"));
        assertThat(Drift.newestPassed(runs, "made-up")).contains(runs.resolve("later"));
        assertThat(Drift.newestPassed(runs, "unknown")).isEmpty();
        assertThat(Drift.newestPassed(runs.resolve("none"), "made-up")).isEmpty();
    }
}
