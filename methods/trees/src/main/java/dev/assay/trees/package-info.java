/// Quantile regression forests, boosted trees and zero gates.
@NullMarked
package dev.assay.trees;

import org.jspecify.annotations.NullMarked;
