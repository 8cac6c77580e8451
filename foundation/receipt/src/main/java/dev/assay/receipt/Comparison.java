package dev.assay.receipt;

import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.Deltas;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.DriftReport.StageDrift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One comparison of two runs in the making.
final class Comparison {
    private final RunSummary now;
    private final Map<String, StageRecord> nowStages;
    private final DriftSettings settings;
    private final List<StageDrift> stages = new ArrayList<>();
    private final List<DriftReport.SchemaChange> schemaChanges = new ArrayList<>();
    private List<DriftReport.ColumnDrift> columns = List.of();
    /// What holds for the whole run is found in every stage of it, and is told once.
    private final Set<Flag> flags = new LinkedHashSet<>();

    Comparison(RunSummary now, Map<String, StageRecord> nowStages, DriftSettings settings) {
        this.now = now;
        this.nowStages = nowStages;
        this.settings = settings;
    }

    /// The report of a run that there is nothing to compare with.
    DriftReport withNothing(String reason, Instant generatedAt) {
        flags.add(new Flag(Check.D2, "run", reason));
        now.stages().forEach(line -> stages.add(StageDrift.notCompared(line.stage(), reason)));
        return report(Optional.empty(), generatedAt);
    }

    /// The report of a comparison with the stages of an earlier run.
    DriftReport with(
            RunSummary then, Map<String, StageRecord> thenStages, ColumnComparison distributions, Instant generatedAt) {
        for (RunSummary.StageLine line : now.stages()) {
            StageRecord present = nowStages.get(line.stage());
            StageRecord earlier = thenStages.get(line.stage());
            if (present == null || earlier == null) {
                notCompared(line.stage(), "the earlier run has no receipt of this stage that its summary vouches for");
            } else {
                compare(earlier, present);
            }
        }
        for (RunSummary.StageLine line : then.stages()) {
            if (!nowStages.containsKey(line.stage())) {
                flags.add(new Flag(Check.D2, line.stage(), "the present run has no such stage"));
            }
        }
        columns = distributions.compare(thenStages, nowStages, flags);
        return report(Optional.of(then.runId()), generatedAt);
    }

    private DriftReport report(Optional<String> priorRunId, Instant generatedAt) {
        List<Flag> all = List.copyOf(flags);
        return new DriftReport(
                now.runId(),
                priorRunId,
                DriftSeverity.highest(all, schemaChanges, columns),
                stages,
                columns,
                schemaChanges,
                all,
                settings,
                generatedAt);
    }

    private void notCompared(String stage, String reason) {
        flags.add(new Flag(Check.D2, stage, reason));
        stages.add(StageDrift.notCompared(stage, reason));
    }

    private void compare(StageRecord then, StageRecord present) {
        String stage = present.stage();
        List<String> notes = new ArrayList<>();
        boolean bothPassed = passed(then) && passed(present);
        if (passed(then) && present.status() == StageRecord.Status.FAILED) {
            flags.add(new Flag(Check.D8, stage, "it failed, and passed in the earlier run"));
        }
        if (!bothPassed) {
            String note = "not both runs passed this stage: counts and outputs are not compared";
            notes.add(note);
            flags.add(new Flag(Check.D2, stage, note));
        }
        changed(
                "config_digest",
                then.configDigest().hex(),
                present.configDigest().hex());
        changed("seed of " + stage, then.seed().orElse("none"), present.seed().orElse("none"));
        changed(
                "outside of " + stage,
                then.outside().orElse("nothing"),
                present.outside().orElse("nothing"));
        changed("code_version", then.codeVersion(), present.codeVersion());
        changedRules(then, present);

        // A stage that was skipped has not resolved its inputs.
        boolean ranTwice =
                then.status() != StageRecord.Status.SKIPPED && present.status() != StageRecord.Status.SKIPPED;
        Optional<Boolean> inputs = ranTwice ? sameFiles(then.inputs(), present.inputs(), stage, notes) : none();
        Optional<Boolean> config = Optional.of(then.configDigest().equals(present.configDigest())
                && then.ruleDigests().equals(present.ruleDigests())
                && then.seed().equals(present.seed()));
        Optional<Boolean> code = RunIds.sameCode(then.codeVersion(), present.codeVersion());
        Optional<Boolean> outputs = bothPassed ? sameFiles(then.outputs(), present.outputs(), stage, notes) : none();
        if (code.isEmpty()) {
            String note = "both runs had uncommitted changes of which no digest is known: whether the code is the same"
                    + " cannot be told";
            notes.add(note);
            flags.add(new Flag(Check.D2, "code_version", note));
        }
        boolean unexplained =
                inputs.orElse(false) && config.orElse(false) && code.orElse(false) && !outputs.orElse(true);
        Optional<String> outside = present.outside().or(then::outside);
        boolean violation = unexplained && outside.isEmpty();
        if (violation) {
            flags.add(new Flag(
                    Check.D1,
                    stage,
                    "inputs, configuration, rules and code are those of the earlier run, and yet these outputs differ: "
                            + differing(then.outputs(), present.outputs())));
        } else if (unexplained) {
            String note =
                    "its outputs differ though nothing that has a digest changed, which is no violation: it depends"
                            + " on something outside (" + outside.orElse("") + ")";
            notes.add(note);
            flags.add(new Flag(Check.D2, stage, note));
        }
        boolean counted = bothPassed && then.confidential() == present.confidential();
        if (bothPassed && !counted) {
            // The exact counts of one less the rounded ones of the other would give away what rounding hides.
            String note = "one of the runs keeps this stage confidential: counts are not compared";
            notes.add(note);
            flags.add(new Flag(Check.D2, stage, note));
        }
        if (counted) {
            new CountComparison(settings, flags).compare(then, present);
            new SchemaComparison(settings, flags, schemaChanges, notes).compare(then, present);
        }
        stages.add(new StageDrift(
                stage,
                counted ? Optional.of(deltas(then.stats(), present.stats())) : Optional.empty(),
                counted ? percent(then.stats().recordsOut(), present.stats().recordsOut()) : Optional.empty(),
                inputs,
                config,
                code,
                outputs,
                violation,
                notes));
    }

