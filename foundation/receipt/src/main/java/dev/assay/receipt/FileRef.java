package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A file as a receipt speaks of it.
///
/// The digests of a confidential file are keyed (see [DigestKey]): only who has the key can compare them with
/// the file. The name of a file is never hidden, so that of a confidential one must not tell anything.
///
/// @param name          relative path with `/` between parts: below the run folder for what a run wrote,
///                      below the study for what it read
/// @param sha256        digest of the bytes; of a folder, [Digest#ofFolder(Path)]
/// @param contentDigest digest of what it says, for comparing runs; equal to `sha256` unless the file is JSON
/// @param bytes         its length; of a folder, the sum over its files
/// @param rows          number of rows, where it has rows
/// @param mediaType     its media type, where known
/// @param keyed         whether `sha256` and `contentDigest` are keyed digests; left out of JSON if not
public record FileRef(
        String name,
        Digest sha256,
        Digest contentDigest,
        long bytes,
        Optional<Long> rows,
        @JsonProperty("media_type") Optional<String> mediaType,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keyed) {

    /// Media type of a document with one JSON value.
    public static final String JSON = "application/json";
    /// Media type of a file with one JSON value a line.
    public static final String JSON_LINES = "application/jsonl";
    /// Media type of a folder.
    public static final String FOLDER = "inode/directory";

    /// @throws IllegalArgumentException if the name is absolute or leads out of its folder, or a number is
    /// negative
    public FileRef {
        Rules.relativePath(name, "name of a file");
        Rules.present(sha256, "sha256");
        Rules.present(contentDigest, "contentDigest");
        Rules.count(bytes, "bytes");
        rows.ifPresent(n -> Rules.count(n, "rows"));
        mediaType.ifPresent(type -> Rules.text(type, "media_type"));
    }

    /// A file with plain digests.
    ///
    /// @throws IllegalArgumentException if the name is absolute or leads out of its folder, or a number is
    /// negative
    public FileRef(
            String name,
            Digest sha256,
            Digest contentDigest,
            long bytes,
            Optional<Long> rows,
            Optional<String> mediaType) {
        this(name, sha256, contentDigest, bytes, rows, mediaType, false);
    }

    /// The file or folder `file`, read and hashed, under a name below `root`.
    ///
    /// The content digest goes by the name's ending: `.jsonl` and `.ndjson` are JSON Lines, `.json` is JSON.
    /// A file that calls itself JSON but has no canonical form (damaged, an integer beyond 2^53, too large)
    /// has the digest of its bytes as content digest: comparing is stricter then, never laxer. [ContentId]
    /// has the strict ways.
    ///
    /// @throws Fault if it cannot be read
    /// @throws IllegalArgumentException if `file` does not lie below `root`
    public static FileRef of(Path root, Path file) {
        Path base = root.toAbsolutePath().normalize();
        Path place = file.toAbsolutePath().normalize();
        Rules.require(place.startsWith(base), "a file of a receipt must lie below " + root);
        return named(FolderListing.relative(base, place), file);
    }

    /// The file or folder `file`, read and hashed, under another name: for inputs from elsewhere.
    ///
    /// @throws Fault if it cannot be read
    /// @throws IllegalArgumentException if the name breaks the rule for names
    public static FileRef named(String name, Path file) {
        try {
            if (Files.isDirectory(file)) {
                long bytes = 0;
                for (Path part : FolderListing.of(file).values()) {
                    bytes += Files.size(part);
                }
                Digest digest = Digest.ofFolder(file);
                return new FileRef(name, digest, digest, bytes, Optional.empty(), Optional.of(FOLDER));
            }
            Optional<String> type = typeByName(name);
            Digests digests = digests(file, type);
            return new FileRef(name, digests.sha256(), digests.content(), Files.size(file), Optional.empty(), type);
        } catch (IOException | UncheckedIOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read: check that it exists and its permissions")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// The file `file`, or every regular file below it in byte order, under names below `root`. Single files
    /// are what `sha256sum` can check, so outputs are better listed so than as folders.
    ///
    /// @throws Fault if one cannot be read
    public static List<FileRef> below(Path root, Path file) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(of(root, file));
        }
        return List.copyOf(
                FolderListing.each(file, (path, part) -> of(root, part)).values());
    }

    /// A folder of which all files are known, without reading it again: what [#named(String, Path)] says of
    /// it.
    ///
    /// @param files every regular file below the folder, under names that begin with `name` and a `/`
    /// @throws IllegalArgumentException if a file does not lie below `name`, or has keyed digests, from which
    /// that of the folder does not follow
    public static FileRef folder(String name, List<FileRef> files) {
        Map<String, Digest> listing = new HashMap<>();
        long bytes = 0;
        for (FileRef file : files) {
            Rules.require(file.name.startsWith(name + "/"), "a file of a folder must lie below " + name);
            Rules.require(!file.keyed, "the digest of a folder follows from plain digests of its files");
            listing.put(file.name.substring(name.length() + 1), file.sha256);
            bytes += file.bytes;
        }
        Digest digest = Digest.ofListing(listing);
        return new FileRef(name, digest, digest, bytes, Optional.empty(), Optional.of(FOLDER));
    }

    /// The same file under another name.
    public FileRef withName(String other) {
        return new FileRef(other, sha256, contentDigest, bytes, rows, mediaType, keyed);
    }

    /// The same file with its number of rows.
    public FileRef withRows(long number) {
        return new FileRef(name, sha256, contentDigest, bytes, Optional.of(number), mediaType, keyed);
    }

    /// The same file with a media type.
    public FileRef withMediaType(String type) {
        return new FileRef(name, sha256, contentDigest, bytes, rows, Optional.of(type), keyed);
    }

    /// The same file with keyed digests in place of the plain ones.
    ///
    /// @throws IllegalArgumentException if its digests are keyed already
    public FileRef keyedBy(DigestKey key) {
        Rules.require(!keyed, "the digests of a file must not be keyed twice: " + name);
        return new FileRef(name, key.keyed(sha256), key.keyed(contentDigest), bytes, rows, mediaType, true);
    }

    private static Optional<String> typeByName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return Optional.of(JSON_LINES);
        }
        return lower.endsWith(".json") ? Optional.of(JSON) : Optional.empty();
    }

    private record Digests(Digest sha256, Digest content) {}

    private static Digests digests(Path file, Optional<String> type) throws IOException {
        try {
            if (type.equals(Optional.of(JSON_LINES))) {
                MessageDigest sha = Digest.sha256();
                Digest content = JsonLinesDigest.of(file, Optional.of(sha));
                return new Digests(Digest.from(sha), content);
            }
            if (type.equals(Optional.of(JSON))) {
                return new Digests(Digest.ofFile(file), ContentId.ofJsonFile(file));
            }
        } catch (Fault fault) {
            if (fault.kind() != Fault.Kind.MALFORMED_FILE) {
                throw fault;
            }
        }
        Digest sha256 = Digest.ofFile(file);
        return new Digests(sha256, sha256);
    }
}
