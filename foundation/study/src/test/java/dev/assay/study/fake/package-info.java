/// Small stages for tests.
@NullMarked
package dev.assay.study.fake;

import org.jspecify.annotations.NullMarked;
