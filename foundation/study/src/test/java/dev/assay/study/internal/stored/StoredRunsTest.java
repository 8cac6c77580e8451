package dev.assay.study.internal.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.study.Claim;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.RunView;
import dev.assay.study.StageView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StoredRunsTest {
    private static final String ID = "20261128-115940-1cf025";

    private static byte[] frozen(int version) throws IOException {
        try (InputStream in = StoredRunsTest.class.getResourceAsStream("/frozen/run-version-" + version + ".json")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    void aRunOfVersion1IsStillRead() throws Exception {
        RunView run = StoredRuns.run(frozen(1), ID);

        assertThat(run.study()).isEqualTo("frozen");
        assertThat(run.title()).isEqualTo("A small study that stays as it is");
        assertThat(run.seed()).isEqualTo(7);
        assertThat(run.status()).isEqualTo(RunView.Status.FAILED);
        assertThat(run.exitCode()).isEqualTo(Fault.Kind.BAD_DATA.exitCode());
        assertThat(run.program()).isEmpty();
        assertThat(run.startedAt()).isEqualTo(Instant.parse("2026-11-28T11:59:40.675192069Z"));
        assertThat(run.stages())
                .extracting(StageView::status)
                .containsExactly(
                        StageView.Status.PASSED,
                        StageView.Status.PASSED,
                        StageView.Status.PASSED,
                        StageView.Status.PASSED,
                        StageView.Status.FAILED,
                        StageView.Status.SKIPPED);
        assertThat(run.stages()).extracting(StageView::code).containsOnly(run.codeVersion());
        assertThat(run.stages())
                .noneMatch(StageView::confidential)
                .allMatch(s -> s.outside().isEmpty());
        StageView fidelity = run.stage("fidelity").orElseThrow();
        assertThat(fidelity.figures()).hasSize(6);
        assertThat(fidelity.listings()).hasSize(5);
        Metric coverage = fidelity.metric("zi-qrf.coverage").orElseThrow();
        assertThat(coverage.value().orElseThrow()).isBetween(0.6833, 0.6834);
        assertThat(coverage.units()).isEqualTo("row");
        assertThat(run.claims()).singleElement().satisfies(claim -> {
            assertThat(claim.verdict()).isEqualTo(Claim.Verdict.HOLDS);
            assertThat(claim.measured()).contains(coverage);
        });
        assertThat(run.drift()).isPresent();
    }

    @Test
    void aRunOfVersion2IsRead() throws Exception {
        RunView run = StoredRuns.run(frozen(2), "20261128-135314-ee6a04");
        RunView before = StoredRuns.run(frozen(1), ID);

        assertThat(run.program()).containsKeys("assay-microdata", "assay-study", "java");
        assertThat(run.stages())
                .extracting(StageView::code)
                .contains("ebdefa6a98c0cfc255c0aa3806a6189f266592ff96f496166bb92a93644defd1");
        for (StageView stage : run.stages()) {
            StageView then = before.stage(stage.name()).orElseThrow();
            assertThat(stage.status()).isEqualTo(then.status());
            assertThat(stage.outputs()).isEqualTo(then.outputs());
            assertThat(stage.metrics()).isEqualTo(then.metrics());
            assertThat(stage.figures()).isEqualTo(then.figures());
            assertThat(stage.settings()).isEqualTo(then.settings());
        }
        assertThat(run.claims()).isEqualTo(before.claims());
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        RunView run = sample();
        assertThat(StoredRuns.run(StoredRuns.bytes(run), run.id())).isEqualTo(run);
        StageView stage = run.stages().getFirst();
        assertThat(StoredRuns.stage(StoredRuns.bytes(stage))).contains(stage);
    }

    @Test
    void theMembersOfVersion2AreThese() {
        // Whoever changes this writes another version.
        String text = new String(StoredRuns.bytes(sample()), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("\"schemaVersion\" : 2")
                .contains("\"seed\" : \"-9223372036854775808\"")
                .contains("\"program\" : {\n    \"assay-x\" : \"ab\"\n  }")
                .contains("\"outside\" : \"a server\"")
                .contains("\"confidential\" : true")
                .contains("\"NaN\"");
    }

    @Test
    void everyConstantHasATextThatIsReadAgain() {
        each(RunView.Status.class, StoredText::of);
        each(StageView.Status.class, StoredText::of);
        each(StageView.Form.class, StoredText::of);
        each(RunView.Severity.class, StoredText::of);
        each(Claim.Side.class, StoredText::of);
        each(Claim.Verdict.class, StoredText::of);
        each(Fault.Kind.class, StoredText::of);
    }

    private static <E extends Enum<E>> void each(Class<E> type, Function<E, String> text) {
        assertThat(Arrays.stream(type.getEnumConstants()).map(text)).doesNotHaveDuplicates();
        for (E constant : type.getEnumConstants()) {
            assertThat(StoredText.read(type, text, text.apply(constant))).isEqualTo(constant);
        }
    }

    @Test
    void whatALaterProgramAddsWithoutANewVersionIsPassedOver() throws Exception {
        String text = new String(frozen(1), StandardCharsets.UTF_8);
        String more =
                text.replaceFirst("\\{", "{ \"mood\": {\"is\": [1]},").replace("\"kind\" :", "\"new\": 1, \"kind\" :");
        assertThat(StoredRuns.run(more.getBytes(StandardCharsets.UTF_8), ID)).isEqualTo(StoredRuns.run(frozen(1), ID));
    }

    @Test
    void whatCannotBeReadSaysWhy() throws Exception {
        String text = new String(frozen(1), StandardCharsets.UTF_8);
        assertThat(reason(text.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 3"), ID))
                .contains("version 3", "versions 1 to 2", "a later program");
        assertThat(reason(text.replace("\"schemaVersion\" : 1,", ""), ID)).contains("does not say of which version");
        assertThat(reason(text.replace("\"FAILED\"", "\"EXPLODED\""), ID)).contains("'EXPLODED' is not known");
        assertThat(reason(text.replace("\"study\" : \"frozen\",", ""), ID)).contains("lacks a member");
        assertThat(reason(text.substring(0, text.length() / 2), ID)).contains("damaged at line");
        assertThat(reason("", ID)).contains("no JSON object");
        assertThat(reason("[]", ID)).contains("no JSON object");
        assertThat(reason("{}", ID)).contains("version");
        assertThat(reason(text, "20261128-115940-ffffff")).contains("that of another run");
        assertThat(StoredRuns.stage("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static String reason(String text, String id) {
        StoredRuns.Unreadable unreadable = catchThrowableOfType(
                StoredRuns.Unreadable.class, () -> StoredRuns.run(text.getBytes(StandardCharsets.UTF_8), id));
        return unreadable.reason();
    }

    private static RunView sample() {
        List<Figure.Series> series = List.of(new Figure.Series("s", List.of(0.5, Double.NaN)));
        List<Double> two = List.of(1.0, 2.0);
        Instant at = Instant.parse("2026-11-28T11:59:40.703148193Z");
        Metric metric = Metric.estimate("m", 0.5, 0.25, 1, 30, "household").in("EUR");
        StageView stage = new StageView(
                "a",
                "x.y",
                StageView.Status.PASSED,
                true,
                "ab".repeat(32),
                "cd".repeat(32),
                Map.of("text", "t", "list", List.of("a"), "flag", true, "part", Map.of("n", "1")),
                List.of(new StageView.InputView("file", "f.csv", "ef".repeat(32))),
                List.of(new StageView.OutputView(
                        "out", "it", StageView.Form.TABLE, "out.parquet", "01", "02", 3, Optional.of(4L))),
                List.of(metric, Metric.absent("none", 0, "nothing there")),
                List.of(
                        new Figure.Bars("t", "n", "x", "y", List.of("a", "b"), series),
                        new Figure.Histogram("t", "n", "x", "y", List.of(0.0, 1.0, 2.0), series),
                        new Figure.Intervals(
                                "t",
                                "n",
                                "y",
                                List.of("a", "b"),
                                List.of(new Figure.IntervalSeries("s", two, two, two))),
                        new Figure.Lines("t", "n", "x", "y", true, two, series),
                        new Figure.Points(
                                "t",
                                "n",
                                "x",
                                "y",
                                true,
                                false,
                                List.of(new Figure.PointSeries("s", two, two, List.of("l", "")))),
                        new Figure.Flow("t", "n", "rows", List.of(new Figure.Link("a", "b", 3)))),
                List.of(new Listing("l", "n", List.of("c"), List.of(List.of("x"), List.of(true)))),
                List.of("careful"),
                Map.of("records_in", 5L),
                Optional.of(new StageView.Cost(at, at, 1, 2, true, 3, "resident")),
                Optional.of(new StageView.Failure(Fault.Kind.STORAGE, "full")),
                "note",
                List.of(new StageView.Violation("out", "1", "2")),
                Optional.of("a server"),
                true,
                Optional.of("20260101-000000-abcdef"));
        Claim claim = new Claim("c", "it holds", "a", "m", Claim.Side.BELOW, 1.5);
        return new RunView(
                ID,
                "0123456789abcdef0123456789abcdef",
                "s",
                "t",
                "about",
                Long.MIN_VALUE,
                RunView.Status.PASSED,
                "cd".repeat(32),
                Map.of("assay-x", "ab"),
                at,
                Optional.of(at),
                List.of(stage),
                List.of(new RunView.ClaimView(claim, Claim.Verdict.HOLDS, Optional.of(metric))),
                Optional.of(new RunView.DriftView(
                        Optional.of("prior"), RunView.Severity.WARN, List.of(new RunView.Flag("D3", "a", "more")))));
    }
}
