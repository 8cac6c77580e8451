package dev.assay.trees;

/// How a zero-inflated or signed amount is modelled.
///
/// @param regime when a sign counts as present
/// @param base   the model of the values of each nonzero sign
/// @param gate   the classifier that chooses the sign
public record ZeroInflatedSettings(RegimeSettings regime, BaseSettings base, BoostingSettings gate) {
    /// Quantile forests behind a boosted gate.
    public static final ZeroInflatedSettings DEFAULT =
            new ZeroInflatedSettings(RegimeSettings.DEFAULT, ForestSettings.DEFAULT, BoostingSettings.DEFAULT);

    /// The same with another base model.
    public ZeroInflatedSettings withBase(BaseSettings other) {
        return new ZeroInflatedSettings(regime, other, gate);
    }

    /// The same with another rule for the regime.
    public ZeroInflatedSettings withRegime(RegimeSettings other) {
        return new ZeroInflatedSettings(other, base, gate);
    }
}
