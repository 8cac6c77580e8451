/// Declarative mappings: expressions and their files.
@NullMarked
package dev.assay.distil.internal.mapping;

import org.jspecify.annotations.NullMarked;
