package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.receipt.DistributionSettings;
import dev.assay.receipt.DriftSettings;
import dev.assay.study.SettingType;
import dev.assay.study.StageDescription;
import dev.assay.study.StageDescription.ArtefactPart;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.StageDescription.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds a study's section `drift`: from when on a difference to an earlier run is worth a word.
final class DriftBinder {
    static final String KEY = "drift";

    private final Problems problems;

    DriftBinder(Problems problems) {
        this.problems = problems;
    }

    /// The settings, those that were left out by their defaults.
    ///
    /// @param kinds the study's stages by name, with their kinds where these are known
    DriftSettings bind(Given.Entries root, Map<String, Optional<StageDescription>> kinds) {
        Given.Entry entry = root.entries().get(KEY);
        if (entry == null || entry.value().isNothing()) {
            return DriftSettings.standard();
        }
        SettingPart part = new SettingPart(
                KEY,
                KEY,
                "drift",
                new SettingType.Group(DriftSection.class, Describer.settings(DriftSection.class)),
                false,
                Optional.empty(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
        SettingBinder.Bound bound = new SettingBinder(problems).bind(part, entry.value());
        if (bound == null || !(bound.value() instanceof DriftSection section)) {
            return DriftSettings.standard();
        }
        section.columns().forEach(column -> check(column, entry, kinds));
        return section.settings();
    }

    private void check(String column, Given.Entry entry, Map<String, Optional<StageDescription>> kinds) {
        DistributionSettings.Place place = DistributionSettings.parts(column);
        Optional<StageDescription> kind = kinds.get(place.stage());
        if (kind == null) {
            problem(
                    entry,
                    column,
                    "no stage is called '" + place.stage() + "'." + Nearest.clause(place.stage(), kinds.keySet()));
            return;
        }
        if (kind.isEmpty()) {
            // That its kind is unknown is a problem of its own.
            return;
        }
        Optional<ArtefactPart> artefact = kind.get().artefact(place.artefact());
        List<String> artefacts =
                kind.get().artefacts().stream().map(ArtefactPart::name).toList();
        if (artefact.isEmpty()) {
            problem(
                    entry,
                    column,
                    "'" + kind.get().kind() + "' makes no '" + place.artefact() + "', it makes "
                            + String.join(", ", artefacts) + "." + Nearest.clause(place.artefact(), artefacts));
        } else if (artefact.get().shape() instanceof Shape.Document) {
            problem(
                    entry,
                    column,
                    "'" + place.artefact() + "' is no table but "
                            + artefact.get().shape());
        }
    }

    private void problem(Given.Entry entry, String column, String sentence) {
        Given.Entry columns =
                entry.value() instanceof Given.Entries keys ? keys.entries().get("columns") : null;
        Place place = columns == null ? entry.keyPlace() : columns.keyPlace();
        problems.add(Fault.Kind.STUDY, place, "the column '" + column + "' of 'drift': " + sentence);
    }
}
