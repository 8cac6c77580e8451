package dev.assay.study.internal.run;

import dev.assay.receipt.CanonicalJson;
import dev.assay.study.Figure;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a stage has said so far. What no record or receipt could hold is refused when it is said, so that a
/// stage ends there and not after all its work. What there is too much of for a record is cut, and
/// told with its count: rows and marks as [Bounded] says, metrics after [#METRICS], warnings after
/// [#WARNINGS]. Not thread-safe: contexts guard it.
public final class Observations {
    /// Reasons for which rows were set aside, and what no reason follows.
    private static final Pattern WITHOUT_REASON = Pattern.compile("(quarantine|skip|filter)\\.\\s*");

    /// Most metrics that are kept besides those that somebody asks for.
    public static final int METRICS = 2_000;
    /// Most warnings that are kept, the one about the others aside.
    public static final int WARNINGS = 100;
    /// The count of metrics that were stated and not kept.
    public static final String METRICS_LEFT_OUT = "metrics_left_out";

    private final List<Metric> metrics = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Predicate<String> asked;
    private long warned;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /// Nothing said yet, and nobody asks for anything.
    public Observations() {
        this(name -> false);
    }

    /// Nothing said yet.
    ///
    /// @param asked which metrics are kept however many there are, such as those of claims
    public Observations(Predicate<String> asked) {
        this.asked = asked;
    }

    /// Keeps a metric.
    ///
    /// @return whether it is kept
    /// @throws IllegalStateException    if one of its name was stated before
    /// @throws IllegalArgumentException if its name is blank or no Unicode text
    public boolean add(Metric metric) {
        requireName(metric.name(), "a metric");
        if (!names.add(metric.name())) {
            throw new IllegalStateException("the metric '" + metric.name() + "' was stated twice");
        }
        if (metrics.size() >= METRICS && !asked.test(metric.name())) {
            counts.merge(METRICS_LEFT_OUT, 1L, Long::sum);
            return false;
        }
        return metrics.add(metric);
    }

    /// Keeps a chart.
    ///
    /// @return what is kept of it
    public Figure add(Figure figure) {
        Figure kept = Bounded.of(figure);
        figures.add(kept);
        return kept;
    }

    /// Keeps a table.
    ///
    /// @return what is kept of it
    public Listing add(Listing listing) {
        Listing kept = Bounded.of(listing);
        listings.add(kept);
        return kept;
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
    /// @return whether it is kept
    /// @throws IllegalArgumentException if it is no Unicode text
    public boolean warn(String sentence) {
        requireText(sentence, "a warning");
        return ++warned <= WARNINGS && warnings.add(sentence);
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
        List<String> all = new ArrayList<>(warnings);
        if (warned > WARNINGS) {
            all.add("These are the first " + WARNINGS + " of " + warned + " warnings.");
        }
        if (counts.containsKey(METRICS_LEFT_OUT)) {
            all.add("These are the first " + metrics.size() + " of " + names.size()
                    + " metrics; the others stand in the stage's artefacts, and a claim about one keeps it.");
        }
        return List.copyOf(all);
    }

    /// Rows by name, sorted.
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
