/// Randomness as a value that is passed in.
///
/// A [dev.assay.chance.Seed] is immutable and names its children: `seed.child("forest").child(7)`. A child's
/// stream depends on its path alone, so a new consumer never shifts another's stream and results do not
/// depend on the number of threads. [dev.assay.chance.Draws] holds the discrete draws that the methods share;
/// continuous distributions come from Commons Statistics through [dev.assay.chance.Draws#sampler].
@NullMarked
package dev.assay.chance;

import org.jspecify.annotations.NullMarked;
