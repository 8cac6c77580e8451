/// Labelled texts, made from public formats and written before the rules that are measured by them.
@NullMarked
package dev.assay.distil.labelled;

import org.jspecify.annotations.NullMarked;
