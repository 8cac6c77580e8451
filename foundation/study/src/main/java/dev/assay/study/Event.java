package dev.assay.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.fault.Fault;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/// Something that happened in a run. The console, the dashboard and `events.jsonl` read the same stream.
///
/// A stage's events begin with [StageStarted] or [StageReused] and, unless reused, end with [StageFinished],
/// [StageFailed] or [StageInterrupted]. A reused stage states its metrics, figures, listings, warnings and
/// counts again after [StageReused].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.RunStarted.class, name = "run-started"),
    @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = Event.StageWaiting.class, name = "stage-waiting"),
    @JsonSubTypes.Type(value = Event.StageStarted.class, name = "stage-started"),
    @JsonSubTypes.Type(value = Event.StageReused.class, name = "stage-reused"),
    @JsonSubTypes.Type(value = Event.EntryDamaged.class, name = "entry-damaged"),
    @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Event.Announced.class, name = "announced"),
    @JsonSubTypes.Type(value = Event.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = Event.FigureShown.class, name = "figure-shown"),
    @JsonSubTypes.Type(value = Event.ListingShown.class, name = "listing-shown"),
    @JsonSubTypes.Type(value = Event.Warned.class, name = "warned"),
    @JsonSubTypes.Type(value = Event.Counted.class, name = "counted"),
    @JsonSubTypes.Type(value = Event.ResultChanged.class, name = "result-changed"),
    @JsonSubTypes.Type(value = Event.StageFinished.class, name = "stage-finished"),
    @JsonSubTypes.Type(value = Event.StageFailed.class, name = "stage-failed"),
    @JsonSubTypes.Type(value = Event.StageSkipped.class, name = "stage-skipped"),
    @JsonSubTypes.Type(value = Event.StageInterrupted.class, name = "stage-interrupted"),
    @JsonSubTypes.Type(value = Event.ClaimJudged.class, name = "claim-judged"),
    @JsonSubTypes.Type(value = Event.RunFinished.class, name = "run-finished")
})
public sealed interface Event {
    /// When it happened.
    Instant at();

    /// An event of one stage.
    sealed interface OfStage extends Event {
        /// The stage's name.
        String stage();
    }

    /// A run began.
    ///
    /// @param stages in the order of the plan
    record RunStarted(Instant at, String run, String study, List<String> stages) implements Event {
        public RunStarted {
            stages = List.copyOf(stages);
        }
    }

    /// Something that the reader must know of the run as a whole, one sentence.
    record Noted(Instant at, String sentence) implements Event {}

    /// A stage began to work.
    record StageStarted(Instant at, String stage, String kind) implements OfStage {}

    /// A stage waits for another run.
    ///
    /// @param holder who it waits for, in words
    record StageWaiting(Instant at, String stage, String holder) implements OfStage {}

    /// A stage's earlier results were checked and taken.
    record StageReused(Instant at, String stage, String kind, String key) implements OfStage {}

    /// Earlier results were found damaged, or not made by this user, and thrown away; the stage runs again.
    record EntryDamaged(Instant at, String stage, String key, String sentence) implements OfStage {}

    /// How far work has come. Sent at most every [#PROGRESS_MILLIS] milliseconds, and once at the end.
    ///
    /// @param what  what is being done
    /// @param done  units finished
    /// @param total units in all
    record Progress(Instant at, String stage, String what, long done, long total) implements OfStage {}

    /// A stage said what it is going to compute.
    ///
    /// @param work    in words, with its numbers
    /// @param seconds how long that may take on this machine, from timing a small piece; nothing if
    ///     it was not timed
    record Announced(Instant at, String stage, String work, OptionalDouble seconds) implements OfStage {}

    /// A measurement was stated.
    record Measured(Instant at, String stage, Metric metric) implements OfStage {}

    /// A chart was shown.
    record FigureShown(Instant at, String stage, Figure figure) implements OfStage {}

    /// A table was shown.
    record ListingShown(Instant at, String stage, Listing listing) implements OfStage {}

    /// A warning was given.
    record Warned(Instant at, String stage, String sentence) implements OfStage {}

    /// Rows were counted.
    ///
    /// @param total all rows counted under this name so far
    record Counted(Instant at, String stage, String name, long total) implements OfStage {}

    /// An artefact came out other than before, though nothing it follows from had changed.
    record ResultChanged(Instant at, String stage, StageView.Violation violation) implements OfStage {}

    /// A stage's results are kept.
    record StageFinished(Instant at, String stage, StageView.Cost cost) implements OfStage {}

    /// A stage failed.
    record StageFailed(Instant at, String stage, Fault.Kind kind, String sentence) implements OfStage {}

    /// A stage is not run.
    ///
    /// @param upstream the failed stage that it depends on, directly or not
    record StageSkipped(Instant at, String stage, String upstream) implements OfStage {}

    /// A stage was stopped from outside.
    record StageInterrupted(Instant at, String stage) implements OfStage {}

    /// A claim was judged.
    record ClaimJudged(Instant at, RunView.ClaimView claim) implements Event {}

    /// A run ended; `run.json` has been written.
    record RunFinished(Instant at, String run, RunView.Status status, int exitCode) implements Event {}

    /// Shortest time between two events of the same bar. Ten a second are smooth to the eye.
    long PROGRESS_MILLIS = 100;
}
