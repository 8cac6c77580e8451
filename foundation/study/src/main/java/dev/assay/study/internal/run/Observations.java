package dev.assay.study.internal.run;

import dev.assay.receipt.CanonicalJson;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a stage has said so far. What no record or receipt could hold is refused when it is said, so that a
/// stage ends there and not after all its work. Not thread-safe: contexts guard it.
public final class Observations {
    /// Reasons for which rows were set aside, and what no reason follows.
    private static final Pattern WITHOUT_REASON = Pattern.compile("(quarantine|skip|filter)\\.\\s*");

    private final List<Metric> metrics = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /// Nothing said yet.
    public Observations() {}

    /// Keeps a metric.
    ///
    /// @throws IllegalStateException    if one of its name was stated before
    /// @throws IllegalArgumentException if its name is blank or no Unicode text
    public void add(Metric metric) {
        requireName(metric.name(), "a metric");
        if (metrics.stream().anyMatch(m -> m.name().equals(metric.name()))) {
            throw new IllegalStateException("the metric '" + metric.name() + "' was stated twice");
        }
        metrics.add(metric);
    }

    /// Keeps a chart.
    public void add(Figure figure) {
        figures.add(figure);
    }

    /// Keeps a table.
    public void add(Listing listing) {
        listings.add(listing);
    }

    /// Adds rows to those counted under a name.
    ///
    /// @return all rows counted under it so far
    /// @throws IllegalArgumentException if `rows` is negative, all of them are more than a receipt holds
    ///     (2^53), or the name is blank, no Unicode text or one of a reason without the reason
    public long count(String name, long rows) {
        requireName(name, "a count");
        if (WITHOUT_REASON.matcher(name).matches()) {
            throw new IllegalArgumentException("the count '" + name + "' names no reason");
        }
        if (rows < 0) {
            throw new IllegalArgumentException("rows counted under '" + name + "' must not be negative, got " + rows);
        }
        long total;
        try {
            total = Math.addExact(counts.getOrDefault(name, 0L), rows);
            CanonicalJson.of(total);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("more rows are counted under '" + name + "' than a receipt holds", e);
        }
        counts.put(name, total);
        return total;
    }

    /// Keeps a warning.
    ///
    /// @throws IllegalArgumentException if it is no Unicode text
    public void warn(String sentence) {
        requireText(sentence, "a warning");
        warnings.add(sentence);
    }

    private static void requireName(String name, String of) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(of + " needs a name");
        }
        requireText(name, of);
    }

    /// Receipts hold no halves of surrogate pairs.
    private static void requireText(String text, String of) {
        try {
            CanonicalJson.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the text of " + of + " is no Unicode text", e);
        }
    }

    /// The metrics in the order they were stated.
    public List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    /// The charts in the order they were shown.
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /// The tables in the order they were shown.
    public List<Listing> listings() {
        return List.copyOf(listings);
    }

    /// The warnings in the order they were given.
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// Rows by name, sorted.
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
