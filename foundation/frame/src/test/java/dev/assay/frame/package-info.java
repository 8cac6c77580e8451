/// Tests of frames.
@NullMarked
package dev.assay.frame;

import org.jspecify.annotations.NullMarked;
