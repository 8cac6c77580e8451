package dev.assay.receipt;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The values of a column in one run, those that are missing left out.
public sealed interface ColumnSample {
    /// Number of values.
    long n();

    /// Numbers.
    final class Numbers implements ColumnSample {
        private final double[] sorted;

        private Numbers(double[] sorted) {
            this.sorted = sorted;
        }

        /// A sample of these numbers, in any order.
        ///
        /// @throws IllegalArgumentException if one is not finite
        public static Numbers of(double... values) {
            double[] sorted = values.clone();
            for (int i = 0; i < sorted.length; i++) {
                Rules.require(Double.isFinite(sorted[i]), "a sample must hold finite numbers");
                // So that -0 and 0, which are the same number, lie together.
                sorted[i] += 0.0;
            }
            Arrays.sort(sorted);
            return new Numbers(sorted);
        }

        @Override
        public long n() {
            return sorted.length;
        }

        /// The numbers in ascending order; not to be changed.
        double[] sorted() {
            return sorted;
        }

        /// The same values as categories, each under its shortest digits.
        Categories asCategories() {
            Map<String, Long> counts = new TreeMap<>();
            for (double value : sorted) {
                counts.merge(Double.toString(value), 1L, Long::sum);
            }
            return new Categories(counts);
        }
    }

    /// Categories.
    ///
    /// @param counts how often each occurs; values that do not occur are left out
    record Categories(Map<String, Long> counts) implements ColumnSample {
        /// @throws IllegalArgumentException if a count is negative
        public Categories {
            TreeMap<String, Long> kept = new TreeMap<>(counts);
            kept.forEach((value, n) -> Rules.count(n, "count of a value"));
            kept.values().removeIf(n -> n == 0);
            counts = Rules.map(kept, "counts");
        }

        @Override
        public long n() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
