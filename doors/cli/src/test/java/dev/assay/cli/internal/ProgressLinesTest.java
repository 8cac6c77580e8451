package dev.assay.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static Instant at(double seconds) {
        return BEGIN.plusMillis(Math.round(1000 * seconds));
    }

    /// What is said when somebody looks every second, with the second in front.
    private static List<String> said(ProgressLines lines, int from, int to) {
        List<String> said = new ArrayList<>();
        for (int second = from; second <= to; second++) {
            for (ProgressLines.Line line : lines.due(at(second))) {
                said.add(second + " " + line.stage() + " " + line.how() + " " + line.detail());
            }
        }
        return said;
    }

    @Test
    void aLongStageIsToldAfterTenSecondsAndThenEveryHalfMinute() {
        ProgressLines lines = new ProgressLines(ProgressLines.EVERY, BEGIN);
        lines.on(new Event.StageStarted(at(0), "fit", "k"));
        lines.on(new Event.Progress(at(0), "fit", "trees", 0, 200));
        lines.on(new Event.Progress(at(8), "fit", "trees", 20, 200));
        assertThat(said(lines, 0, 30)).containsExactly("10 fit at work trees 10 %, about 70 s left, 10 s so far");
        lines.on(new Event.Progress(at(39), "fit", "trees", 150, 200));
        assertThat(said(lines, 31, 75))
                .containsExactly(
                        "40 fit at work trees 75 %, about 12 s left, 40 s so far",
                        "70 fit at work trees 75 %, about 0 s left, 70 s so far");
        lines.on(new Event.Progress(at(76), "fit", "leaves", 3, 9));
        assertThat(said(lines, 76, 101)).containsExactly("100 fit at work leaves 33 %, 100 s so far");
    }

    @Test
    void aShortStageIsNotTold() {
        ProgressLines lines = new ProgressLines(ProgressLines.EVERY, BEGIN);
        lines.on(new Event.StageStarted(at(0), "read", "k"));
        assertThat(said(lines, 0, 9)).isEmpty();
        lines.on(new Event.StageSkipped(at(9), "read", "up"));
        assertThat(said(lines, 9, 18)).isEmpty();
    }

    @Test
    void aWaitSaysForWhomAgainAndAgain() {
        ProgressLines lines = new ProgressLines(Duration.ofSeconds(20), BEGIN);
        lines.on(new Event.StageWaiting(at(0), "fit", "run 7, stage fit"));
        assertThat(said(lines, 0, 55))
                .containsExactly(
                        "10 fit waiting for run 7, stage fit, 10 s so far",
                        "30 fit waiting for run 7, stage fit, 30 s so far",
                        "50 fit waiting for run 7, stage fit, 50 s so far");
        lines.on(new Event.StageStarted(at(56), "fit", "k"));
        assertThat(said(lines, 56, 66)).containsExactly("66 fit at work 10 s so far");
    }

    @Test
    void whatComesBeforeTheStagesIsToldToo() {
        ProgressLines lines = new ProgressLines(ProgressLines.EVERY, BEGIN);
        assertThat(said(lines, 0, 45))
                .containsExactly(
                        "10 run at work reading inputs and earlier results, 10 s so far",
                        "40 run at work reading inputs and earlier results, 40 s so far");
    }

    @Test
    void aStepThatBeginsAnewIsEstimatedAnew() {
        ProgressLines lines = new ProgressLines(ProgressLines.EVERY, BEGIN);
        lines.on(new Event.StageStarted(at(0), "fit", "k"));
        lines.on(new Event.Progress(at(1), "fit", "step", 10, 10));
        lines.on(new Event.Progress(at(5), "fit", "step", 1, 10));
        lines.on(new Event.Progress(at(10), "fit", "step", 2, 10));
        assertThat(said(lines, 10, 10)).containsExactly("10 fit at work step 20 %, about 40 s left, 10 s so far");
    }

    @Test
    void whatAStageIsGoingToComputeIsToldWithItsTime() {
        assertThat(ConsoleProgress.announced(new Event.Announced(at(0), "fit", "9 sets", OptionalDouble.of(300))))
                .isEqualTo("9 sets, about 5 min on this machine");
        assertThat(ConsoleProgress.announced(new Event.Announced(at(0), "fit", "9 sets", OptionalDouble.empty())))
                .isEqualTo("9 sets");
    }

    @Test
    void zeroSaysNothing() {
        ProgressLines lines = new ProgressLines(Duration.ZERO, BEGIN);
        lines.on(new Event.StageStarted(at(0), "fit", "k"));
        assertThat(said(lines, 0, 500)).isEmpty();
    }

    @Test
    void timesAreAsRoughAsTheyAreLong() {
        assertThat(ProgressLines.time(Duration.ofMillis(1400))).isEqualTo("1 s");
        assertThat(ProgressLines.time(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(ProgressLines.time(Duration.ofSeconds(185))).isEqualTo("3 min");
        assertThat(ProgressLines.time(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }
}
