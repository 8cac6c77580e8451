/// Calibration by gradient and selection of rows by gates: the loops of epochs and their checkpoints.
@NullMarked
package dev.assay.weigh.internal.descent;

import org.jspecify.annotations.NullMarked;
