/// What people are told when something they gave cannot be used.
///
/// A [dev.assay.fault.Fault] is one sentence: what was given, which rule it broke, what to do, and where it
/// stands (file, line, key, column). Its [dev.assay.fault.Fault.Kind] fixes the exit code of the process.
/// Anything else that is thrown is a defect of the program, not of its input.
@NullMarked
package dev.assay.fault;

import org.jspecify.annotations.NullMarked;
