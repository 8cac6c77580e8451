package dev.assay.receipt;

/// The versions of what ran a stage.
///
/// @param assay version of this program
/// @param java  version of the Java runtime
public record BuilderVersions(String assay, String java) {
    /// @throws IllegalArgumentException if one is blank
    public BuilderVersions {
        Rules.text(assay, "version of assay");
        Rules.text(java, "version of java");
    }
}
