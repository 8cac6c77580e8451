/// What tests of several modules share: [dev.assay.testkit.Property], seeded random trials that print the
/// seed that reproduces a failure.
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
