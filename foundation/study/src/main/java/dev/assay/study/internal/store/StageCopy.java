package dev.assay.study.internal.store;

import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageView;
import dev.assay.study.StageView.Cost;
import dev.assay.study.StageView.Failure;
import dev.assay.study.StageView.InputView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Status;
import dev.assay.study.StageView.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A copy of a stage's view in the making: all that is not changed is as it was.
final class StageCopy {
    private final StageView from;
    private String name;
    private Status status;
    private boolean reused;
    private String key;
    private String code;
    private List<InputView> inputs;
    private List<OutputView> outputs;
    private List<Metric> metrics;
    private List<Figure> figures;
    private List<Listing> listings;
    private List<String> warnings;
    private Map<String, Long> counts;
    private Optional<Cost> cost;
    private Optional<Failure> failure;
    private String note;
    private List<Violation> violations;
    private Optional<String> outside;
    private boolean confidential;
    private Optional<String> reusedFrom;

    StageCopy(StageView from) {
        this.from = from;
        this.name = from.name();
        this.status = from.status();
        this.reused = from.reused();
        this.key = from.key();
        this.code = from.code();
        this.inputs = from.inputs();
        this.outputs = from.outputs();
        this.metrics = from.metrics();
        this.figures = from.figures();
        this.listings = from.listings();
        this.warnings = from.warnings();
        this.counts = from.counts();
        this.cost = from.cost();
        this.failure = from.failure();
        this.note = from.note();
        this.violations = from.violations();
        this.outside = from.outside();
        this.confidential = from.confidential();
        this.reusedFrom = from.reusedFrom();
    }

    StageCopy name(String is) {
        name = is;
        return this;
    }

    StageCopy status(Status is) {
        status = is;
        return this;
    }

    StageCopy reused(boolean is) {
        reused = is;
        reusedFrom = Optional.empty();
        return this;
    }

    StageCopy reusedFrom(String run) {
        reused = true;
        reusedFrom = Optional.of(run);
        return this;
    }

    StageCopy made(String ofKey, String byCode, List<InputView> of) {
        key = ofKey;
        code = byCode;
        inputs = of;
        return this;
    }

    StageCopy outputs(List<OutputView> are) {
        outputs = are;
        return this;
    }

    StageCopy said(
            List<Metric> metricsAre,
            List<Figure> figuresAre,
            List<Listing> listingsAre,
            List<String> warningsAre,
            Map<String, Long> countsAre) {
        metrics = metricsAre;
        figures = figuresAre;
        listings = listingsAre;
        warnings = warningsAre;
        counts = countsAre;
        return this;
    }

    StageCopy cost(Optional<Cost> is) {
        cost = is;
        return this;
    }

    StageCopy failure(Optional<Failure> is) {
        failure = is;
        return this;
    }

    StageCopy note(String is) {
        note = is;
        return this;
    }

    StageCopy violations(List<Violation> are) {
        violations = are;
        return this;
    }

    StageCopy outside(Optional<String> is) {
        outside = is;
        return this;
    }

    StageCopy confidential() {
        confidential = true;
        return this;
    }

    StageView view() {
        return new StageView(
                name,
                from.kind(),
                status,
                reused,
                key,
                code,
                from.settings(),
                inputs,
                outputs,
                metrics,
                figures,
                listings,
                warnings,
                counts,
                cost,
                failure,
                note,
                violations,
                outside,
                confidential,
                reusedFrom);
    }
}
