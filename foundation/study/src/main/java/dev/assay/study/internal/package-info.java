/// What makes studies run: [dev.assay.study.internal.bind] reads them, [dev.assay.study.internal.store] keeps
/// what they make, [dev.assay.study.internal.run] carries them out.
@NullMarked
package dev.assay.study.internal;

import org.jspecify.annotations.NullMarked;
