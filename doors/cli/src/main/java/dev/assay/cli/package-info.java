/// The command line: every verb, and the only place that prints.
///
/// [dev.assay.cli.Main] is what the launcher starts. Nothing is decided here: verbs read their options, call
/// the modules below and show what came back.
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
