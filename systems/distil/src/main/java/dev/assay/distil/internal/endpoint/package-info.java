/// Requests to OpenAI-compatible end points that end in time, are repeated with reason, and leak no key.
@NullMarked
package dev.assay.distil.internal.endpoint;

import org.jspecify.annotations.NullMarked;
