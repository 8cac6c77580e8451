package dev.assay.distil.internal.export;

import dev.assay.distil.Decontamination;
import dev.assay.distil.PersonalData;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Policies that keep sound rows out, or change them.
final class Filters {
    private final ExportPlan plan;

    Filters(ExportPlan plan) {
        this.plan = plan;
    }

    /// Where a question of the benchmark stands in a sample; empty if nowhere. The context, such as
    /// passages or what the system is told, is learnt with the prompt and counts as part of it.
    Optional<String> contaminated(String prompt, String context, List<String> texts) {
        if (plan.benchmark().isEmpty()) {
            return Optional.empty();
        }
        List<String> asked = List.of(prompt, context);
        for (int i = 0; i < Math.max(texts.size(), asked.size()); i++) {
            Optional<Decontamination.Hit> hit = plan.benchmark()
                    .get()
                    .hit(i < asked.size() ? asked.get(i) : "", i < texts.size() ? texts.get(i) : "", plan.textOnly());
            if (hit.isPresent()) {
                return Optional.of("question " + hit.get().question() + " in the "
                        + (hit.get().field() == Decontamination.Field.PROMPT ? "prompt" : "text"));
            }
        }
        return Optional.empty();
    }

    /// The texts of a sample once personal data are treated.
    PersonalData.Treated personal(List<String> texts) {
        return PersonalData.treat(plan.personal(), texts);
    }

    /// What was found, for the journal: `email 2, ipv4 1`.
    static String described(PersonalData.Treated treated) {
        List<String> parts = new ArrayList<>();
        Map<PersonalData.Kind, Integer> sorted = new TreeMap<>(treated.counts());
        sorted.forEach((kind, count) -> parts.add(kind.text() + " " + count));
        return String.join(", ", parts);
    }

    /// What happens after near duplicates were removed.
    Survivors.Later later(PersonalData.Treated treated, List<StreamInfo> streams) {
        if (treated.removed()) {
            return new Survivors.Later("pii", described(treated));
        }
        for (StreamInfo stream : streams) {
            if (!plan.licences().contains(stream.licence())) {
                return new Survivors.Later(
                        "licence",
                        stream.licence().isEmpty()
                                ? "the mapping of stream " + stream.stream() + " states no licence"
                                : "the licence of stream " + stream.stream() + " is not among those allowed");
            }
        }
        return Survivors.Later.STAYS;
    }
}
