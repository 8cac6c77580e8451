package dev.assay.receipt;

import java.util.Map;
import java.util.Optional;

/// A thing that a statement speaks of: in-toto's ResourceDescriptor, with the members that receipts use.
///
/// @param name        relative path, or a word such as `code`
/// @param uri         where it can be had
/// @param digest      digests in hexadecimal by algorithm (`sha256`, `gitCommit`, [DigestKey#ALGORITHM]), at least
///                    one
/// @param mediaType   its media type
/// @param annotations what else is known of it
public record ResourceDescriptor(
        String name,
        Optional<String> uri,
        Map<String, String> digest,
        Optional<String> mediaType,
        Optional<Annotations> annotations) {
    static final String SHA256 = "sha256";

    /// What a receipt adds to a descriptor.
    ///
    /// @param rows          number of rows
    /// @param contentDigest digest of what it says
    /// @param codeVersion   the whole version of code, where the digest holds only its commit
    public record Annotations(Optional<Long> rows, Optional<Digest> contentDigest, Optional<String> codeVersion) {}

    /// @throws IllegalArgumentException if the name is blank or there is no digest
    public ResourceDescriptor {
        Rules.text(name, "name of a resource");
        digest = Rules.map(digest, "digest");
        Rules.require(!digest.isEmpty(), "a resource must have a digest: " + name);
    }

    /// A name with its SHA-256, as subjects are.
    public static ResourceDescriptor of(String name, Digest sha256) {
        return new ResourceDescriptor(
                name, Optional.empty(), Map.of(SHA256, sha256.hex()), Optional.empty(), Optional.empty());
    }

    /// A file as the subject of a statement.
    static ResourceDescriptor subject(FileRef file) {
        return new ResourceDescriptor(file.name(), Optional.empty(), digest(file), Optional.empty(), Optional.empty());
    }

    private static Map<String, String> digest(FileRef file) {
        return Map.of(file.keyed() ? DigestKey.ALGORITHM : SHA256, file.sha256().hex());
    }

    /// A file with all that its receipt knows.
    static ResourceDescriptor of(FileRef file) {
        return new ResourceDescriptor(
                file.name(),
                Optional.empty(),
                digest(file),
                file.mediaType(),
                Optional.of(new Annotations(file.rows(), Optional.of(file.contentDigest()), Optional.empty())));
    }

    /// The program. What 64 digits are is taken as the digest of an archive, not as a commit of a SHA-256
    /// repository.
    static ResourceDescriptor code(String codeVersion) {
        String commit = RunIds.commit(codeVersion);
        boolean whole = commit.equals(codeVersion);
        boolean archive = whole && commit.length() == 64;
        return new ResourceDescriptor(
                "code",
                Optional.empty(),
                Map.of(archive ? SHA256 : "gitCommit", commit),
                Optional.empty(),
                whole
                        ? Optional.empty()
                        : Optional.of(new Annotations(Optional.empty(), Optional.empty(), Optional.of(codeVersion))));
    }
}
