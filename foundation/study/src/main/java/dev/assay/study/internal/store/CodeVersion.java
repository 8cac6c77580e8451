package dev.assay.study.internal.store;

import dev.assay.receipt.Digest;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The version of the code that a stage can reach: the digests of its module, of every module and library in
/// the runtime closure of that module as the build resolved it, and the Java release.
///
/// Doors and other systems are not in a system's closure, so they change nothing. Class files and jars of the
/// same sources give the same digests. Native libraries lie inside jars and count as any other entry. A
/// library of another version than the build resolved counts as what it is; one that is not there is
/// `absent`.
///
/// A class whose jar or folder has no module list, such as a stage of a test or of a jar that was built
/// elsewhere, has the version of everything on the class path: one digest over all of `dev/assay/` but the
/// doors, and the digest of each library by the name of its file.
///
/// @param parts by name, immutable: `assay-study` or `org.duckdb:duckdb_jdbc:2.0.0.1` with a SHA-256 in
///     hexadecimal digits, `java` with the number of the release
public record CodeVersion(SortedMap<String, String> parts) {
    /// Copies the parts.
    public CodeVersion {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /// The version of the code that this class can reach on the class path of the running program. The jars
    /// and folders are read once.
    ///
    /// @throws java.io.UncheckedIOException if one of them cannot be read
    public static CodeVersion of(Class<?> inModule) {
        return placeOf(inModule)
                .map(Running.CLASS_PATH::version)
                .orElseGet(() -> Running.CLASS_PATH.everything(Optional.empty()));
    }

    /// One digest over all parts, 64 hexadecimal digits.
    public String digest() {
        return digest(parts);
    }

    /// The digest of names and what they stand for.
    static String digest(SortedMap<String, String> parts) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            text.append(part.getKey()).append(' ').append(part.getValue()).append('\n');
        }
        return Digest.of(text.toString()).hex();
    }

    /// The jar or folder from which a class was loaded; empty for classes of Java itself and those made at
    /// run time.
    private static Optional<Path> placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " was loaded from " + location + ", which is no file", e);
        }
    }

    private static final class Running {
        static final ClassPath CLASS_PATH = ClassPath.ofProgram();
    }
}
