package dev.assay.fuzz;

import dev.assay.distil.Mapping;
import dev.assay.fault.Fault;

/// A mapping of logs to evidence.
public final class Mappings {
    private Mappings() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Mapping.read(Scratch.file("mapping.yml", input));
        } catch (Fault refused) {
            // A sentence for whoever wrote the mapping.
        }
    }
}
