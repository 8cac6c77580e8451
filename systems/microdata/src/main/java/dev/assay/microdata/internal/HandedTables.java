package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrationRecord;
import java.nio.file.Path;
import java.util.Optional;

/// What stages are given that use weights made before.
public interface HandedTables extends WeighingTables {
    Frame weights();

    Optional<CalibrationRecord> calibration();

    Optional<Path> targets();
}
