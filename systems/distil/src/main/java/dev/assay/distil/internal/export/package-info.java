/// Evidence made into training samples, through the firewall.
@NullMarked
package dev.assay.distil.internal.export;

import org.jspecify.annotations.NullMarked;
