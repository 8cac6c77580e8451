package dev.assay.study.internal.bind;

import dev.assay.study.StageDescription.SettingPart;
import java.util.Optional;

/// Defaults as JSON values.
public final class SchemaDefaults {
    private SchemaDefaults() {}

    /// A setting's default as JSON, if it has one.
    public static Optional<Object> of(SettingPart part, Problems problems) {
        return part.defaultText()
                .map(text -> new SettingBinder(problems).bind(part, new Given.Loose(text, Place.of(part.name()))))
                .map(SettingBinder.Bound::json);
    }
}
