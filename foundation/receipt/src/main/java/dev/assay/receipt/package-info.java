/// What went in, what came out, how, and whether it still matches.
///
/// Start with [dev.assay.receipt.Digest], the SHA-256 of bytes, files and canonical JSON.
@NullMarked
package dev.assay.receipt;

import org.jspecify.annotations.NullMarked;
