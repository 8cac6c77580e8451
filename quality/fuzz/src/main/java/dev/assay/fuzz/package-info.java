/// Targets of a coverage-guided fuzzer: each takes bytes for what somebody else wrote, and ends with a value or with
/// what the reader documents.
@NullMarked
package dev.assay.fuzz;

import org.jspecify.annotations.NullMarked;
