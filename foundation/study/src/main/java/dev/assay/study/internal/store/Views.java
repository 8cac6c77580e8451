package dev.assay.study.internal.store;

import dev.assay.study.Metric;
import dev.assay.study.RunView;
import dev.assay.study.RunView.ClaimView;
import dev.assay.study.RunView.DriftView;
import dev.assay.study.StageSpec;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Cost;
import dev.assay.study.StageView.Failure;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Status;
import dev.assay.study.StageView.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changed copies of views.
public final class Views {
    private Views() {}

    /// A stage that has not begun.
    public static StageView waiting(StageSpec stage) {
        return new StageView(
                stage.name(),
                stage.description().kind(),
                Status.WAITING,
                false,
                "",
                "",
                stage.settings(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                List.of(),
                Optional.empty(),
                false);
    }

    /// With another status.
    public static StageView withStatus(StageView s, Status status) {
        return copy(
                s,
                status,
                s.reused(),
                s.key(),
                s.inputs(),
                s.outputs(),
                s.cost(),
                s.failure(),
                s.note(),
                s.violations());
    }

    /// With its key, code and inputs, at work.
    public static StageView running(StageView s, String key, String code, List<InputView> inputs) {
        return new StageView(
                s.name(),
                s.kind(),
                Status.RUNNING,
                false,
                key,
                code,
                s.settings(),
                inputs,
                List.of(),
                s.metrics(),
                s.figures(),
                s.listings(),
                s.warnings(),
                s.counts(),
                s.cost(),
                s.failure(),
                s.note(),
                List.of(),
                s.outside(),
                s.confidential());
    }

    /// With what its results depend on besides what its key holds.
    public static StageView outside(StageView s, Optional<String> outside) {
        return new StageView(
                s.name(),
                s.kind(),
                s.status(),
                s.reused(),
                s.key(),
                s.code(),
                s.settings(),
                s.inputs(),
                s.outputs(),
                s.metrics(),
                s.figures(),
                s.listings(),
                s.warnings(),
                s.counts(),
                s.cost(),
                s.failure(),
                s.note(),
                s.violations(),
                outside,
                s.confidential());
    }

    /// A confidential stage with only what may be told of it: these parts, and no charts and tables.
    public static StageView disclosed(
            StageView s,
            List<OutputView> outputs,
            List<Metric> metrics,
            List<String> warnings,
            Map<String, Long> counts,
            Optional<Failure> failure,
            List<Violation> violations) {
        return new StageView(
                s.name(),
                s.kind(),
                s.status(),
                s.reused(),
                s.key(),
                s.code(),
                s.settings(),
                s.inputs(),
                outputs,
                metrics,
                List.of(),
                List.of(),
                warnings,
                counts,
                s.cost(),
                failure,
                s.note(),
                violations,
                s.outside(),
                true);
    }

    /// With its artefacts and cost, passed.
    public static StageView passed(StageView s, List<OutputView> outputs, Cost cost, List<Violation> violations) {
        return copy(
                s,
                Status.PASSED,
                false,
                s.key(),
                s.inputs(),
                outputs,
                Optional.of(cost),
                Optional.empty(),
                "",
                violations);
    }

    /// An earlier stage's results under this run's names.
    public static StageView reused(StageView manifest, StageView now) {
        return copy(
                running(manifest, now.key(), now.code(), now.inputs()),
                Status.PASSED,
                true,
                now.key(),
                now.inputs(),
                manifest.outputs(),
                manifest.cost(),
                Optional.empty(),
                "",
                manifest.violations());
    }

    /// Failed.
    public static StageView failed(StageView s, Optional<Cost> cost, Failure failure) {
        return copy(
                s,
                Status.FAILED,
                false,
                s.key(),
                s.inputs(),
                List.of(),
                cost,
                Optional.of(failure),
                "",
                s.violations());
    }

    /// Skipped.
    public static StageView skipped(StageView s, String upstream) {
        return copy(
                s,
                Status.SKIPPED,
                false,
                s.key(),
                s.inputs(),
                List.of(),
                s.cost(),
                s.failure(),
                "upstream: " + upstream,
                s.violations());
    }

    private static StageView copy(
            StageView s,
            Status status,
            boolean reused,
            String key,
            List<InputView> inputs,
            List<OutputView> outputs,
            Optional<Cost> cost,
            Optional<Failure> failure,
            String note,
            List<Violation> violations) {
        return new StageView(
                s.name(),
                s.kind(),
                status,
                reused,
                key,
                s.code(),
                s.settings(),
                inputs,
                outputs,
                s.metrics(),
                s.figures(),
                s.listings(),
                s.warnings(),
                s.counts(),
                cost,
                failure,
                note,
                violations,
                s.outside(),
                s.confidential());
    }

    /// With another status.
    public static RunView withStatus(RunView r, RunView.Status status) {
        return copy(r, status, r.finishedAt(), r.stages(), r.claims(), r.drift());
    }

    /// With other stages.
    public static RunView withStages(RunView r, List<StageView> stages) {
        return copy(r, r.status(), r.finishedAt(), stages, r.claims(), r.drift());
    }

    /// At its end.
    public static RunView finished(
            RunView r, RunView.Status status, Instant at, List<ClaimView> claims, Optional<DriftView> drift) {
        return copy(r, status, Optional.of(at), r.stages(), claims, drift);
    }

    private static RunView copy(
            RunView r,
            RunView.Status status,
            Optional<Instant> finishedAt,
            List<StageView> stages,
            List<ClaimView> claims,
            Optional<DriftView> drift) {
        return new RunView(
                r.id(),
                r.receiptId(),
                r.study(),
                r.title(),
                r.about(),
                r.seed(),
                status,
                r.codeVersion(),
                r.program(),
                r.startedAt(),
                finishedAt,
                stages,
                claims,
                drift);
    }
}
