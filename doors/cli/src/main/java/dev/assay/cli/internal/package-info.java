/// The verbs and how they print.
@NullMarked
package dev.assay.cli.internal;

import org.jspecify.annotations.NullMarked;
