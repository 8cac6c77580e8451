package dev.assay.study;

import dev.assay.fault.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A run: a study that was carried out, or is being carried out. `run.json` holds it in a layout of its own
/// that later programs still read.
///
/// @param id            unique in its workspace; begins with the time
/// @param receiptId     the run's id in its receipts, 32 hexadecimal digits
/// @param study         the study's name
/// @param title         the study's title
/// @param about         what the study is for, may be empty
/// @param seed          the study's seed
/// @param status        how it ended
/// @param codeVersion   digest of the code that the stages can reach
/// @param program       that code by module and library, each with its digest; empty for runs of programs
///                      that did not write it down
/// @param startedAt     when it began
/// @param finishedAt    when it ended
/// @param stages        in the order of the plan
/// @param claims        in the order of the study; empty before they are judged
/// @param drift         what changed since the run before; empty until the run has ended
public record RunView(
        String id,
        String receiptId,
        String study,
        String title,
        String about,
        long seed,
        Status status,
        String codeVersion,
        Map<String, String> program,
        Instant startedAt,
        Optional<Instant> finishedAt,
        List<StageView> stages,
        List<ClaimView> claims,
        Optional<DriftView> drift) {
    public RunView {
        program = Collections.unmodifiableMap(new TreeMap<>(program));
        stages = List.copyOf(stages);
        claims = List.copyOf(claims);
    }

    /// How a run ended.
    public enum Status {
        /// It has not ended.
        RUNNING,
        /// All stages passed.
        PASSED,
        /// A stage failed.
        FAILED,
        /// It was stopped, or its process ended; running the study again goes on from there.
        INTERRUPTED
    }

    /// A claim and what the run said about it.
    ///
    /// @param claim    the claim
    /// @param verdict  what the measurement says
    /// @param measured the measurement, if there is one
    public record ClaimView(Claim claim, Claim.Verdict verdict, Optional<Metric> measured) {}

    /// What changed since the newest earlier run of the study that passed.
    ///
    /// @param priorRun that run's id, if there is one
    /// @param severity the highest of the flags' severities
    /// @param flags    what was seen
    public record DriftView(Optional<String> priorRun, Severity severity, List<Flag> flags) {
        public DriftView {
            flags = List.copyOf(flags);
        }
    }

    /// How much a change matters.
    public enum Severity {
        OK,
        WARN,
        ALERT
    }

    /// Something that was seen when two runs were compared.
    ///
    /// @param check   the rule, `D1` to `D9`
    /// @param subject a stage, or a column of one
    /// @param text    one sentence
    public record Flag(String check, String subject, String text) {}

    /// The stage of this name, if the run has one.
    public Optional<StageView> stage(String name) {
        return stages.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /// The claims that what was measured contradicts.
    public List<ClaimView> contradicted() {
        return claims.stream()
                .filter(c -> c.verdict() == Claim.Verdict.CONTRADICTED)
                .toList();
    }

    /// The exit code of a process that carried this run out, whatever its claims came to: that of the first stage in
    /// the plan's order that
    /// failed.
    public int exitCode() {
        return switch (status) {
            case PASSED -> 0;
            case RUNNING, INTERRUPTED -> Fault.Kind.INTERRUPTED.exitCode();
            case FAILED ->
                stages.stream()
                        .flatMap(s -> s.failure().stream())
                        .findFirst()
                        .map(f -> f.kind().exitCode())
                        .orElse(Fault.Kind.STAGE_FAILED.exitCode());
        };
    }
}
