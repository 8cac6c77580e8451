/// Tests of what stages are made of.
@NullMarked
package dev.assay.distil.internal;

import org.jspecify.annotations.NullMarked;
