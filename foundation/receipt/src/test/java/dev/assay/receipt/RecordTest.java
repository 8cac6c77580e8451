package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {
    private static final Digest SOME = Digest.of("some");

    @TempDir
    Path folder;

    private static StageRecordBuilder begun(String stage) {
        RunIdentity run = new RunIdentity(
                "0123456789abcdef0123456789abcdef", "made-up", Fabricated.COMMIT, Fabricated.PINNED, "an-invocation");
        return StageRecord.of(run, stage)
                .config(SOME)
                .times(Fabricated.PINNED, Fabricated.PINNED.plusSeconds(1), Duration.ofMillis(900));
    }

    private static StageRecord full() {
        FileRef file = new FileRef(
                "outputs/a/b.parquet", SOME, SOME, 12, Optional.of(3L), Optional.of("application/vnd.apache.parquet"));
        return begun("a")
                .upstream(List.of("z"))
                .rules(Map.of("r", SOME))
                .inputs(List.of(new FileRef("data/in.csv", SOME, SOME, 1, Optional.empty(), Optional.empty())))
                .outputs(List.of(file))
                .rows(Stats.of(Map.of("records_in", 3L, "deduped", 1L)), Map.of("skip.json_parse", 1L))
                .columns(Map.of(
                        "income",
                        new Profile.Numeric(
                                3, 1, 2, Optional.of(-0.5), Optional.of(1.5), Optional.of(0.5), Optional.of(1.0)),
                        "empty",
                        new Profile.Numeric(
                                3, 3, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        "kind",
                        Profile.Categorical.of(Map.of("x", 2L, "y", 1L), 0)))
                .validation(new Validation(
                        true,
                        List.of(),
                        List.of("few rows"),
                        List.of(new Validation.Test("t", Validation.Result.WARNED, Optional.of("seen")))))
                .seed(Long.MIN_VALUE)
                .peakMemory(1L << 40)
                .build();
    }

    @Test
    void aStageRecordHasTheFieldsOfItsLayout() {
        String d = "\"" + SOME + "\"";
        assertThat(CanonicalJson.of(full()))
                .isEqualTo("{\"by_reason\":{\"skip.json_parse\":1},\"byproducts\":[],\"code_version\":\""
                        + Fabricated.COMMIT + "\",\"columns\":{"
                        + "\"empty\":{\"distinct\":0,\"kind\":\"numeric\",\"n\":3,\"nulls\":3},"
                        + "\"income\":{\"distinct\":2,\"kind\":\"numeric\",\"max\":1.5,\"mean\":0.5,\"min\":-0.5,"
                        + "\"n\":3,\"nulls\":1,\"sd\":1},"
                        + "\"kind\":{\"counts\":{\"x\":2,\"y\":1},\"distinct\":2,\"kind\":\"categorical\",\"n\":3,"
                        + "\"nulls\":0}},\"config_digest\":" + d
                        + ",\"duration_ms\":900,\"finished_at\":\"2026-02-03T04:05:07Z\","
                        + "\"inputs\":[{\"bytes\":1,\"contentDigest\":" + d + ",\"name\":\"data/in.csv\",\"sha256\":"
                        + d
                        + "}],\"invocation_id\":\"an-invocation\","
                        + "\"outputs\":[{\"bytes\":12,\"contentDigest\":" + d
                        + ",\"media_type\":\"application/vnd.apache.parquet\",\"name\":\"outputs/a/b.parquet\","
                        + "\"rows\":3,\"sha256\":" + d + "}],\"peak_memory_bytes\":1099511627776,"
                        + "\"pipeline\":\"made-up\",\"recorded_at\":\"2026-02-03T04:05:06Z\",\"rule_digests\":{\"r\":"
                        + d
                        + "},\"run_id\":\"0123456789abcdef0123456789abcdef\",\"schema_version\":1,"
                        + "\"seed\":\"-9223372036854775808\",\"stage\":\"a\",\"started_at\":\"2026-02-03T04:05:06Z\","
                        + "\"stats\":{\"accepted\":0,\"deduped\":1,\"filtered\":0,\"needs_human\":0,"
                        + "\"partially_accepted\":0,\"quarantined\":0,\"records_in\":3,\"records_out\":0,"
                        + "\"rejected\":0,\"skipped\":0},\"status\":\"passed\",\"upstream\":[\"z\"],"
                        + "\"validation\":{\"errors\":[],\"passed\":true,"
                        + "\"tests\":[{\"detail\":\"seen\",\"name\":\"t\",\"result\":\"warned\"}],"
                        + "\"warnings\":[\"few rows\"]}}");
    }

    @Test
    void aRecordReadBackIsTheSameRecord() {
        for (StageRecord record : List.of(
                full(), begun("b").build(), begun("c").skippedBecauseOf("a").build())) {
            assertThat(ReceiptReader.record(CanonicalJson.bytes(record), StageRecord.class))
                    .isEqualTo(record);
        }
    }

    @Test
    void whatLiesOutsideAndWhatIsConfidentialStandsInARecordOnlyWhereItIsSo() {
        assertThat(CanonicalJson.of(full())).doesNotContain("outside", "confidential", "keyed");
        StageRecord record =
                begun("a").outside("a model server").confidential(true).build();
        assertThat(CanonicalJson.of(record)).contains("\"confidential\":true", "\"outside\":\"a model server\"");
        assertThat(ReceiptReader.record(CanonicalJson.bytes(record), StageRecord.class))
                .isEqualTo(record);
    }

    private void refusedReading(String json) throws Exception {
        Path file = folder.resolve("receipts/a.record.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ReceiptReader.at(folder).stage("a"))
                .as(json)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE));
    }

    @Test
    void recordsThatAreNotInTheirLayoutAreRefused() throws Exception {
        String good = CanonicalJson.of(full());
        refusedReading(good.replace("\"schema_version\":1", "\"schema_version\":2"));
        refusedReading(good.replace("\"schema_version\":1,", ""));
        refusedReading(good.replace("\"schema_version\":1", "\"schema_version\":\"1\""));
        refusedReading(good.replace("\"stage\":\"a\"", "\"stage\":\"a\",\"colour\":1"));
        refusedReading(good.replace("\"duration_ms\":900,", ""));
        refusedReading(good.replace("\"duration_ms\":900", "\"duration_ms\":900.5"));
        refusedReading(good.replace("\"duration_ms\":900", "\"duration_ms\":\"900\""));
        refusedReading(good.replace("\"duration_ms\":900", "\"duration_ms\":null"));
        refusedReading(good.replace("\"status\":\"passed\"", "\"status\":\"PASSED\""));
        refusedReading(good.replace("\"status\":\"passed\"", "\"status\":0"));
        refusedReading(good.replace("\"seed\":\"-9223372036854775808\"", "\"seed\":null"));
        refusedReading(good.replace("\"schema_version\":1", "\"confidential\":false,\"schema_version\":1"));
        refusedReading(good.replace("\"name\":\"data/in.csv\"", "\"keyed\":false,\"name\":\"data/in.csv\""));
        refusedReading(good.replace("\"name\":\"data/in.csv\"", "\"keyed\":null,\"name\":\"data/in.csv\""));
        refusedReading(good.replace("\"by_reason\":{\"skip.json_parse\":1},", ""));
        refusedReading(good.replace("\"outputs/a/b.parquet\"", "\"../b.parquet\""));
        refusedReading(
                good.replace("\"kind\":\"numeric\",\"n\":3,\"nulls\":3", "\"kind\":\"date\",\"n\":3,\"nulls\":3"));
        refusedReading(good.replace("2026-02-03T04:05:07Z", "2026-02-03 04:05"));
        refusedReading(good.substring(0, good.length() - 1));
        refusedReading("[]");
        refusedReading("null");
        refusedReading(good + good);
    }

    @Test
    void brokenRulesOfALayoutAreRefusedWhenARecordIsMade() {
        List<UnaryOperator<StageRecordBuilder>> broken = List.of(
                b -> b.validation(Validation.failed("no"))
                        .outputs(List.of(full().outputs().getFirst())),
                b -> b.outputs(
                        List.of(full().outputs().getFirst(), full().outputs().getFirst())),
                b -> b.rows(Stats.NONE, Map.of("lost", 1L)),
                b -> b.rows(Stats.NONE, Map.of("skip.x", -1L)),
                b -> b.upstream(List.of("../up")),
                b -> b.outside(" "),
                b -> b.columns(full().columns().orElseThrow()).confidential(true),
                b -> b.times(Fabricated.PINNED, Fabricated.PINNED.minusSeconds(1), Duration.ZERO),
                b -> b.times(Fabricated.PINNED, Fabricated.PINNED, Duration.ofMillis(-1)));
        for (UnaryOperator<StageRecordBuilder> change : broken) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> change.apply(begun("a")).build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", ".hidden", "-a", "a b", "drift", "a.tests", "a\n", "ä"})
    void stageNamesAreNamesOfFilesThatShadowNoOther(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> begun(name).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "..", "a/../b", "a//b", "./a", "a/", "a\\b", "C:/x", "a\nb", "a\0b"})
    void fileNamesAreRelativeAndStayInTheirFolder(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileRef(name, SOME, SOME, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void countsUnderUnknownNamesSuggestTheKnownOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stats.of(Map.of("record_in", 1L)))
                .withMessageContaining("records_in");
        assertThatIllegalArgumentException().isThrownBy(() -> Stats.of(Map.of("accepted", -1L)));
    }

    @Test
    void rareValuesOfAProfileAreCountedTogether() {
        Map<String, Long> rows = new java.util.TreeMap<>();
        for (int i = 0; i < 150; i++) {
            rows.put("v%03d".formatted(i), 150L - i);
        }
        Profile.Categorical profile = Profile.Categorical.of(rows, 5);
        assertThat(profile.counts()).hasSize(101).containsEntry("other", 50L * 51 / 2);
        assertThat(profile.complete()).isFalse();
        assertThat(profile.distinct()).isEqualTo(150);
        assertThat(Profile.Categorical.of(Map.of("other", 3L), 0).complete()).isTrue();
    }

    @Test
    void runIdsAreThoseOfTheirFormula() {
        // Made with Python 3.11.7: hashlib.sha256(json.dumps(x, sort_keys=True, separators=(",", ":"))).
        Digest config = RunIds.configDigest(Map.of("trees", 100, "id", "household"));
        assertThat(config.hex()).isEqualTo("d955072256e14643437a3e00b034b017854b8afaa8ad30bf9867b0fa82e1ff68");
        assertThat(RunIds.runId(
                        "made-up",
                        config,
                        Fabricated.COMMIT,
                        Digest.of("inputs"),
                        Instant.parse("2026-02-03T04:05:06Z")))
                .isEqualTo("762a63f94969981cc1c76229d2b00243");
        assertThat(RunIds.configDigest(Map.of("id", "person"))).isNotEqualTo(RunIds.configDigest(Map.of("id", "x")));
    }

    @Test
    void theOrderOfInputsDoesNotMatter() {
        FileRef a = new FileRef("a", SOME, SOME, 0, Optional.empty(), Optional.empty());
        FileRef b = new FileRef("b", SOME, Digest.of("b"), 0, Optional.empty(), Optional.empty());
        assertThat(RunIds.inputDigest(List.of(a, b))).isEqualTo(RunIds.inputDigest(List.of(b, a)));
        assertThat(RunIds.inputDigest(List.of(a))).isNotEqualTo(RunIds.inputDigest(List.of(a, b)));
    }

    @Test
    void codeWithUnknownChangesIsNeverTheSame() {
        String commit = Fabricated.COMMIT;
        String other = "f" + commit.substring(1);
        assertThat(RunIds.sameCode(commit, commit)).contains(true);
        assertThat(RunIds.sameCode(commit, other)).contains(false);
        assertThat(RunIds.sameCode(commit + "-dirty", commit + "-dirty")).isEmpty();
        assertThat(RunIds.sameCode(commit + "-dirty", commit + "-dirty+0123456789ab"))
                .isEmpty();
        assertThat(RunIds.sameCode(commit + "-dirty", other + "-dirty")).contains(false);
        assertThat(RunIds.sameCode(commit, commit + "-dirty")).contains(false);
        assertThat(RunIds.sameCode(commit + "-dirty+0123456789ab", commit + "-dirty+0123456789ab"))
                .contains(true);
        assertThat(RunIds.sameCode(commit + "-dirty+0123456789ab", commit + "-dirty+0123456789ac"))
                .contains(false);
        assertThat(RunIds.isCodeVersion("main")).isFalse();
        assertThat(RunIds.isCodeVersion(commit + "-dirty+012")).isFalse();
    }

    @Test
    void theSummaryAddsUpAndIsEqualForRunsThatMadeTheSame() throws Exception {
        Path first = Files.createDirectories(folder.resolve("1"));
        Path second = Files.createDirectories(folder.resolve("2"));
        new Fabricated(first).write();
        Fabricated later = new Fabricated(second);
        later.recordedAt = Fabricated.PINNED.plusSeconds(86_400);
        later.write();
        RunSummary one = ReceiptReader.at(first).summary();
        RunSummary two = ReceiptReader.at(second).summary();
        assertThat(one.totals().recordsIn()).isEqualTo(30);
        assertThat(one.datasets().keySet()).containsExactly("outputs/collect/evidence.jsonl", "outputs/export/rag.csv");
        assertThat(one.runId()).isNotEqualTo(two.runId());
        assertThat(one.runDigest()).isEqualTo(two.runDigest());
        FileRef a = ReceiptReader.at(first).stage("collect").outputs().getFirst();
        FileRef b = ReceiptReader.at(second).stage("collect").outputs().getFirst();
        assertThat(a.sha256()).isNotEqualTo(b.sha256());
        assertThat(a.contentDigest()).isEqualTo(b.contentDigest());
        assertThat(one.forDiagnosis().overallPassed()).isFalse();
    }

    @Test
    void theRunDigestIsThatOfItsFormula() {
        new Fabricated(folder).write();
        List<StageRecord> records = ReceiptReader.at(folder).stages();
        StringBuilder list = new StringBuilder("[");
        for (StageRecord record : records) {
            list.append(list.length() > 1 ? "," : "")
                    .append("[\"")
                    .append(record.stage())
                    .append("\",\"passed\",[\"")
                    .append(record.outputs().getFirst().contentDigest())
                    .append("\"]]");
        }
        assertThat(ReceiptReader.at(folder).summary().runDigest())
                .isEqualTo(Digest.of(list.append("]").toString()));
    }

    @Test
    void thePageForPeopleIsATable() throws Exception {
        Fabricated fabricated = new Fabricated(folder);
        fabricated.pipeline = "made|up";
        fabricated.write();
        String page = Files.readString(folder.resolve("receipts/summary.md"));
        assertThat(page)
                .startsWith("# made\\|up\n")
                .contains(
                        "**passed**",
                        "| collect | passed | `",
                        "| all stages | 30 | 30 | 10 |",
                        "| outputs/export/rag.csv | 1 |");
    }

    @Test
    void filesAppearWholeAndNothingElseIsLeft() throws Exception {
        new Fabricated(folder).write();
        new Fabricated(folder).write();
        try (var files = Files.list(folder.resolve("receipts"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.endsWith(".json") || name.equals("summary.md"))
                    .hasSize(11);
        }
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        assertThatThrownBy(() -> ReceiptWriter.at(blocked).stage(full(), "x", Fabricated.VERSIONS))
                .isInstanceOf(IllegalArgumentException.class);
        StageRecord record = ReceiptReader.at(folder).stage("collect");
        assertThatThrownBy(() -> ReceiptWriter.at(blocked)
                        .stage(record, new Fabricated(folder).configuration, Fabricated.VERSIONS))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.STORAGE));
    }
}
