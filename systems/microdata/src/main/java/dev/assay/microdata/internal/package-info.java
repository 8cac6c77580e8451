/// What the stages of microdata share.
@NullMarked
package dev.assay.microdata.internal;

import org.jspecify.annotations.NullMarked;
