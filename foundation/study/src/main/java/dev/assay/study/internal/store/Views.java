package dev.assay.study.internal.store;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
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
                false,
                Optional.empty());
    }

    /// With another status.
    public static StageView withStatus(StageView s, Status status) {
        return new StageCopy(s).status(status).view();
    }

    /// With its key, code and inputs, at work.
    public static StageView running(StageView s, String key, String code, List<InputView> inputs) {
        return new StageCopy(s)
                .status(Status.RUNNING)
                .reused(false)
                .made(key, code, inputs)
                .outputs(List.of())
                .violations(List.of())
                .view();
    }

    /// With what it said.
    public static StageView said(
            StageView s,
            List<Metric> metrics,
            List<Figure> figures,
            List<Listing> listings,
            List<String> warnings,
            Map<String, Long> counts) {
        return new StageCopy(s)
                .said(metrics, figures, listings, warnings, counts)
                .view();
    }

    /// With what its results depend on besides what its key holds.
    public static StageView outside(StageView s, Optional<String> outside) {
        return new StageCopy(s).outside(outside).view();
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
        return new StageCopy(s)
                .outputs(outputs)
                .said(metrics, List.of(), List.of(), warnings, counts)
                .failure(failure)
                .violations(violations)
                .confidential()
                .view();
    }

    /// With its artefacts and cost, passed.
    public static StageView passed(StageView s, List<OutputView> outputs, Cost cost, List<Violation> violations) {
        return new StageCopy(s)
                .status(Status.PASSED)
                .reused(false)
                .outputs(outputs)
                .cost(Optional.of(cost))
                .failure(Optional.empty())
                .note("")
                .violations(violations)
                .view();
    }

    /// An earlier stage's results under this run's names.
    ///
    /// @param run the run that did the work
    public static StageView reused(StageView manifest, StageView now, String run) {
        // Two stages of a study that draw nothing may be the same but for their names.
        return new StageCopy(manifest)
                .name(now.name())
                .status(Status.PASSED)
                .reusedFrom(run)
                .made(now.key(), now.code(), now.inputs())
                .failure(Optional.empty())
                .note("")
                .view();
    }

    /// Failed.
    public static StageView failed(StageView s, Optional<Cost> cost, Failure failure) {
        return new StageCopy(s)
                .status(Status.FAILED)
                .reused(false)
                .outputs(List.of())
                .cost(cost)
                .failure(Optional.of(failure))
                .note("")
                .view();
    }

    /// Skipped.
    public static StageView skipped(StageView s, String upstream) {
        return new StageCopy(s)
                .status(Status.SKIPPED)
                .reused(false)
                .outputs(List.of())
                .note("upstream: " + upstream)
                .view();
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
