package dev.assay.study;

import java.util.List;

/// What can be given for a setting.
public sealed interface SettingType {
    /// A whole number of 32 or 64 bits.
    record Whole(int bits) implements SettingType {}

    /// A finite number.
    record Decimal() implements SettingType {}

    /// `true` or `false`.
    record Flag() implements SettingType {}

    /// A text.
    ///
    /// @param form what it must be
    record Text(Setting.Form form) implements SettingType {}

    /// One of a few names.
    ///
    /// @param type  the enum
    /// @param names its constants in kebab case, in order
    record Choice(Class<? extends Enum<?>> type, List<String> names) implements SettingType {
        public Choice {
            names = List.copyOf(names);
        }
    }

    /// Several of the same type, in order.
    record Several(SettingType item) implements SettingType {}

    /// Texts by name, in order.
    record Pairs() implements SettingType {}

    /// Settings that belong together.
    record Group(Class<? extends Record> type, List<StageDescription.SettingPart> parts) implements SettingType {
        public Group {
            parts = List.copyOf(parts);
        }
    }
}
