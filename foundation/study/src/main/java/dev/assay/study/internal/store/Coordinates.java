package dev.assay.study.internal.store;

/// The coordinates of a module or library.
///
/// @param classifier empty if there is none
record Coordinates(String group, String artifact, String classifier, String version) {
    /// @param text `group:artifact:type[:classifier]:version`
    /// @throws IllegalArgumentException if it is something else
    static Coordinates of(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts.length) {
            case 4 -> new Coordinates(parts[0], parts[1], "", parts[3]);
            case 5 -> new Coordinates(parts[0], parts[1], parts[3], parts[4]);
            default -> throw new IllegalArgumentException("'" + text + "' are no coordinates of a module");
        };
    }

    /// Group and artifact, whatever the version.
    String name() {
        return group + ":" + artifact;
    }

    /// The name of its jar.
    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /// Whether a file's name is that of some version of it.
    boolean isNamed(String file) {
        int digit = artifact.length() + 1;
        return file.startsWith(artifact + "-")
                && file.endsWith(".jar")
                && file.charAt(digit) >= '0'
                && file.charAt(digit) <= '9';
    }

    /// `group:artifact[:classifier]:version`.
    @Override
    public String toString() {
        return name() + (classifier.isEmpty() ? "" : ":" + classifier) + ":" + version;
    }
}
