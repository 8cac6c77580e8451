package dev.assay.study;

/// What a run would do with a stage, and why.
///
/// @param stage  the stage
/// @param action what would be done
/// @param reason one sentence
public record Forecast(StageSpec stage, Action action, String reason) {
    /// What would be done with a stage.
    public enum Action {
        /// It would run.
        RUN,
        /// Its earlier results would be taken.
        REUSE,
        /// It would run, unless the stages before it come out as they did.
        RUN_UNLESS_UNCHANGED
    }
}
