package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a run ended: the predicate of the run's last statement, whose subjects are all files of the run's folder.
///
/// @param run        the run's id, which is the name of its folder, such as `20261128-113830-43a6b5`
/// @param runId      the id of the run in its receipts, 32 hexadecimal digits (see [RunIds])
/// @param pipeline   the pipeline or study
/// @param status     how the run ended
/// @param recordedAt the time that the caller pinned
/// @param stages     its stages in the order of the plan, at least one
public record RunOutcome(
        String run, String runId, String pipeline, Status status, Instant recordedAt, List<StageOutcome> stages)
        implements Statement.Predicate {
    /// The type of the predicate.
    public static final String TYPE = "https://assay.dev/run/v1";

    /// How a run ended.
    public enum Status {
        /// All stages passed.
        @JsonProperty("passed")
        PASSED,
        /// All stages are over, and the run did not pass.
        @JsonProperty("failed")
        FAILED,
        /// It was stopped before all stages were over.
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    /// How a stage stood when the run ended.
    public enum StageStatus {
        /// As [StageRecord.Status#PASSED].
        @JsonProperty("passed")
        PASSED,
        /// As [StageRecord.Status#FAILED].
        @JsonProperty("failed")
        FAILED,
        /// As [StageRecord.Status#SKIPPED].
        @JsonProperty("skipped")
        SKIPPED,
        /// It ran when the run was stopped.
        @JsonProperty("interrupted")
        INTERRUPTED,
        /// It had not begun when the run was stopped.
        @JsonProperty("waiting")
        WAITING;

        /// The status of a stage with a record.
        public static StageStatus of(StageRecord.Status status) {
            return switch (status) {
                case PASSED -> PASSED;
                case FAILED -> FAILED;
                case SKIPPED -> SKIPPED;
            };
        }

        /// Whether the stage is over, so that it has receipts.
        public boolean over() {
            return switch (this) {
                case PASSED, FAILED, SKIPPED -> true;
                case INTERRUPTED, WAITING -> false;
            };
        }
    }

    /// A stage of the run.
    ///
    /// @param name    its name
    /// @param status  how it stood
    /// @param outside what it depends on that no digest covers, as its record has it
    public record StageOutcome(String name, StageStatus status, Optional<String> outside) {
        /// @throws IllegalArgumentException if the stage's name breaks the rule for names
        public StageOutcome {
            Rules.stageName(name, "name of a stage");
            Rules.present(status, "status");
            outside.ifPresent(text -> Rules.text(text, "outside"));
        }

        /// What the record of a stage says.
        public static StageOutcome of(StageRecord record) {
            return new StageOutcome(record.stage(), StageStatus.of(record.status()), record.outside());
        }

        /// A stage that was not over, and has no record.
        ///
        /// @throws IllegalArgumentException if the status is one of a stage that is over
        public static StageOutcome unfinished(String name, StageStatus status) {
            Rules.require(!status.over(), "a stage that is over has a record: " + name);
            return new StageOutcome(name, status, Optional.empty());
        }
    }

    /// @throws IllegalArgumentException if an id is none, a stage stands twice, or the status of the run does not
    ///     go with those of its stages
    public RunOutcome {
        Rules.relativePath(run, "run");
        Rules.require(run.indexOf('/') < 0, "run must be the name of a folder");
        Rules.runId(runId, "runId");
        Rules.text(pipeline, "pipeline");
        Rules.present(status, "status");
        Rules.present(recordedAt, "recordedAt");
        stages = Rules.list(stages, "stages");
        Rules.require(!stages.isEmpty(), "a run must have a stage");
        Rules.require(
                stages.stream().map(StageOutcome::name).distinct().count() == stages.size(),
                "a stage must not stand twice in a run");
        boolean over = stages.stream().allMatch(stage -> stage.status().over());
        boolean passed = stages.stream().allMatch(stage -> stage.status() == StageStatus.PASSED);
        Rules.require(over || status == Status.INTERRUPTED, "a run whose stages are not all over was interrupted");
        Rules.require(passed || status != Status.PASSED, "a run with a stage that did not pass must not pass");
    }

    /// The outcome of a run.
    ///
    /// @param run      the run's id, which is the name of its folder
    /// @param identity what all its receipts share
    /// @param status   how it ended
    /// @param stages   in the order of the plan
    /// @throws IllegalArgumentException as the constructor does
    public static RunOutcome of(String run, RunIdentity identity, Status status, List<StageOutcome> stages) {
        return new RunOutcome(run, identity.runId(), identity.pipeline(), status, identity.recordedAt(), stages);
    }

    /// Names of the stages that have receipts.
    List<String> over() {
        return stages.stream()
                .filter(stage -> stage.status().over())
                .map(StageOutcome::name)
                .toList();
    }
}
