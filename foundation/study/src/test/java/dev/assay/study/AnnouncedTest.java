package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.engine.LocalEngine;
import dev.assay.study.fake.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stage says before long work.
class AnnouncedTest {
    /// A clock that somebody sets.
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void itsPiecesAreTimedByTheRunnersClockAndNothingOfItIsKeptWithTheResults(@TempDir Path folder) throws IOException {
        SetClock clock = new SetClock();
        Bench bench = new Bench(folder).with("test.long", (in, context) -> {
            context.announce(
                    "7 things",
                    List.of(
                            new StageContext.Piece(() -> clock.pass(Duration.ofMillis(1500)), 20),
                            new StageContext.Piece(() -> clock.pass(Duration.ofSeconds(4)), 0.5)));
            context.announce("what nobody can time", List.of());
            return new Numbers("n", List.of());
        });
        List<Event> events = new ArrayList<>();
        RunView run;
        try (LocalEngine engine = LocalEngine.of(1)) {
            run = Runner.of(bench.workspace, engine, clock, bench.settings, events::add)
                    .run(Plan.of(bench.study("study: s\nseed: 1\nstages:\n  a: { kind: test.long }\n")));
        }
        assertThat(events)
                .filteredOn(Event.Announced.class::isInstance)
                .containsExactly(
                        new Event.Announced(clock.instant(), "a", "7 things", OptionalDouble.of(32)),
                        new Event.Announced(clock.instant(), "a", "what nobody can time", OptionalDouble.empty()));
        Path home = bench.workspace.folder(run);
        assertThat(Files.readString(home.resolve("run.json"))).doesNotContain("7 things");
        assertThat(Files.readString(home.resolve("events.jsonl")))
                .contains("\"event\":\"announced\"", "\"work\":\"7 things\",\"seconds\":32.0");
    }
}
