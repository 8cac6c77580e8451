package dev.assay.cli.internal;

import dev.assay.study.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says now and then how far a run has come, where there is no terminal to draw a bar on: a line for
/// each stage that works or waits, the first after [#FIRST] or the interval if that is shorter, then
/// one every interval. Knows no clock: it is told the time. Not thread-safe.
final class ProgressLines {
    /// The interval unless another is given.
    static final Duration EVERY = Duration.ofSeconds(30);
    /// From here on somebody who looks at a log wants to know.
    static final Duration FIRST = Duration.ofSeconds(10);

    private final Duration every;
    private final Map<String, Doing> stages = new LinkedHashMap<>();
    private Instant idleFrom;
    private Instant idleSaid;

    /// @param every zero for no lines at all
    /// @param now   when the run begins
    ProgressLines(Duration every, Instant now) {
        this.every = every;
        this.idleFrom = now;
        this.idleSaid = Instant.MIN;
    }

    /// What is to be said of a stage.
    ///
    /// @param stage its name, or `run`
    /// @param how   `at work` or `waiting`
    record Line(String stage, String how, String detail) {}

    private static final class Bar {
        private final String what;
        private final Instant begin;
        private final long first;
        private Instant at;
        private long done;
        private long total;

        Bar(Event.Progress heard) {
            what = heard.what();
            begin = heard.at();
            at = heard.at();
            first = heard.done();
            done = heard.done();
            total = heard.total();
        }

        String shown(Instant now) {
            if (total <= 0) {
                return what;
            }
            double share = Math.min(1, done / (double) total);
            return String.format(Locale.ROOT, "%s %.0f %%", what, Math.floor(100 * share));
        }

        /// How long this bar will still take, if it goes on as it went.
        Optional<Duration> left(Instant now) {
            if (done <= first || done >= total) {
                return Optional.empty();
            }
            double rest = (total - done) * (double) Duration.between(begin, at).toMillis() / (done - first)
                    - Duration.between(at, now).toMillis();
            return Optional.of(Duration.ofMillis(Math.max(0, Math.round(rest))));
        }
    }

    private static final class Doing {
        private final Instant begin;
        private Instant said = Instant.MIN;
        private final @Nullable String holder;
        private final Map<String, Bar> bars = new LinkedHashMap<>();
        private @Nullable Bar latest;

        Doing(Instant begin, @Nullable String holder) {
            this.begin = begin;
            this.holder = holder;
        }
    }

    /// Something happened.
    void on(Event event) {
        switch (event) {
            case Event.StageStarted e -> stages.put(e.stage(), new Doing(e.at(), null));
            case Event.StageWaiting e -> {
                Doing before = stages.get(e.stage());
                Doing waits = new Doing(before == null ? e.at() : before.begin, e.holder());
                stages.put(e.stage(), waits);
            }
            case Event.Progress e -> progress(e);
            case Event.StageReused e -> ended(e);
            case Event.StageFinished e -> ended(e);
            case Event.StageFailed e -> ended(e);
            case Event.StageSkipped e -> ended(e);
            case Event.StageInterrupted e -> ended(e);
            default -> {}
        }
    }

    private void progress(Event.Progress e) {
        Doing doing = stages.get(e.stage());
        if (doing == null) {
            return;
        }
        Bar bar = doing.bars.get(e.what());
        if (bar == null || e.done() < bar.done) {
            bar = new Bar(e);
            doing.bars.put(e.what(), bar);
        }
        bar.at = e.at();
        bar.done = e.done();
        bar.total = e.total();
        doing.latest = bar;
    }

    private void ended(Event.OfStage event) {
        stages.remove(event.stage());
        idleFrom = event.at();
        idleSaid = Instant.MIN;
    }

    /// What is due to be said now.
    List<Line> due(Instant now) {
        List<Line> lines = new ArrayList<>();
        if (every.isZero()) {
            return lines;
        }
        if (stages.isEmpty() && isDue(idleFrom, idleSaid, now)) {
            idleSaid = now;
            lines.add(new Line("run", "at work", "reading inputs and earlier results, " + passed(idleFrom, now)));
        }
        stages.forEach((stage, doing) -> {
            if (isDue(doing.begin, doing.said, now)) {
                doing.said = now;
                lines.add(line(stage, doing, now));
            }
        });
        return lines;
    }

    private boolean isDue(Instant begin, Instant said, Instant now) {
        Duration first = every.compareTo(FIRST) < 0 ? every : FIRST;
        Instant next = said.equals(Instant.MIN) ? begin.plus(first) : said.plus(every);
        return !now.isBefore(next);
    }

    private static Line line(String stage, Doing doing, Instant now) {
        if (doing.holder != null) {
            return new Line(stage, "waiting", "for " + doing.holder + ", " + passed(doing.begin, now));
        }
        Bar bar = doing.latest;
        if (bar == null) {
            return new Line(stage, "at work", passed(doing.begin, now));
        }
        String left = bar.left(now).map(l -> ", about " + time(l) + " left").orElse("");
        return new Line(stage, "at work", bar.shown(now) + left + ", " + passed(doing.begin, now));
    }

    private static String passed(Instant begin, Instant now) {
        return time(Duration.between(begin, now)) + " so far";
    }

    /// Whole seconds below two minutes, else minutes, else hours: nobody needs more of an estimate.
    static String time(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
