package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import java.nio.file.Path;
import java.util.Optional;

/// What every stage that weighs a sample to targets is given.
public interface WeighingTables {
    Frame sample();

    Optional<Frame> persons();

    Optional<Frame> regions();

    Path targets();

    String sampleTable();

    String personsTable();

    Optional<String> regionKey();

    Optional<String> key();

    Optional<String> weight();

    boolean allowZeroWeights();
}
