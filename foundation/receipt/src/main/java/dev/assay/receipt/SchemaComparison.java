package dev.assay.receipt;

import dev.assay.receipt.DriftReport.Change;
import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.DriftReport.SchemaChange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Check D6: columns that came, went, changed their type or lost values.
final class SchemaComparison {
    private final DriftSettings settings;
    private final Set<Flag> flags;
    private final List<SchemaChange> changes;
    private final List<String> notes;

    SchemaComparison(DriftSettings settings, Set<Flag> flags, List<SchemaChange> changes, List<String> notes) {
        this.settings = settings;
        this.flags = flags;
        this.changes = changes;
        this.notes = notes;
    }

    void compare(StageRecord then, StageRecord present) {
        if (then.columns().isEmpty() && present.columns().isEmpty()) {
            return;
        }
        if (then.columns().isEmpty() || present.columns().isEmpty()) {
            String note = "only one of the runs has profiles of columns: columns are not compared";
            notes.add(note);
            flags.add(new Flag(Check.D2, present.stage(), note));
            return;
        }
        Map<String, Profile> before = then.columns().get();
        Map<String, Profile> after = present.columns().get();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            column(present.stage() + "." + name, before.get(name), after.get(name));
        }
    }

    private void column(String field, @Nullable Profile then, @Nullable Profile now) {
        if (then == null && now != null) {
            told(field, Change.ADDED, Optional.empty(), Optional.of(kind(now)), "the column is new");
        } else if (then != null && now == null) {
            boolean required = then.nulls() == 0 && then.n() > 0;
            told(
                    field,
                    required ? Change.REQUIRED_REMOVED : Change.REMOVED,
                    Optional.of(kind(then)),
                    Optional.empty(),
                    required ? "the column is gone, and had a value in all rows" : "the column is gone");
        } else if (then != null && now != null) {
            if (!kind(then).equals(kind(now))) {
                told(
                        field,
                        Change.TYPE_CHANGED,
                        Optional.of(kind(then)),
                        Optional.of(kind(now)),
                        "the column was " + kind(then) + " and is " + kind(now));
            }
            if (now.nullShare() - then.nullShare() > settings.nullShare()) {
                told(
                        field,
                        Change.NULL_SHARE_UP,
                        Optional.of(share(then)),
                        Optional.of(share(now)),
                        "the share of rows without a value went from " + share(then) + " to " + share(now));
            }
        }
    }

    private void told(String field, Change change, Optional<String> before, Optional<String> after, String text) {
        changes.add(new SchemaChange(field, change, before, after));
        flags.add(new Flag(Check.D6, field, text));
    }

    private static String kind(Profile profile) {
        return switch (profile) {
            case Profile.Numeric numeric -> "numeric";
            case Profile.Categorical categorical -> "categorical";
        };
    }

    private static String share(Profile profile) {
        return String.format(Locale.ROOT, "%.3f", profile.nullShare());
    }
}
