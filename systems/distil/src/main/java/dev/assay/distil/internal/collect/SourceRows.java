package dev.assay.distil.internal.collect;

import dev.assay.distil.SourceFormat;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.collect.SourceFiles.SourceFile;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import dev.assay.engine.Engine;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Single rows of source files, looked up by their place.
public final class SourceRows {
    private SourceRows() {}

    /// The hashes of some rows.
    ///
    /// @param logical   the path inside the source folder
    /// @param positions which rows
    /// @return by position; rows that cannot be read are left out. Empty if there is no such file
    public static Optional<Map<Long, String>> hashes(Path root, String logical, Set<Long> positions, Engine engine) {
        Optional<SourceFile> file = SourceFiles.all(root).stream()
                .filter(each -> each.logical().equals(logical))
                .findFirst();
        return file.map(each -> {
            Map<Long, String> hashes = new HashMap<>();
            try (RowReader rows = SourceFiles.open(each, format(logical))) {
                for (List<RawRow> batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
                    for (RawRow row : batch) {
                        if (positions.contains(row.position())) {
                            hash(row).ifPresent(hash -> hashes.put(row.position(), hash));
                        }
                    }
                }
            } catch (IOException e) {
                throw Storage.fault(each.path(), e);
            }
            return hashes;
        });
    }

    private static Optional<String> hash(RawRow row) {
        try {
            byte[] json = row.json();
            if (json != null) {
                return Optional.of(Digest.of(CanonicalJson.canonical(json)).hex());
            }
            return Optional.ofNullable(row.node())
                    .map(node -> Digest.of(CanonicalJson.bytes(node)).hex());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// By the ending of a name, which is how files are usually called.
    private static SourceFormat format(String name) {
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot + 1)) {
            case "json" -> SourceFormat.JSON_ARRAY;
            case "yml", "yaml" -> SourceFormat.YAML_SEQ;
            case "csv" -> SourceFormat.CSV;
            case "parquet" -> SourceFormat.PARQUET;
            default -> SourceFormat.JSONL;
        };
    }
}
