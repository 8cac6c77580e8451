/// Logs of model runs turned into evidence, scored by rules, exported through a firewall, and used again.
@NullMarked
package dev.assay.distil;

import org.jspecify.annotations.NullMarked;
