package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a column of an output holds, in a few numbers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Profile.Numeric.class, name = "numeric"),
    @JsonSubTypes.Type(value = Profile.Categorical.class, name = "categorical")
})
public sealed interface Profile {
    /// How many values a categorical profile counts one by one; the rest is [#OTHER].
    int COUNTED_VALUES = 100;
    /// The name under which a categorical profile counts the rest.
    String OTHER = "other";

    /// Number of rows, those without a value included.
    long n();

    /// Number of rows without a value.
    long nulls();

    /// Number of different values.
    long distinct();

    /// Share of rows without a value, 0 if there are no rows.
    default double nullShare() {
        return n() == 0 ? 0 : (double) nulls() / n();
    }

    /// A column of numbers.
    ///
    /// @param n        rows
    /// @param nulls    rows without a value
    /// @param distinct different values
    /// @param min      smallest value; absent without values, like the rest
    /// @param max      largest value
    /// @param mean     mean
    /// @param sd       standard deviation, with divisor n
    record Numeric(
            long n,
            long nulls,
            long distinct,
            Optional<Double> min,
            Optional<Double> max,
            Optional<Double> mean,
            Optional<Double> sd)
            implements Profile {
        /// @throws IllegalArgumentException if the counts contradict each other or a number is not finite
        public Numeric {
            rowsAddUp(n, nulls, distinct);
            for (Optional<Double> number : List.of(min, max, mean, sd)) {
                Rules.require(number.isEmpty() || Double.isFinite(number.get()), "numbers of a profile must be finite");
            }
        }
    }

    /// A column of categories.
    ///
    /// @param n        rows
    /// @param nulls    rows without a value
    /// @param distinct different values
    /// @param counts   rows a value, for the [#COUNTED_VALUES] most frequent; the rest under [#OTHER]
    record Categorical(long n, long nulls, long distinct, Map<String, Long> counts) implements Profile {
        /// @throws IllegalArgumentException if the counts contradict each other
        public Categorical {
            rowsAddUp(n, nulls, distinct);
            counts = Rules.map(counts, "counts");
            counts.forEach((value, rows) -> Rules.count(rows, "rows of a value"));
            Rules.require(
                    counts.values().stream().mapToLong(Long::longValue).sum() == n - nulls,
                    "the rows of all values must add up to those that have one");
        }

        /// The profile of a column whose values occur so often; ties for the last place go to the smaller text.
        public static Categorical of(Map<String, Long> rowsOfValue, long nulls) {
            List<Map.Entry<String, Long>> ordered = new ArrayList<>(new TreeMap<>(rowsOfValue).entrySet());
            ordered.sort(Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue()));
            Map<String, Long> counts = new TreeMap<>();
            long n = nulls;
            for (int i = 0; i < ordered.size(); i++) {
                long rows = ordered.get(i).getValue();
                n += rows;
                counts.merge(i < COUNTED_VALUES ? ordered.get(i).getKey() : OTHER, rows, Long::sum);
            }
            return new Categorical(n, nulls, rowsOfValue.size(), counts);
        }

        /// The profile of a column whose values are not named, because they are as many as names or ids are and
        /// somebody might be known by them: all count as [#OTHER].
        public static Categorical unnamed(long n, long nulls, long distinct) {
            return new Categorical(n, nulls, distinct, n == nulls ? Map.of() : Map.of(OTHER, n - nulls));
        }

        /// Whether each value has its own count, so that one that is not among them did not occur.
        public boolean complete() {
            return counts.size() <= COUNTED_VALUES && distinct <= counts.size();
        }
    }

    private static void rowsAddUp(long n, long nulls, long distinct) {
        Rules.count(n, "n");
        Rules.count(nulls, "nulls");
        Rules.count(distinct, "distinct");
        Rules.require(nulls <= n && distinct <= n - nulls, "nulls and distinct values must fit into the rows");
    }
}
