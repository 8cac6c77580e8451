/// Survey microdata: read, validated, split, synthesised, compared, reweighted.
@NullMarked
package dev.assay.microdata;

import org.jspecify.annotations.NullMarked;
