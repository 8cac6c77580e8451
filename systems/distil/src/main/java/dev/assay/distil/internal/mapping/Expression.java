package dev.assay.distil.internal.mapping;

import org.jspecify.annotations.Nullable;

/// Something computed from a row: no clock, no environment, no randomness, nothing executed.
///
/// Values are [String], [java.math.BigDecimal], [Boolean], a [java.util.List] of texts, or a
/// [tools.jackson.databind.JsonNode] that is an object or an array; null is absent.
@FunctionalInterface
public interface Expression {
    /// @throws Conversion if a part is not what a function needs
    @Nullable
    Object value(Row row);
}
