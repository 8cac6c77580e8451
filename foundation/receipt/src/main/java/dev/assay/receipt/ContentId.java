package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.CanonicalWriter;
import dev.assay.receipt.internal.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Digests of what JSON says rather than of its bytes: the SHA-256 of the canonical form without volatile
/// members. Two runs that say the same at different times have the same content ids.
public final class ContentId {
    /// Members that say when, where or under which id something was written. They are left out at any depth.
    public static final Set<String> VOLATILE = Set.of(
            "id",
            "recorded_at",
            "scored_at",
            "created_at",
            "started_at",
            "finished_at",
            "generated_at",
            "duration_ms",
            "invocation_id",
            "hostname");

    /// Objects whose keys are data. Everything inside them is kept, whatever it is called.
    public static final Set<String> DATA_MAPS = Set.of("metrics", "metadata", "validation_results");

    /// The largest JSON document that is read as one: 256 MiB. Its tree is held in memory. (JSON Lines have no
    /// limit.)
    public static final long LARGEST_DOCUMENT_BYTES = 256L << 20;

    private ContentId() {}

    /// The content id of a JSON tree, or of anything that has one (see [CanonicalJson#of(Object)]).
    ///
    /// @throws IllegalArgumentException if it has no canonical form
    public static Digest of(Object value) {
        return Digest.of(CanonicalWriter.text(StrictJson.tree(value), VOLATILE, DATA_MAPS));
    }

    /// The content id of a file that holds one JSON value. The whole value is held in memory.
    ///
    /// @throws Fault if the file is missing, larger than [#LARGEST_DOCUMENT_BYTES], or has no canonical form
    public static Digest ofJsonFile(Path file) {
        try {
            if (Files.size(file) > LARGEST_DOCUMENT_BYTES) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                "a JSON document of more than 256 MiB is not read as one: use JSON Lines")
                        .at(file.toString());
            }
            JsonNode tree = StrictJson.parse(Files.readAllBytes(file));
            return of(tree);
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, String.valueOf(e.getMessage()))
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// The content digest of a file with one JSON value a line: the content ids of the rows, sorted, each
    /// followed by a line feed, hashed. The order of rows does not matter, their number does; empty lines are
    /// no rows.
    ///
    /// Memory: 32 bytes a row, about 2 MB for each 65,536 rows, and two batches of 4 MiB, or of up to four
    /// times the longest line.
    ///
    /// @throws Fault naming the line, if the file is missing or a row has no canonical form
    public static Digest ofJsonLinesFile(Path file) {
        try {
            return JsonLinesDigest.of(file, Optional.empty());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Fault unreadable(Path file, IOException e) {
        return Fault.of(
                        Fault.Kind.MISSING_FILE,
                        e instanceof NoSuchFileException
                                ? "the file does not exist: check its path"
                                : "the file cannot be read: check that it is a file and its permissions")
                .at(file.toString())
                .causedBy(e);
    }
}
