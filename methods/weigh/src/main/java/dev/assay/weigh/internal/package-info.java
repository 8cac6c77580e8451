/// The machinery of calibration: row storage, passes over the design, Newton steps, the linear program behind
/// the report on infeasible targets. Nothing outside the module uses it.
@NullMarked
package dev.assay.weigh.internal;

import org.jspecify.annotations.NullMarked;
