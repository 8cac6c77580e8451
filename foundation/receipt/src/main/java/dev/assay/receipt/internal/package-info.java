/// Plumbing of receipts that knows nothing of them: canonical writing of JSON, strict reading of it, files
/// that appear whole or not at all, and names that are kept below a folder.
@NullMarked
package dev.assay.receipt.internal;

import org.jspecify.annotations.NullMarked;
