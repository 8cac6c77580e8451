package dev.assay.microdata.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.measure.GateMetrics;
import dev.assay.trees.Sign;
import dev.assay.trees.TargetLineage;
import dev.assay.trees.ZeroInflated;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// What each column's model was made from, a row a column.
public final class LineageTable {
    private LineageTable() {}

    /// The table.
    ///
    /// @param targets in the order of modelling
    /// @param leaks   by column whose values are drawn as they are
    public static Frame of(List<TargetLineage> targets, Map<String, OwnValues.Leak> leaks) {
        return Frame.empty()
                .with("column", texts(targets, TargetLineage::column))
                .with("kind", texts(targets, l -> name(l.kind())))
                .with("predictors", texts(targets, l -> String.join(", ", l.predictors())))
                .with("rows", longs(targets, TargetLineage::rows))
                .with("missing", longs(targets, TargetLineage::missing))
                .with("values_of_one_row", leaked(targets, leaks, OwnValues.Leak::values))
                .with("values_of_one_row_out", leaked(targets, leaks, OwnValues.Leak::out))
                .with("cells_of_one_row", leaked(targets, leaks, OwnValues.Leak::cells))
                .with(
                        "regime",
                        texts(
                                targets,
                                l -> l.amount().map(a -> name(a.regime())).orElse("")))
                .with("negative_rows", longs(targets, l -> rows(l, Sign.NEGATIVE)))
                .with("zero_rows", longs(targets, l -> rows(l, Sign.ZERO)))
                .with("positive_rows", longs(targets, l -> rows(l, Sign.POSITIVE)))
                .with(
                        "excluded_rows",
                        longs(
                                targets,
                                l -> l.amount().map(a -> a.excluded().rows()).orElse(0L)))
                .with(
                        "gate_rounds",
                        longs(
                                targets,
                                l -> gate(l).map(g -> g.unseen().rounds()).orElse(0)))
                .with("gate_log_loss", scores(targets, GateMetrics::logLoss))
                .with("gate_brier", scores(targets, GateMetrics::brier))
                .with("gate_ece", scores(targets, GateMetrics::ece))
                .with("gate_ece_by_mass", scores(targets, GateMetrics::eceByMass))
                .with("gate_auc", scores(targets, m -> m.auc().orElse(Double.NaN)))
                .with("nonzero_observed", nonzero(targets, GateMetrics.Share::observed))
                .with("nonzero_predicted", nonzero(targets, GateMetrics.Share::predicted))
                .with(
                        "missing_predicted",
                        doubles(
                                targets,
                                l -> l.gate()
                                        .map(g -> g.metrics().shares().get(1).predicted())
                                        .orElse(Double.NaN)));
    }

    private static Optional<ZeroInflated.GateLineage> gate(TargetLineage line) {
        return line.amount().flatMap(ZeroInflated.Lineage::gate);
    }

    private static long rows(TargetLineage line, Sign sign) {
        return line.amount().map(a -> a.counts().rows(sign)).orElse(0L);
    }

    private static Column scores(List<TargetLineage> targets, ToDoubleFunction<GateMetrics> score) {
        return doubles(
                targets,
                l -> gate(l).map(g -> score.applyAsDouble(g.unseen().metrics())).orElse(Double.NaN));
    }

    /// The share of values other than zero: of all signs but zero together.
    private static Column nonzero(List<TargetLineage> targets, ToDoubleFunction<GateMetrics.Share> share) {
        return doubles(targets, l -> {
            if (gate(l).isEmpty()) {
                return Double.NaN;
            }
            ZeroInflated.GateLineage gate = gate(l).get();
            double sum = 0;
            for (int k = 0; k < gate.signs().size(); k++) {
                sum += gate.signs().get(k) == Sign.ZERO
                        ? 0
                        : share.applyAsDouble(gate.unseen().metrics().shares().get(k));
            }
            return sum;
        });
    }

    /// Zero where values are not drawn as they stand in a row.
    private static Column leaked(
            List<TargetLineage> targets, Map<String, OwnValues.Leak> leaks, ToLongFunction<OwnValues.Leak> count) {
        OwnValues.Leak none = new OwnValues.Leak(0, 0, 0, 0);
        return longs(targets, l -> count.applyAsLong(leaks.getOrDefault(l.column(), none)));
    }

    private static Column texts(List<TargetLineage> targets, Function<TargetLineage, String> text) {
        return Column.Texts.of(targets.stream().map(text).toArray(String[]::new));
    }

    private static Column longs(List<TargetLineage> targets, ToLongFunction<TargetLineage> number) {
        return Column.Longs.of(targets.stream().mapToLong(number).toArray());
    }

    private static Column doubles(List<TargetLineage> targets, ToDoubleFunction<TargetLineage> number) {
        return Decimals.column(targets.stream().mapToDouble(number).toArray());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
