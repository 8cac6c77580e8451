/// Scanners for personal data. Each goes over a text once and never back, so that a line of many megabytes
/// takes no longer a character than a short one; a regular expression with the same meaning would.
@NullMarked
package dev.assay.distil.internal.personal;

import org.jspecify.annotations.NullMarked;
