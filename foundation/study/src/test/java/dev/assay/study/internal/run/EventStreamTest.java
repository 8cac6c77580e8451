package dev.assay.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.files.OwnFolder;
import dev.assay.study.Event;
import dev.assay.study.Plan;
import dev.assay.study.StageRegistry;
import dev.assay.study.StudyFile;
import dev.assay.study.fake.CountStage;
import dev.assay.study.internal.store.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
    /// A clock that goes on by a step each time it is looked at.
    private static final class Ticking extends Clock {
        private final long stepMillis;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        Ticking(long stepMillis) {
            this.stepMillis = stepMillis;
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
            now = now.plusMillis(stepMillis);
            return now;
        }
    }

    @Test
    void aDayOfProgressIsHeardInFullAndTakesFewLinesOfTheFile(@TempDir Path folder) throws IOException {
        Path study = Files.writeString(
                folder.resolve("study.yaml"), "study: s\nseed: 1\nstages:\n  a: { kind: test.count, up-to: 3 }\n");
        Plan plan = Plan.of(StudyFile.parse(study, List.of(), StageRegistry.of(List.of(new CountStage()))));
        Layout layout = Layout.of(folder.resolve("ws")).claimed();
        OwnFolder files = layout.files();
        Path log = files.folder(layout.runs()).resolve("events.jsonl");
        int events = 86_400;
        List<Event> heard = new ArrayList<>();
        try (EventStream stream =
                new EventStream(files, log, heard::add, new Ticking(1_000), Discretion.of(plan, layout))) {
            for (int i = 1; i <= events; i++) {
                long done = i;
                stream.tell(at -> new Event.Progress(at, "a", "working", done, events));
            }
            stream.tell(at -> new Event.StageSkipped(at, "a", "b"));
        }
        assertThat(heard).hasSize(events + 1);
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSizeBetween(200, 500);
        assertThat(lines.getFirst()).contains("\"done\":1,");
        assertThat(lines.getLast()).contains("stage-skipped");
    }
}
