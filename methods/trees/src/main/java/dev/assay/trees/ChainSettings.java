package dev.assay.trees;

import java.util.Map;

/// How several targets are synthesised.
///
/// @param base    the model of a target's values, behind a zero gate for amounts. Targets of categories and
///     counts are always drawn as training values, whatever its rule for continuous ones
/// @param regime  when a sign of an amount counts as present
/// @param gate    the classifier behind zero gates and missingness gates
/// @param chained whether a target is conditioned on the targets before it, or on the conditioning columns
///     alone
/// @param order   in which order targets are modelled
/// @param kinds   declared kinds by column, targets and conditioning columns alike; others are inferred. A
///     numeric column declared CATEGORICAL is treated as unordered codes (Gini splits); one inferred so keeps
///     the order of its numbers
public record ChainSettings(
        BaseSettings base,
        RegimeSettings regime,
        BoostingSettings gate,
        boolean chained,
        TargetOrder order,
        Map<String, ColumnKind> kinds) {
    /// Chained quantile forests, in the order given, all kinds inferred.
    public static final ChainSettings DEFAULT = new ChainSettings(
            ForestSettings.DEFAULT,
            RegimeSettings.DEFAULT,
            BoostingSettings.DEFAULT,
            true,
            TargetOrder.GIVEN,
            Map.of());

    /// Keeps its own copy of the map.
    public ChainSettings {
        kinds = Map.copyOf(kinds);
    }

    /// The same with another base model.
    public ChainSettings withBase(BaseSettings other) {
        return new ChainSettings(other, regime, gate, chained, order, kinds);
    }

    /// The same with or without conditioning on earlier targets.
    public ChainSettings withChained(boolean on) {
        return new ChainSettings(base, regime, gate, on, order, kinds);
    }

    /// The same with another order of targets.
    public ChainSettings withOrder(TargetOrder other) {
        return new ChainSettings(base, regime, gate, chained, other, kinds);
    }

    /// The same with these declared kinds.
    public ChainSettings withKinds(Map<String, ColumnKind> declared) {
        return new ChainSettings(base, regime, gate, chained, order, declared);
    }

    /// The same with another rule for the regime of amounts.
    public ChainSettings withRegime(RegimeSettings other) {
        return new ChainSettings(base, other, gate, chained, order, kinds);
    }
}
