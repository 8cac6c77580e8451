package dev.assay.fuzz;

import dev.assay.distil.RuleFile;
import dev.assay.fault.Fault;

/// A file of rules.
public final class RuleFiles {
    private RuleFiles() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            RuleFile.read(Scratch.file("rules.yml", input));
        } catch (Fault refused) {
            // A sentence for whoever wrote the rules.
        }
    }
}