    private static boolean passed(StageRecord record) {
        return record.status() == StageRecord.Status.PASSED;
    }

    private static Optional<Boolean> none() {
        return Optional.empty();
    }

    private void changed(String what, String then, String present) {
        if (!then.equals(present)) {
            flags.add(new Flag(Check.D9, what, "it was " + then + " and is " + present));
        }
    }

    private void changedRules(StageRecord then, StageRecord present) {
        Set<String> names = new TreeSet<>(then.ruleDigests().keySet());
        names.addAll(present.ruleDigests().keySet());
        for (String name : names) {
            changed(
                    "rule " + name,
                    text(then.ruleDigests().get(name)),
                    text(present.ruleDigests().get(name)));
        }
    }

    private static String text(@Nullable Digest digest) {
        return digest == null ? "none" : digest.hex();
    }

    private record Said(String name, Digest contentDigest) {}

    private static Set<Said> said(List<FileRef> files) {
        Set<Said> said = new HashSet<>();
        files.forEach(file -> said.add(new Said(file.name(), file.contentDigest())));
        return said;
    }

    /// Whether files say the same by name and content digest. Empty if a digest is keyed in one of the runs
    /// and plain in the other: then it cannot be told.
    private Optional<Boolean> sameFiles(List<FileRef> then, List<FileRef> present, String stage, List<String> notes) {
        Map<String, Boolean> keyed = new HashMap<>();
        then.forEach(file -> keyed.put(file.name(), file.keyed()));
        Set<String> mixed = new TreeSet<>();
        for (FileRef file : present) {
            if (keyed.getOrDefault(file.name(), file.keyed()) != file.keyed()) {
                mixed.add(file.name());
            }
        }
        if (mixed.isEmpty()) {
            return Optional.of(said(then).equals(said(present)));
        }
        String note = "a keyed digest and a plain one cannot be compared: " + String.join(", ", mixed);
        notes.add(note);
        flags.add(new Flag(Check.D2, stage, note));
        return none();
    }

    private static String differing(List<FileRef> then, List<FileRef> present) {
        Set<Said> one = said(then);
        Set<Said> other = said(present);
        Set<String> names = new TreeSet<>();
        one.stream().filter(file -> !other.contains(file)).map(Said::name).forEach(names::add);
        other.stream().filter(file -> !one.contains(file)).map(Said::name).forEach(names::add);
        return String.join(", ", names);
    }

    private static Deltas deltas(Stats then, Stats present) {
        return new Deltas(
                present.recordsIn() - then.recordsIn(),
                present.recordsOut() - then.recordsOut(),
                present.accepted() - then.accepted(),
                present.quarantined() - then.quarantined());
    }

    private static Optional<Double> percent(long then, long present) {
        return then == 0 ? Optional.empty() : Optional.of(100.0 * (present - then) / then);
    }
}
