package dev.assay.microdata.internal;

import dev.assay.frame.Frame;
import dev.assay.weigh.MissingCells;
import java.util.Optional;

/// What every stage that weighs a sample to targets is given.
public interface WeighingTables {
    Frame sample();

    Optional<Frame> persons();

    Optional<Frame> regions();

    String sampleTable();

    String personsTable();

    Optional<String> regionKey();

    Optional<String> key();

    Optional<String> weight();

    boolean allowZeroWeights();

    MissingCells missing();
}
