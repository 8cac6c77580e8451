package dev.assay.distil;

import dev.assay.distil.internal.retrieve.RagFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Playbooks that can be gone through, as often as wanted, always in the same order.
public interface Playbooks {
    /// Hands over each playbook in order.
    ///
    /// @throws dev.assay.fault.Fault if they cannot be read
    void each(Consumer<Playbook> reader);

    /// Those of a list.
    static Playbooks of(List<Playbook> playbooks) {
        List<Playbook> kept = List.copyOf(playbooks);
        return reader -> kept.forEach(reader);
    }

    /// Those of a RAG export: JSON Lines of [RagSample], version 1, read anew each time, one line in memory at a
    /// time.
    ///
    /// Required members: `schema_version`, `id`, `title`, `content`, `success_score`, `source_run_id`; optional:
    /// `embedding_text`. Others are not looked at.
    ///
    /// While reading, a [dev.assay.fault.Fault] (MISSING_FILE, MALFORMED_FILE or BAD_DATA) names the line of
    /// a row that is not of this shape, and of a rejected run, which no index may hold.
    ///
    /// @param rag the file, or the folder of an export, in which it is called `rag.jsonl`
    static Playbooks in(Path rag) {
        return RagFile.in(rag);
    }
}
