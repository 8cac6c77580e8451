package dev.assay.receipt;

import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.Flag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks D3, D4 and D5: counts, and classes that came or went.
final class CountComparison {
    /// Columns whose values are classes: one that came or went is told.
    private static final List<String> CLASS_COLUMNS = List.of("category", "error_class", "stream", "verdict_source");

    private final DriftSettings settings;
    private final Set<Flag> flags;

    CountComparison(DriftSettings settings, Set<Flag> flags) {
        this.settings = settings;
        this.flags = flags;
    }

    void compare(StageRecord then, StageRecord present) {
        String stage = present.stage();
        counts(stage, totals(then.stats()), totals(present.stats()), false);
        counts(stage, categories(then.stats()), categories(present.stats()), true);
        for (String reason : union(then.byReason(), present.byReason())) {
            long before = then.byReason().getOrDefault(reason, 0L);
            long after = present.byReason().getOrDefault(reason, 0L);
            if (reason.startsWith("quarantine.")) {
                count(stage, reason, before, after);
            }
            classes(stage, reason, before, after);
        }
        for (String column : union(categorical(then), categorical(present))) {
            values(
                    stage,
                    column,
                    categorical(then).get(column),
                    categorical(present).get(column));
        }
    }

    private void counts(String stage, Map<String, Long> then, Map<String, Long> present, boolean classes) {
        for (String name : union(then, present)) {
            long before = then.getOrDefault(name, 0L);
            long after = present.getOrDefault(name, 0L);
            count(stage, name, before, after);
            if (classes) {
                classes(stage, name, before, after);
            }
        }
    }

    private void count(String stage, String name, long then, long now) {
        double change = (double) Math.abs(now - then) / Math.max(then, 1);
        if (Math.max(then, now) >= settings.minRows() && change > settings.countThreshold()) {
            flags.add(new Flag(Check.D3, stage + "/" + name, "it went from " + then + " to " + now));
        }
    }

    private void classes(String stage, String name, long then, long now) {
        if (then == 0 && now > 0) {
            flags.add(new Flag(Check.D4, stage + "/" + name, "it is new, with " + now + " rows"));
        }
        if (then >= settings.minRows() && now == 0) {
            flags.add(new Flag(Check.D5, stage + "/" + name, "it had " + then + " rows and has none"));
        }
    }

    /// Values of a class column. Where a profile does not count every value on its own, one that is missing
    /// in it may have been there.
    private void values(
            String stage, String column, Profile.@Nullable Categorical then, Profile.@Nullable Categorical present) {
        if (then == null || present == null) {
            return;
        }
        Map<String, Long> before = then.counts();
        Map<String, Long> after = present.counts();
        for (String value : union(before, after)) {
            boolean known =
                    (before.containsKey(value) || then.complete()) && (after.containsKey(value) || present.complete());
            if (known) {
                classes(stage, column + "=" + value, before.getOrDefault(value, 0L), after.getOrDefault(value, 0L));
            }
        }
    }

    /// Profiles of the columns of classes, by the names that the record has for them: `error_class`, or
    /// `artefact.error_class`.
    private static Map<String, Profile.Categorical> categorical(StageRecord record) {
        Map<String, Profile.Categorical> columns = new TreeMap<>();
        record.columns().orElse(Map.of()).forEach((name, profile) -> {
            String column = name.substring(name.indexOf('.') + 1);
            if (profile instanceof Profile.Categorical categorical && CLASS_COLUMNS.contains(column)) {
                columns.put(name, categorical);
            }
        });
        return columns;
    }

    private static Map<String, Long> totals(Stats stats) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("records_in", stats.recordsIn());
        counts.put("records_out", stats.recordsOut());
        counts.put("quarantined", stats.quarantined());
        return counts;
    }

    private static Map<String, Long> categories(Stats stats) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("accepted", stats.accepted());
        counts.put("partially_accepted", stats.partiallyAccepted());
        counts.put("rejected", stats.rejected());
        counts.put("needs_human", stats.needsHuman());
        return counts;
    }

    private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
