package dev.assay.weigh;

import java.util.List;

/// A target whose column is a linear combination of other targets' columns.
///
/// @param name      the target
/// @param of        the combination, without terms that are rounding
/// @param predicted the value that the combination of the other targets' values gives
/// @param agrees    whether the target is met by weights that meet the others
public record DependentTarget(String name, List<Term> of, double predicted, boolean agrees) {
    /// Copies the list.
    public DependentTarget {
        of = List.copyOf(of);
    }

    /// One term of the combination.
    ///
    /// @param coefficient what the other target's column is multiplied with
    /// @param name        the other target
    public record Term(double coefficient, String name) {}

    /// The combination as a text: `1 x 'men' + 1 x 'women'`.
    public String combination() {
        StringBuilder text = new StringBuilder();
        for (Term term : of) {
            double rounded = Math.rint(term.coefficient() * 1e9) / 1e9;
            double shown = rounded == 0 ? term.coefficient() : rounded;
            text.append(text.isEmpty() ? (shown < 0 ? "-" : "") : (shown < 0 ? " - " : " + "));
            double size = Math.abs(shown);
            text.append(size == Math.rint(size) && size < 1e15 ? Long.toString((long) size) : Double.toString(size));
            text.append(" x '").append(term.name()).append('\'');
        }
        return text.toString();
    }
}
