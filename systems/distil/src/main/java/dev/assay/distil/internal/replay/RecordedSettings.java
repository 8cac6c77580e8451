package dev.assay.distil.internal.replay;

import dev.assay.distil.ReplayRecord;
import dev.assay.distil.ReplayRecord.Entry;
import dev.assay.distil.ReplayRecord.Part;
import dev.assay.distil.ReplayRun;
import dev.assay.fault.Fault;
import dev.assay.study.Listing;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What two replays were made with, side by side.
public final class RecordedSettings {
    private static final String NONE = "not set";

    private final Optional<ReplayRecord> treatment;
    private final Optional<ReplayRecord> baseline;
    private final boolean otherModels;

    private RecordedSettings(Optional<ReplayRecord> treatment, Optional<ReplayRecord> baseline, boolean otherModels) {
        this.treatment = treatment;
        this.baseline = baseline;
        this.otherModels = otherModels;
    }

    /// Brings records and runs together.
    ///
    /// @throws Fault (BAD_DATA) naming the replay whose record is of other runs or of another layout
    public static RecordedSettings of(
            List<ReplayRun> treatment,
            Optional<ReplayRecord> ofTreatment,
            List<ReplayRun> baseline,
            Optional<ReplayRecord> ofBaseline) {
        ofTreatment.ifPresent(record -> require(record, treatment, "treatment"));
        ofBaseline.ifPresent(record -> require(record, baseline, "baseline"));
        return new RecordedSettings(ofTreatment, ofBaseline, !asked(treatment).equals(asked(baseline)));
    }

    private static Set<String> asked(List<ReplayRun> runs) {
        Set<String> asked = new HashSet<>();
        runs.forEach(run -> asked.add(run.escalationPath().getFirst()));
        return asked;
    }

    private static void require(ReplayRecord record, List<ReplayRun> runs, String which) {
        if (!record.schema().equals(ReplayRecord.SCHEMA)) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the record beside these runs is of the layout '" + record.schema()
                                    + "', and this program reads '" + ReplayRecord.SCHEMA + "'; replay again")
                    .at(which);
        }
        if (!record.runs().equals(ReplayRecords.digest(runs))) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "the record beside these runs is of other runs; give both as distil.replay made them, or the runs"
                                    + " in a folder without a replay.json")
                    .at(which);
        }
    }

    /// Says what differs, and what is not known.
    public void tell(StageContext context) {
        if (treatment.isEmpty() || baseline.isEmpty()) {
            String without = treatment.isPresent()
                    ? "the baseline"
                    : "the treatment" + (baseline.isPresent() ? "" : " and of the baseline");
            context.warn("There is no record of " + without
                    + " (replay.json beside its runs): whether both replays asked and judged alike is not known.");
            if (otherModels) {
                context.warn("The two replays asked different models: the difference is not that of retrieval alone.");
            }
            return;
        }
        List<Difference> differences = differences(treatment.get(), baseline.get());
        context.count("settings.different", differences.size());
        if (!differences.isEmpty()) {
            context.table(new Listing(
                    "Settings that differ",
                    "Of what each replay retrieved, asked and judged with; all others are alike.",
                    List.of("setting", "decides", "treatment", "baseline"),
                    differences.stream()
                            .map(each -> List.<Object>of(
                                    each.name(),
                                    each.part().name().toLowerCase(Locale.ROOT),
                                    each.treatment(),
                                    each.baseline()))
                            .toList()));
        }
        String others = differences.stream()
                .filter(each -> each.part() != Part.RETRIEVAL)
                .map(each -> each.name() + " " + each.treatment() + " and " + each.baseline())
                .collect(Collectors.joining("; "));
        if (!others.isEmpty()) {
            context.warn(
                    "Treatment and baseline were not asked and judged alike, the difference is not that of retrieval "
                            + "alone: " + others + ".");
        }
    }

    private record Difference(String name, Part part, String treatment, String baseline) {}

    /// In the order of the records, settings of the second alone last.
    private static List<Difference> differences(ReplayRecord treatment, ReplayRecord baseline) {
        List<Difference> differences = new ArrayList<>();
        for (Entry entry : treatment.settings()) {
            String other = baseline.setting(entry.name()).map(Entry::value).orElse(NONE);
            if (!other.equals(entry.value())) {
                differences.add(new Difference(entry.name(), entry.part(), entry.value(), other));
            }
        }
        for (Entry entry : baseline.settings()) {
            if (treatment.setting(entry.name()).isEmpty()) {
                differences.add(new Difference(entry.name(), entry.part(), NONE, entry.value()));
            }
        }
        return differences;
    }
}
