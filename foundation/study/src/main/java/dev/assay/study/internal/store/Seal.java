package dev.assay.study.internal.store;

import dev.assay.receipt.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What tells the results that a user's own runs left in a store from results that somebody else put there: a
/// record of the files beside the artefacts, among them the manifest with the artefacts' digests, and a code
/// over it (HMAC-SHA256, RFC 2104) under a key that never lies in a workspace.
///
/// @param schemaVersion [#VERSION]
/// @param run           the run that did the work
/// @param files         SHA-256 of each file beside the artefacts, by name
/// @param code          the code
record Seal(int schemaVersion, String run, SortedMap<String, String> files, String code) {
    /// Its name in an entry.
    static final String FILE = "seal.json";

    private static final int VERSION = 1;
    private static final String USE = "assay store entry";

    Seal {
        files = new TreeMap<>(files);
    }

    /// Seals an entry that is about to be published.
    static Seal of(UserKey user, String key, String run, Map<String, byte[]> beside) {
        SortedMap<String, String> files = new TreeMap<>();
        beside.forEach((name, bytes) -> files.put(name, Digest.of(bytes).hex()));
        return new Seal(VERSION, run, files, user.code(USE, text(key, run, files)));
    }

    /// What the code is over. As JSON, so that no two entries have the same text.
    private static String text(String key, String run, SortedMap<String, String> files) {
        return Json.line(List.of(key, run, files));
    }

    /// The seal of an entry, if this user made it and the files beside the artefacts are those that were sealed.
    static Optional<Seal> of(UserKey user, String key, Path entry) {
        try {
            Path file = entry.resolve(FILE);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            @Nullable Seal seal = Json.read(file, Seal.class);
            if (seal == null
                    || seal.schemaVersion != VERSION
                    || !user.isCode(USE, text(key, seal.run, seal.files), seal.code)
                    || !seal.holds(entry)) {
                return Optional.empty();
            }
            return Optional.of(seal);
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException damaged) {
            return Optional.empty();
        }
    }

    private boolean holds(Path entry) throws IOException {
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = entry.resolve(each.getKey());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Digest.ofFile(file).hex().equals(each.getValue())) {
                return false;
            }
        }
        return true;
    }
}
