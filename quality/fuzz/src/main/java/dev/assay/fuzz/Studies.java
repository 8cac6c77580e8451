package dev.assay.fuzz;

import dev.assay.fault.Fault;
import dev.assay.study.Plan;
import dev.assay.study.StageRegistry;
import dev.assay.study.StudyFile;
import java.util.List;

/// A study file, bound and planned.
public final class Studies {
    private Studies() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Plan.of(StudyFile.parse(Scratch.file("study.yaml", input), List.of(), StageRegistry.installed()));
        } catch (Fault refused) {
            // A sentence for whoever runs the study.
        }
    }
}
