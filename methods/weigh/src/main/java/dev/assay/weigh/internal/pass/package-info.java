/// One read of a design that does two things: every row's product with a vector, and the sum of all rows
/// times factors that may depend on that product.
///
/// Solvers that need `X p` and `X' f` with `f` made from `X p` row by row (conjugate gradients, gradient
/// descent) read each row from memory once instead of twice.
@NullMarked
package dev.assay.weigh.internal.pass;

import org.jspecify.annotations.NullMarked;
