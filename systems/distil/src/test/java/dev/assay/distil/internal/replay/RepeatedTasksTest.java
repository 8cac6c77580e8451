package dev.assay.distil.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.distil.AnswerMatch;
import dev.assay.distil.GateVerdict;
import dev.assay.distil.ReplayArm;
import dev.assay.distil.ReplayRun;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.frame.Frame;
import dev.assay.inference.PairedOutcomes;
import dev.assay.receipt.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A task asked ten times is one task.
class RepeatedTasksTest {
    private static final Seed SEED = Seed.of(7);

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = LocalEngine.of(2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static ReplayRun run(int task, int repeat, boolean passed) {
        return new ReplayRun(
                "t" + task + "-" + repeat,
                "text of " + task,
                Digest.of("text of " + task).hex(),
                ReplayArm.RETRIEVAL,
                "m",
                List.of("m"),
                new ReplayRun.Retrieved("off", List.of(), List.of(), List.of(), OptionalInt.empty()),
                Digest.of("p").hex(),
                "answer",
                Optional.of(new GateVerdict(
                        passed ? List.of() : List.of(GateVerdict.Reason.HEDGE), OptionalDouble.of(passed ? 1 : 0))),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                "2026-01-01T00:00:00Z");
    }

    /// 20 tasks: 9 that the treatment passes almost always, 4 that the baseline does, 7 alike; ten
    /// repeats of each.
    private static Frame compared(int repeats) {
        List<ReplayRun> treatment = new ArrayList<>();
        List<ReplayRun> baseline = new ArrayList<>();
        for (int task = 0; task < 20; task++) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                boolean odd = repeat % 10 == task % 10;
                treatment.add(run(task, repeat, task < 9 ? !odd : task >= 13));
                baseline.add(run(task, repeat, task >= 9 && task < 13 ? !odd : task >= 13));
            }
        }
        return Comparison.of(treatment, baseline, Optional.empty(), AnswerMatch.CONTAINS, SEED, engine)
                .summary();
    }

    private static double at(Frame summary, String column) {
        return summary.numbers(column)[0];
    }

    @Test
    void repeatsAreAveragedWithinTheirTaskAndTasksAreTheUnits() {
        Frame summary = compared(10);
        assertThat(at(summary, "tasks")).isEqualTo(20);
        assertThat(at(summary, "runs")).isEqualTo(200);
        assertThat(at(summary, "difference")).isCloseTo(0.9 * 5 / 20, within(1e-12));
        // A t interval over the 20 differences of tasks, 9 of .9, 4 of -.9, 7 of 0, is [-.107, .557]; as
        // 200 independent pairs it would be [.138, .309].
        assertThat(at(summary, "difference_low")).isBetween(-0.14, -0.05);
        assertThat(at(summary, "difference_high")).isBetween(0.48, 0.57);
        PairedOutcomes independent = new PairedOutcomes(70, 81, 36, 13);
        assertThat(independent.mcNemar()).isLessThan(1e-4);
        // Signs of 13 differences of one size, 9 of them positive: 2 P(B(13, 1/2) >= 9) = .267.
        assertThat(at(summary, "p")).isBetween(0.25, 0.28);
    }

    @Test
    void moreOfTheSameRepeatsSayNothingMore() {
        Frame ten = compared(10);
        Frame forty = compared(40);
        for (String column :
                List.of("tasks", "difference", "difference_low", "difference_high", "p", "treatment_share")) {
            assertThat(at(forty, column)).as(column).isCloseTo(at(ten, column), within(1e-9));
        }
    }

    @Test
    void withoutRepeatsTheIntervalIsThatOfPairs() {
        Frame once = compared(1);
        PairedOutcomes pairs = new PairedOutcomes(7, 8, 3, 2);
        assertThat(at(once, "tasks")).isEqualTo(20);
        assertThat(at(once, "difference_low"))
                .isEqualTo(pairs.differenceInterval(0.95).low());
        assertThat(at(once, "p")).isEqualTo(pairs.mcNemar());
    }

    /// Tasks of one law, each repeated: the interval over tasks covers the true difference, that over
    /// pairs does not. The long form, 2,000 comparisons, is `-Dassay.comparisons=2000`.
    @Test
    void intervalsOverTasksCoverWhereTasksAreRepeated() {
        int comparisons = Integer.getInteger("assay.comparisons", 120);
        int covered = 0;
        int coveredByPairs = 0;
        for (int i = 0; i < comparisons; i++) {
            SplittableRandom random = new SplittableRandom(i);
            List<String> tasks = new ArrayList<>();
            boolean[] treatment = new boolean[300];
            boolean[] baseline = new boolean[300];
            for (int task = 0; task < 30; task++) {
                double one = random.nextDouble() < 0.5 ? 0.95 : 0.05;
                double other = random.nextDouble() < 0.3 ? 0.95 : 0.05;
                for (int repeat = 0; repeat < 10; repeat++) {
                    treatment[tasks.size()] = random.nextDouble() < one;
                    baseline[tasks.size()] = random.nextDouble() < other;
                    tasks.add("t" + task);
                }
            }
            Measure measure = Measure.of("m", "m", tasks, treatment, baseline, SEED.child(i), engine);
            double truth = 0.2 * 0.9;
            covered += measure.difference().low().orElseThrow() <= truth
                            && truth <= measure.difference().high().orElseThrow()
                    ? 1
                    : 0;
            var ends = measure.outcomes().differenceInterval(0.95);
            coveredByPairs += ends.low() <= truth && truth <= ends.high() ? 1 : 0;
        }
        assertThat((double) covered / comparisons).isBetween(0.88, 0.99);
        assertThat((double) coveredByPairs / comparisons).isLessThan(0.6);
    }
}
