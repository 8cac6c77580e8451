package dev.assay.receipt;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The correction of Holm (1979) for several tests at once: that any true hypothesis is rejected stays as rare
/// as for one test.
public final class Holm {
    private Holm() {}

    /// p values to compare with the level of one test, in the order given: the i-th smallest of m times
    /// m - i + 1, at most 1, and never smaller than one before it.
    ///
    /// @throws IllegalArgumentException if one is not between 0 and 1
    public static List<Double> adjusted(List<Double> p) {
        p.forEach(each -> Rules.require(each >= 0 && each <= 1, "a p value must be between 0 and 1, got " + each));
        int[] order = IntStream.range(0, p.size())
                .boxed()
                .sorted(Comparator.comparing(p::get))
                .mapToInt(Integer::intValue)
                .toArray();
        Double[] adjusted = new Double[order.length];
        double largest = 0;
        for (int i = 0; i < order.length; i++) {
            largest = Math.max(largest, Math.min(1, (order.length - i) * p.get(order[i])));
            adjusted[order[i]] = largest;
        }
        return List.of(adjusted);
    }
}
