package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stage that says as much as there are rows.
class BoundedRecordsTest {
    private static final int MANY = 5_000;
    private static final String YAML = "study: many\nseed: 1\nstages:\n  a: { kind: test.many }\n";

    @TempDir
    Path folder;

    private Bench bench;
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void open() {
        bench = new Bench(folder).with("test.many", (in, context) -> {
            calls.incrementAndGet();
            List<Double> numbers =
                    DoubleStream.iterate(0, d -> d + 1).limit(MANY).boxed().toList();
            List<String> names =
                    IntStream.range(0, MANY).mapToObj(i -> "target " + i).toList();
            context.table(new Listing(
                    "Targets",
                    "Each by its name.",
                    List.of("target", "value"),
                    IntStream.range(0, MANY)
                            .mapToObj(i -> List.<Object>of(names.get(i), i))
                            .toList()));
            context.figure(new Figure.Points(
                    "Points",
                    "",
                    "x",
                    "y",
                    false,
                    false,
                    List.of(new Figure.PointSeries("p", numbers, numbers, names))));
            context.figure(new Figure.Bars("Bars", "", "x", "y", names, List.of(new Figure.Series("b", numbers))));
            context.figure(
                    new Figure.Lines("Lines", "", "x", "y", false, numbers, List.of(new Figure.Series("l", numbers))));
            context.figure(new Figure.Intervals(
                    "Intervals", "", "y", names, List.of(new Figure.IntervalSeries("i", numbers, numbers, numbers))));
            for (int i = 0; i < MANY; i++) {
                context.measured(Metric.exact("target-" + i, i, 1));
                context.warn("target " + i + " is not met");
            }
            return new Numbers("n", Collections.nCopies(3, 1L));
        });
    }

    @Test
    void isRecordedInSizeThatDoesNotGrowAndWhatIsLeftOutIsCounted() throws IOException {
        RunView run = bench.run(YAML);
        StageView stage = Bench.stage(run, "a");
        Path home = bench.workspace.folder(run);
        assertThat(Files.size(home.resolve("run.json"))).isLessThan(2_000_000);
        assertThat(Files.size(home.resolve("events.jsonl"))).isLessThan(2_000_000);
        try (Stream<Path> receipts = Files.walk(home.resolve("receipts"))) {
            assertThat(receipts.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(100_000));
        }

        Listing listing = stage.listings().getFirst();
        assertThat(listing.rows()).hasSize(1_000);
        assertThat(listing.note()).isEqualTo("Each by its name. These are the first 1000 of 5000 rows.");
        assertThat(stage.figures())
                .extracting(Figure::note)
                .allMatch(note -> note.contains("of 5000") || note.startsWith("Of 5000"));
        Figure.Points points = (Figure.Points) stage.figures().getFirst();
        assertThat(points.series().getFirst().x())
                .hasSize(2_000)
                .startsWith(0.0)
                .endsWith(MANY - 1.0);
        assertThat(points.series().getFirst().labels()).hasSize(2_000).endsWith("target 4999");
        assertThat(stage.metrics()).hasSize(2_000);
        assertThat(stage.warnings())
                .hasSize(102)
                .contains("These are the first 100 of 5000 warnings.")
                .last()
                .asString()
                .contains("first 2000 of 5000 metrics");
        assertThat(bench.workspace.run("latest").stages().getFirst().warnings()).isEqualTo(stage.warnings());
    }

    @Test
    void aClaimKeepsTheMetricThatItIsAboutAndHasTheStageRunAgainIfNobodyKeptIt() {
        bench.run(YAML);
        assertThat(Bench.stage(bench.run(YAML), "a").reused()).isTrue();
        String claimed = YAML + "claims:\n  - { id: last, says: it is large, at: a.target-4999, above: 100 }\n";
        RunView run = bench.run(claimed);
        assertThat(run.claims()).extracting(RunView.ClaimView::verdict).containsExactly(Claim.Verdict.HOLDS);
        assertThat(calls).hasValue(2);
        assertThat(Bench.stage(bench.run(claimed), "a").reused()).isTrue();
        assertThat(Bench.stage(bench.run(YAML), "a").reused()).isTrue();
    }
}
