/// Metrics, intervals, tests and fidelity.
@NullMarked
package dev.assay.measure;

import org.jspecify.annotations.NullMarked;
