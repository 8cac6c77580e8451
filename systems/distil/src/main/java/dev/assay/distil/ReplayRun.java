package dev.assay.distil;

import dev.assay.distil.internal.replay.RunLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One task replayed, version 1: what was retrieved, asked, answered and judged.
///
/// Everything but `latencyMs` is a function of task, index, settings and what the model answers.
///
/// @param taskId         the task's id
/// @param task           the task's text
/// @param taskHash       SHA-256 in hex of the task's normal text
/// @param arm            with retrieval or without
/// @param model          who gave the answer, or was asked last
/// @param escalationPath everybody who was asked, in order
/// @param bundle         what was retrieved
/// @param promptSha256   SHA-256 in hex of the canonical form of the messages
/// @param response       the answer, empty if there is none
/// @param verdict        of the gate; absent if there is no answer or nobody was asked
/// @param finishReason why the answer ends, as the end point says: `stop` if the model ended it, `length`
///     if it was cut, `content_filter`, `tool_calls`, `refusal`; absent if nothing is said
/// @param usage          tokens, if the end point counts them
/// @param latencyMs      from the first request to the last answer, retries and pauses included; 0 if no
///                       model was asked
/// @param modelError     why there is no answer
/// @param recordedAt     given by the caller
public record ReplayRun(
        String taskId,
        String task,
        String taskHash,
        ReplayArm arm,
        String model,
        List<String> escalationPath,
        Retrieved bundle,
        String promptSha256,
        String response,
        Optional<GateVerdict> verdict,
        Optional<String> finishReason,
        Optional<Usage> usage,
        long latencyMs,
        Optional<String> modelError,
        String recordedAt) {

    /// What was retrieved.
    ///
    /// @param outcome `found`, `none_relevant` if nothing is above the floor, `off` in the arm without retrieval
    /// @param ragIds  ids of the playbooks, best first
    /// @param scores  their scores
    /// @param steps   the validation steps
    /// @param ownRuns how many of the playbooks are earlier runs of this very task, if that is known; see
    ///                [EarlierRuns]
    public record Retrieved(
            String outcome, List<String> ragIds, List<Double> scores, List<String> steps, OptionalInt ownRuns) {
        /// Copies the lists.
        ///
        /// @throws IllegalArgumentException if a count below 0 or above that of the playbooks is given
        public Retrieved {
            ragIds = List.copyOf(ragIds);
            scores = List.copyOf(scores);
            steps = List.copyOf(steps);
            if (ownRuns.isPresent() && (ownRuns.getAsInt() < 0 || ownRuns.getAsInt() > ragIds.size())) {
                throw new IllegalArgumentException("between none and all that was retrieved is the task's own");
            }
        }
    }

    /// Tokens of request and answer.
    public record Usage(long promptTokens, long completionTokens) {}

    /// Copies the list.
    public ReplayRun {
        escalationPath = List.copyOf(escalationPath);
    }

    /// Whether the gate let the answer pass.
    public boolean passed() {
        return verdict.isPresent() && verdict.get().passed();
    }

    /// Whether the end point says that the answer did not come to its end.
    public boolean unfinished() {
        return finishReason.isPresent() && !finishReason.get().equals("stop");
    }

    /// The line of a log, canonical, without line feed.
    public String line() {
        return RunLines.line(this);
    }

    /// The runs of a log, in order.
    ///
    /// @throws dev.assay.fault.Fault naming the line, if the file is missing or a line is no run
    public static List<ReplayRun> read(Path log) {
        return RunLines.read(log);
    }
}
