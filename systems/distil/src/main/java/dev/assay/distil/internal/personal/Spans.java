package dev.assay.distil.internal.personal;

/// Takes the places that a scanner finds, in order and without overlap.
@FunctionalInterface
public interface Spans {
    /// @param from the first character
    /// @param to   behind the last
    void found(int from, int to);
}
