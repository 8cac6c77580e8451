/// Survey-weight calibration.
@NullMarked
package dev.assay.weigh;

import org.jspecify.annotations.NullMarked;
