package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.assay.fault.Fault;
import dev.assay.receipt.DistributionSettings;
import dev.assay.receipt.DriftReport;
import dev.assay.receipt.DriftReport.ColumnDrift;
import dev.assay.receipt.DriftReport.SchemaChange;
import dev.assay.receipt.DriftSettings;
import dev.assay.receipt.Profile;
import dev.assay.receipt.ReceiptReader;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.StageRecord;
import dev.assay.study.fake.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The section `drift` of study files, the profiles in receipts, and runs compared with the run before.
class DriftTest {
    private static final String STUDY = """
            study: halves
            seed: 1
            stages:
              rows: { kind: test.table, table: in.csv }
            drift:
              count-threshold: 0.5
              columns: [rows.half.size, rows.half.colour]
            """;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
    }

    /// Twice as many rows as the stage keeps.
    private void table(int kept, String header, IntFunction<String> row) {
        bench.write(
                "in.csv",
                header + "\n"
                        + IntStream.range(0, 2 * kept)
                                .mapToObj(i -> row.apply(i / 2))
                                .collect(Collectors.joining("\n"))
                        + "\n");
    }

    private StageRecord record(RunView run) {
        return ReceiptReader.at(bench.workspace.folder(run)).stage("rows");
    }

    private DriftReport drift(RunView run) {
        return ReceiptReader.at(bench.workspace.folder(run)).drift();
    }

    private static Profile profile(StageRecord record, String column) {
        return Objects.requireNonNull(record.columns().orElseThrow().get(column), column);
    }

    @Test
    void withoutTheSectionTheDefaultsHold() {
        table(3, "size", Integer::toString);
        StudyFile study = bench.study("study: s\nseed: 1\nstages:\n  rows: { kind: test.table, table: in.csv }\n");
        assertThat(study.drift()).isEqualTo(DriftSettings.standard());
    }

    @Test
    void everyThresholdCanBeSet() {
        table(3, "size", Integer::toString);
        StudyFile study = bench.study("""
                study: s
                seed: 1
                stages:
                  rows: { kind: test.table, table: in.csv }
                drift:
                  count-threshold: 0.3
                  min-rows: 5
                  null-share: 0.2
                  columns: [rows.half.size]
                  min-values: 10
                  significance: 0.01
                  distance: 0.2
                  share: 0.03
                  correction: none
                  method: psi
                """, "drift.min-rows=7", "drift.columns=[rows.half.a.b, rows.half.c]");
        assertThat(study.drift())
                .isEqualTo(new DriftSettings(
                        0.3,
                        7,
                        0.2,
                        new DistributionSettings(
                                List.of("rows.half.a.b", "rows.half.c"),
                                10,
                                0.01,
                                0.2,
                                0.03,
                                DistributionSettings.Correction.NONE,
                                DistributionSettings.Choice.PSI)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "count-treshold: 1; 'drift' has no key 'count-treshold'. Did you mean 'count-threshold'?",
                "count-threshold: many; 'count-threshold' must be a finite number",
                "count-threshold: 0; count-threshold must be more than 0",
                "null-share: 2; 'null-share' must be between 0 and 1",
                "method: ks; 'method' must be one of by-kind, psi",
                "columns: [size]; a column must be stage.artefact.column, got 'size'",
                "columns: [row.half.size]; no stage is called 'row'. Did you mean 'rows'?",
                "columns: [rows.haf.size]; 'test.table' makes no 'haf', it makes half. Did you mean 'half'?",
                "columns: [sum.total.sum]; 'total' is no table but a JSON document of type Total",
                "columns: [rows.half.a, rows.half.a]; a column must not stand twice"
            })
    void whatDoesNotFitIsToldWithItsLine(String key, String sentence) {
        table(3, "size", Integer::toString);
        String yaml = """
                study: s
                seed: 1
                stages:
                  numbers: { kind: test.count, up-to: 3 }
                  sum: { kind: test.sum, numbers: numbers }
                  rows: { kind: test.table, table: in.csv }
                drift: { %s }
                """.formatted(key);
        assertThatThrownBy(() -> bench.study(yaml))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("study.yaml:7")
                .hasMessageContaining(sentence);
    }

    @Test
    void theSchemaHasTheSectionWithItsDefaults() {
        JsonNode drift =
                JsonMapper.shared().readTree(StudySchema.of(bench.registry())).at("/properties/drift");
        assertThat(drift.at("/additionalProperties").asBoolean()).isFalse();
        assertThat(drift.at("/required").isEmpty()).isTrue();
        assertThat(drift.at("/properties/count-threshold/default").asDouble()).isEqualTo(DriftSettings.COUNT_THRESHOLD);
        assertThat(drift.at("/properties/min-rows/default").asLong()).isEqualTo(DriftSettings.MIN_ROWS);
        assertThat(drift.at("/properties/null-share/default").asDouble()).isEqualTo(DriftSettings.NULL_SHARE);
        assertThat(drift.at("/properties/share/default").asDouble()).isEqualTo(DistributionSettings.SHARE);
        assertThat(drift.at("/properties/min-values/default").asLong()).isEqualTo(DistributionSettings.MIN_VALUES);
        assertThat(drift.at("/properties/significance/default").asDouble())
                .isEqualTo(DistributionSettings.SIGNIFICANCE);
        assertThat(drift.at("/properties/distance/default").asDouble()).isEqualTo(DistributionSettings.DISTANCE);
        assertThat(drift.at("/properties/correction/enum").toString()).isEqualTo("[\"holm\",\"none\"]");
        assertThat(drift.at("/properties/columns/items").isMissingNode()).isFalse();
        // An empty section is the defaults, too.
        table(3, "size", Integer::toString);
        assertThat(bench.study("study: s\nseed: 1\nstages:\n  rows: { kind: test.table, table: in.csv }\ndrift: {}\n")
                        .drift())
                .isEqualTo(DriftSettings.standard());
    }

    @Test
    void aReceiptSaysWhatTheColumnsOfTablesHold() {
        table(
                200,
                "size,share,colour,name,when,maybe",
                i -> i + "," + (i % 4 == 0 ? "" : "0.5") + "," + (i % 2 == 0 ? "red" : "blue") + ",person " + i
                        + ",2026-01-01," + (i % 2 == 0));
        RunView run = bench.run(STUDY);
        StageRecord record = record(run);
        Profile.Numeric size = (Profile.Numeric) profile(record, "half.size");
        assertThat(size.n()).isEqualTo(200);
        assertThat(size.distinct()).isEqualTo(200);
        assertThat(size.min()).contains(0.0);
        assertThat(size.max()).contains(199.0);
        assertThat(size.mean()).contains(99.5);
        assertThat(size.sd().orElseThrow()).isCloseTo(Math.sqrt((200.0 * 200 - 1) / 12), within(1e-9));
        Profile share = profile(record, "half.share");
        assertThat(share.nulls()).isEqualTo(50);
        assertThat(share.distinct()).isEqualTo(1);
        assertThat(((Profile.Categorical) profile(record, "half.colour")).counts())
                .isEqualTo(Map.of("red", 100L, "blue", 100L));
        assertThat(((Profile.Categorical) profile(record, "half.maybe")).counts())
                .isEqualTo(Map.of("true", 100L, "false", 100L));
        assertThat(profile(record, "half.when").distinct()).isEqualTo(1);
        // Names are counted and not spread.
        assertThat(profile(record, "half.name")).isEqualTo(Profile.Categorical.unnamed(200, 0, 200));
        assertThat(bench.workspace.folder(run).resolve("receipts/rows.record.json"))
                .content()
                .doesNotContain("person ");
        assertThat(ReceiptVerifier.verify(bench.workspace.folder(run)).problems())
                .isEmpty();
    }

    @Test
    void aReusedStageHasTheSameProfilesAndSoHasOneThatIsMadeAnewBecauseTheyWereLost() throws Exception {
        table(50, "size,colour", i -> i + ",red");
        RunView first = bench.run(STUDY);
        RunView second = bench.run(STUDY);
        assertThat(Bench.stage(second, "rows").reused()).isTrue();
        assertThat(record(second).columns()).isEqualTo(record(first).columns());
        try (Stream<Path> store = Files.walk(bench.workspace.folder().resolve("store"))) {
            for (Path lost :
                    store.filter(path -> path.endsWith("column_profiles.json")).toList()) {
                Files.delete(lost);
            }
        }
        RunView third = bench.run(STUDY);
        assertThat(Bench.stage(third, "rows").reused()).isFalse();
        assertThat(record(third).columns()).isEqualTo(record(first).columns());
        assertThat(third.drift().orElseThrow().flags()).isEmpty();
    }

    @Test
    void declaredColumnsAreComparedWithTheRunBefore() {
        table(200, "size,colour", i -> i + "," + (i % 2 == 0 ? "red" : "blue"));
        RunView first = bench.run(STUDY);
        assertThat(drift(first).columns()).isEmpty();

        table(200, "size,colour", i -> (i + 100) + "," + (i % 2 == 0 ? "red" : "blue"));
        RunView second = bench.run(STUDY);
        DriftReport report = drift(second);
        assertThat(report.columns())
                .extracting(ColumnDrift::name, column -> column.drift().orElseThrow())
                .containsExactly(tuple("rows.half.size", true), tuple("rows.half.colour", false));
        assertThat(report.columns().getFirst().statistic()).isEqualTo(0.5);
        assertThat(report.settings().countThreshold()).isEqualTo(0.5);
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.WARN);
        assertThat(second.drift().orElseThrow().flags()).anySatisfy(flag -> {
            assertThat(flag.check()).isEqualTo("D7");
            assertThat(flag.subject()).isEqualTo("rows.half.size");
            assertThat(flag.text()).contains("Kolmogorov-Smirnov D 0.5000");
        });
        assertThat(ReceiptVerifier.verify(bench.workspace.folder(second)).problems())
                .isEmpty();
    }

    @Test
    void columnsThatComeAndGoAndLoseValuesAreTold() {
        table(100, "size,colour,share", i -> i + ",red,0.5");
        bench.run(STUDY);
        table(100, "size,share,fresh", i -> "s" + i + "," + (i % 4 == 0 ? "" : "0.5") + ",1");
        RunView second = bench.run(STUDY);
        assertThat(drift(second).schemaChanges())
                .extracting(SchemaChange::field, SchemaChange::change)
                .containsExactly(
                        tuple("rows.half.colour", DriftReport.Change.REQUIRED_REMOVED),
                        tuple("rows.half.fresh", DriftReport.Change.ADDED),
                        tuple("rows.half.share", DriftReport.Change.NULL_SHARE_UP),
                        tuple("rows.half.size", DriftReport.Change.TYPE_CHANGED));
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.ALERT);
        assertThat(drift(second).columns()).isEmpty();
    }

    @Test
    void aNewClassOfErrorsInATableIsTold() {
        table(100, "size,colour,error_class", i -> i + ",red," + (i % 2 == 0 ? "timeout" : "syntax"));
        bench.run(STUDY);
        table(100, "size,colour,error_class", i -> i + ",red," + (i == 7 ? "refusal" : "timeout"));
        assertThat(bench.run(STUDY).drift().orElseThrow().flags())
                .extracting(RunView.Flag::check, RunView.Flag::subject)
                .contains(tuple("D4", "rows/half.error_class=refusal"), tuple("D5", "rows/half.error_class=syntax"));
    }

    @Test
    void otherThresholdsAreAnotherConfigurationButNotOtherResults() {
        table(50, "size,colour", i -> i + ",red");
        RunView first = bench.run(STUDY);
        RunView second = bench.run(STUDY, "drift.count-threshold=0.1");
        assertThat(Bench.stage(second, "rows").reused()).isTrue();
        assertThat(Bench.stage(second, "rows").key())
                .isEqualTo(Bench.stage(first, "rows").key());
        assertThat(drift(second).settings().countThreshold()).isEqualTo(0.1);
    }

    @Test
    void filesThatChangeTheirLabelsAreAnotherConfigurationAndNoViolation() {
        bench.with(
                "test.labels",
                (in, context) -> new Numbers(in.after().orElseThrow().toString(), List.of()));
        bench.write("x.json", "{\"label\": \"x\", \"values\": [1]}");
        bench.write("y.json", "{\"label\": \"y\", \"values\": [2]}");
        String yaml = "study: l\nseed: 1\nstages:\n  a: { kind: test.labels, after: { p: x.json, q: y.json } }\n";
        bench.run(yaml);
        RunView second = bench.run(yaml.replace("p: x.json, q: y.json", "p: y.json, q: x.json"));
        assertThat(second.drift().orElseThrow().flags())
                .noneMatch(flag -> flag.check().equals("D1"))
                .anyMatch(flag -> flag.check().equals("D9") && flag.subject().equals("config_digest"));
        RunView third = bench.run(yaml.replace("p: x.json, q: y.json", "r: y.json, s: x.json"));
        assertThat(third.drift().orElseThrow().flags())
                .noneMatch(flag -> flag.check().equals("D1"));
    }
}
