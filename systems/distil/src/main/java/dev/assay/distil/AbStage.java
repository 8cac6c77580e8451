package dev.assay.distil;

import dev.assay.distil.internal.replay.Comparison;
import dev.assay.distil.internal.replay.RecordedSettings;
import dev.assay.distil.internal.replay.TaskFile;
import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `distil.ab`: two replays of the same tasks compared, task by task. A task is what is asked: runs of
/// one task under several ids are averaged, and the distinct task is the unit of intervals and tests.
@Headline({"right.difference", "gate-pass.difference"})
public final class AbStage implements Stage<AbStage.Settings, AbStage.Compared> {
    /// Two logs of the same tasks.
    public record Settings(
            @Input("the replay that is to be better, such as that with retrieval: the runs of distil.replay")
            Path treatment,

            @Input("the replay that it is compared with, such as that without")
            Path baseline,

            @Input("the tasks that were replayed, with references, to count right answers")
            Optional<Path> tasks,

            @Input(
                    value =
                            "what the treatment was made with, as distil.replay leaves it beside its runs; without it settings that differ are not known",
                    beside = "treatment",
                    artefact = "replay")
            Optional<ReplayRecord> treatmentRecord,

            @Input(value = "the same of the baseline", beside = "baseline", artefact = "replay")
            Optional<ReplayRecord> baselineRecord,

            @Setting(
                    value =
                            "when an answer is right: contains (the reference stands in it), exact, or number (its answer field or last number is the reference's)",
                    defaultsTo = "contains")
            AnswerMatch match) {}

    /// What comes out.
    public record Compared(
            @Artefact(
                    "a row for each measure: both shares and their difference with intervals over distinct tasks, and the test")
            Frame summary,

            @Artefact("a row for each pair of runs: what each replay made of the task")
            Frame pairs) {}

    @Override
    public String kind() {
        return "distil.ab";
    }

    @Override
    public String summary() {
        return "compare two replays of the same tasks, such as with and without retrieval";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Compared> output() {
        return Compared.class;
    }

    @Override
    public Compared run(Settings input, StageContext context) {
        List<ReplayRun> treatment = ReplayRun.read(input.treatment());
        List<ReplayRun> baseline = ReplayRun.read(input.baseline());
        RecordedSettings settings =
                RecordedSettings.of(treatment, input.treatmentRecord(), baseline, input.baselineRecord());
        Comparison comparison = Comparison.of(
                treatment,
                baseline,
                input.tasks().map(TaskFile::read),
                input.match(),
                context.seed(),
                context.engine());
        comparison.tell(context);
        settings.tell(context);
        return new Compared(comparison.summary(), comparison.pairs());
    }
}
