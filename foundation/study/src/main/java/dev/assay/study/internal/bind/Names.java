package dev.assay.study.internal.bind;

import java.util.Locale;
import java.util.regex.Pattern;

/// How Java names are written in study files.
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private Names() {}

    /// `minLeaf` -> `min-leaf`, `maxJTERows` -> `max-jte-rows`.
    public static String kebab(String component) {
        return component
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    /// `ZI_QRF` -> `zi-qrf`.
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether a study, stage, claim may be called so: `[a-z][a-z0-9-]*`.
    public static boolean allowed(String name) {
        return NAME.matcher(name).matches();
    }
}
