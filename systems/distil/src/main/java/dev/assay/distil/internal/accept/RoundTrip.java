package dev.assay.distil.internal.accept;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.internal.collect.SourceRows;
import dev.assay.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Follows records back to their source rows: what stands there must have the hash that the record says.
public final class RoundTrip {
    private RoundTrip() {}

    /// What came of it.
    ///
    /// @param followed how many records
    /// @param lost     the places of those that were not found there
    public record Result(int followed, List<String> lost) {
        /// Whether all were found.
        public boolean holds() {
            return lost.isEmpty();
        }
    }

    /// @param source  the folder of the sources
    /// @param records what to follow; the formats of their files are told from the files' names
    public static Result check(Path source, List<EvidenceRecord> records, Engine engine) {
        Map<String, Map<Long, String>> wanted = new HashMap<>();
        for (EvidenceRecord record : records) {
            wanted.computeIfAbsent(record.provenance().sourceFile(), f -> new HashMap<>())
                    .put(record.provenance().position(), record.provenance().sigHash());
        }
        List<String> lost = new ArrayList<>();
        wanted.forEach((file, positions) -> {
            Optional<Map<Long, String>> found = SourceRows.hashes(source, file, positions.keySet(), engine);
            positions.forEach((position, hash) -> {
                if (!hash.equals(found.map(hashes -> hashes.get(position)).orElse(null))) {
                    lost.add(file + ", row " + position);
                }
            });
        });
        lost.sort(null);
        return new Result(records.size(), lost);
    }
}
