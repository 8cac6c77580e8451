/// The rules of the house as tests: floors, faces, randomness, streams, clocks.
@NullMarked
package dev.assay.architecture;

import org.jspecify.annotations.NullMarked;
