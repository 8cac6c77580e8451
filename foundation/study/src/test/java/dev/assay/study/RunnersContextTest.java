package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.assay.study.fake.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The context that the runner gives to a stage; what it kept is read back from the run's record.
class RunnersContextTest extends StageContextContract {
    private static final String STUDY = "study: talk\nseed: 1\nstages:\n  a: { kind: test.talk }\n";

    @TempDir
    Path folder;

    @Override
    Kept kept(Work work) throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        Bench bench = new Bench(folder).with("test.talk", (in, context) -> {
            try {
                work.in(context);
            } catch (Exception | AssertionError e) {
                thrown.add(e);
            }
            return new Numbers("talk", List.of());
        });
        RunView run = bench.run(STUDY);
        for (Throwable each : thrown) {
            throw new AssertionError("in the stage", each);
        }
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        StageView stage = Bench.stage(bench.workspace.run("latest"), "a");
        return new Kept(stage.metrics(), stage.figures(), stage.listings(), stage.counts(), stage.warnings());
    }

    @Test
    void aStageThatIsOverIsNotHeardAndGetsNoFolder() {
        List<StageContext> left = new ArrayList<>();
        Bench bench = new Bench(folder).with("test.talk", (in, context) -> {
            left.add(context);
            return new Numbers("talk", List.of());
        });
        RunView run = bench.run(STUDY);
        int events = bench.events.size();

        StageContext context = left.getFirst();
        context.measured(Metric.exact("late", 1, 1));
        context.measured(Metric.exact("late", 2, 1));
        context.count("records_in", -1);
        context.warn("late");
        assertThat(catchThrowable(context::resumable)).isInstanceOf(CancellationException.class);
        assertThat(bench.events).hasSize(events);
        assertThat(Bench.stage(run, "a").metrics()).isEmpty();
    }
}
