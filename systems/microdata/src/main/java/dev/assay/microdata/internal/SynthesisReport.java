package dev.assay.microdata.internal;

import dev.assay.measure.GateMetrics;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.trees.BoostedClassifier;
import dev.assay.trees.Sign;
import dev.assay.trees.Synthesis;
import dev.assay.trees.TargetLineage;
import dev.assay.trees.ZeroInflated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// What a synthesis tells of its models: columns, gates with the shares that they predict, and rows that
/// no model has learnt from.
public final class SynthesisReport {
    private final List<TargetLineage> targets;
    private final Synthesis made;
    private final List<List<Object>> gates = new ArrayList<>();
    private final List<List<Object>> shares = new ArrayList<>();

    /// @param targets in the order of modelling
    public SynthesisReport(List<TargetLineage> targets, Synthesis made) {
        this.targets = targets;
        this.made = made;
    }

    /// Metrics, tables and warnings.
    public void tell(StageContext context) {
        long snapped = made.snapped().values().stream()
                .mapToLong(Synthesis.Snap::cells)
                .sum();
        context.count("cells_snapped", snapped);
        context.measured(Metric.exact("snapped-cells", snapped, made.frame().rows()));
        context.table(new Listing(
                "Columns in the order they were modelled",
                "Each column is drawn given the conditioning columns and the columns above it.",
                List.of("column", "kind", "predictors", "rows", "missing", "snapped", "unseen categories"),
                targets.stream().map(this::column).toList()));
        zeroGates(context);
        missingnessGates(context);
        if (!gates.isEmpty()) {
            context.table(new Listing(
                    "Gates",
                    "Weighted scores on rows that the scored models have not seen: each training row is judged by a model of "
                            + "the other four fifths.",
                    List.of("column", "gate", "rounds", "log-loss", "Brier", "ECE", "ECE by mass", "AUC", "rows"),
                    gates));
            context.table(new Listing(
                    "Shares that the gates draw from",
                    "Mean probability of each class on unseen rows, before and after the shift to its share, beside the "
                            + "share that it has; the shift of a fifth is told by the other four.",
                    List.of(
                            "column",
                            "class",
                            "rows",
                            "observed",
                            "before the shift",
                            "predicted",
                            "predicted / observed"),
                    shares));
        }
        targets.forEach(each -> each.amount().ifPresent(amount -> few(context, each.column(), amount)));
    }

    private List<Object> column(TargetLineage each) {
        return List.of(
                each.column(),
                each.kind().name().toLowerCase(Locale.ROOT) + (each.declared() ? "" : " (inferred)"),
                each.predictors().size(),
                each.rows(),
                each.missing(),
                made.snapped().getOrDefault(each.column(), Synthesis.Snap.NONE).cells(),
                made.unseen().getOrDefault(each.column(), 0L));
    }

    private void zeroGates(StageContext context) {
        List<TargetLineage> gated = targets.stream()
                .filter(l -> l.amount().flatMap(ZeroInflated.Lineage::gate).isPresent())
                .toList();
        List<String> parts =
                Metric.apart(gated.stream().map(l -> Metric.part(l.column())).toList());
        for (int k = 0; k < gated.size(); k++) {
            ZeroInflated.Lineage amount = gated.get(k).amount().orElseThrow();
            List<Sign> signs = amount.gate().orElseThrow().signs();
            BoostedClassifier.Validation gate = amount.gate().orElseThrow().unseen();
            String column = gated.get(k).column();
            String prefix = "gate." + parts.get(k);
            scores(context, prefix, gate.metrics());
            row(column, name(amount.regime()), gate.rounds(), gate.metrics());
            for (int c = 0; c < signs.size(); c++) {
                Sign sign = signs.get(c);
                share(
                        context,
                        prefix,
                        column,
                        name(sign),
                        amount.counts().rows(sign),
                        gate.unshifted().get(c),
                        gate.metrics().shares().get(c),
                        gate.metrics().rows());
            }
        }
    }

    private void missingnessGates(StageContext context) {
        List<TargetLineage> gated =
                targets.stream().filter(l -> l.gate().isPresent()).toList();
        List<String> parts =
                Metric.apart(gated.stream().map(l -> Metric.part(l.column())).toList());
        for (int k = 0; k < gated.size(); k++) {
            TargetLineage each = gated.get(k);
            BoostedClassifier.Validation gate = each.gate().orElseThrow();
            String prefix = "missing." + parts.get(k);
            scores(context, prefix, gate.metrics());
            row(each.column(), "missing or not", gate.rounds(), gate.metrics());
            share(
                    context,
                    prefix,
                    each.column(),
                    "missing",
                    each.missing(),
                    gate.unshifted().get(1),
                    gate.metrics().shares().get(1),
                    gate.metrics().rows());
        }
    }

    private static void scores(StageContext context, String prefix, GateMetrics gate) {
        context.measured(Metric.exact(prefix + ".log-loss", gate.logLoss(), gate.rows()));
        context.measured(Metric.exact(prefix + ".brier", gate.brier(), gate.rows()));
        context.measured(Metric.exact(prefix + ".ece", gate.ece(), gate.rows()));
        context.measured(Metric.exact(prefix + ".ece-by-mass", gate.eceByMass(), gate.rows()));
        gate.auc().ifPresent(auc -> context.measured(Metric.exact(prefix + ".auc", auc, gate.rows())));
    }

    private void row(String column, String gate, int rounds, GateMetrics metrics) {
        OptionalDouble auc = metrics.auc();
        gates.add(List.of(
                column,
                gate,
                rounds,
                metrics.logLoss(),
                metrics.brier(),
                metrics.ece(),
                metrics.eceByMass(),
                auc.isPresent() ? (Object) auc.getAsDouble() : "",
                metrics.rows()));
    }

    private void share(
            StageContext context,
            String prefix,
            String column,
            String name,
            long rows,
            double unshifted,
            GateMetrics.Share share,
            int all) {
        context.measured(Metric.exact(prefix + "." + name + ".observed", share.observed(), all));
        context.measured(Metric.exact(prefix + "." + name + ".predicted", share.predicted(), all));
        shares.add(List.of(
                column,
                name,
                rows,
                share.observed(),
                unshifted,
                share.predicted(),
                share.observed() > 0 ? (Object) share.ratio() : ""));
    }

    private static void few(StageContext context, String column, ZeroInflated.Lineage amount) {
        ZeroInflated.Excluded out = amount.excluded();
        if (out.rows() == 0) {
            return;
        }
        List<String> signs = new ArrayList<>();
        for (Sign sign : Sign.values()) {
            long rows = amount.counts().rows(sign);
            if (rows > 0 && !amount.regime().signs().contains(sign)) {
                signs.add(rows + " " + name(sign));
            }
        }
        context.warn(
                "column '" + column + "' has too few rows of a sign to model it: " + String.join(", ", signs) + ", "
                        + Percent.of(out.share()) + " of the weight and " + Percent.of(out.ofAmounts())
                        + " of the sum of sizes; "
                        + (out.resampled()
                                ? "they are drawn as they are, at their share, so that values of real rows come out; set"
                                        + " 'keep-few: false' if they must not"
                                : "no such value is drawn, and totals lack them; set 'keep-few: true' to draw them as they are"));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
