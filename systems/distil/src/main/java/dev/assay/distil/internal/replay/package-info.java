/// Tasks given to a model together with earlier runs, judged by a gate, and logged.
///
/// [dev.assay.distil.internal.replay.Bundle] holds what was retrieved,
/// [dev.assay.distil.internal.replay.Prompt] puts it into messages, [dev.assay.distil.internal.replay.Chat] and
/// [dev.assay.distil.internal.replay.Extract] answer, [dev.assay.distil.internal.replay.Gate] judges.
@NullMarked
package dev.assay.distil.internal.replay;

import org.jspecify.annotations.NullMarked;
