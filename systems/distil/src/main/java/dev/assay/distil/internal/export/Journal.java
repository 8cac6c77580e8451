package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.QuarantineReason;
import dev.assay.distil.RowProvenance;
import dev.assay.distil.internal.JsonLine;
import dev.assay.distil.internal.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was not exported, a line each, and how often for which reason.
final class Journal implements AutoCloseable {
    private final ExportKind kind;
    private final String recordedAt;
    private final OutputStream quarantine;
    private final OutputStream filtered;
    private final Map<String, Long> quarantineCounts = new TreeMap<>();
    private final Map<String, Long> filterCounts = new TreeMap<>();
    private final Path folder;

    Journal(ExportKind kind, String recordedAt, Path quarantine, Path filtered, Path folder) {
        this.kind = kind;
        this.recordedAt = recordedAt;
        this.quarantine = Storage.create(quarantine);
        this.filtered = Storage.create(filtered);
        this.folder = folder;
    }

    /// A row or a pair that the firewall kept out.
    void quarantine(
            QuarantineReason reason,
            List<String> errors,
            String evidenceId,
            String runId,
            @Nullable RowProvenance provenance) {
        quarantineCounts.merge(reason.text(), 1L, Long::sum);
        JsonLine line = new JsonLine().texts("errors", errors);
        if (!evidenceId.isEmpty()) {
            line.text("evidence_id", evidenceId);
        }
        line.text("exporter", kind.text()).text("reason", reason.text()).text("recorded_at", recordedAt);
        if (!runId.isEmpty()) {
            line.text("run_id", runId);
        }
        line.whole("schema_version", 1);
        if (provenance != null) {
            line.provenance("source_provenance", provenance);
        }
        write(quarantine, line.endLine());
    }

    /// A sound row that a policy keeps out.
    void filter(String filter, String evidenceId, String detail) {
        filterCounts.merge(filter, 1L, Long::sum);
        write(
                filtered,
                new JsonLine()
                        .text("detail", detail)
                        .text("evidence_id", evidenceId)
                        .text("filter", filter)
                        .endLine());
    }

    private void write(OutputStream out, byte[] line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }

    Map<String, Long> quarantined() {
        return quarantineCounts;
    }

    Map<String, Long> filtered() {
        return filterCounts;
    }

    @Override
    public void close() {
        try (quarantine;
                filtered) {
            quarantine.flush();
            filtered.flush();
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }
}
