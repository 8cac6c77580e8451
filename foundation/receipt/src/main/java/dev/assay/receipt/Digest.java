package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.assay.fault.Fault;
import dev.assay.receipt.internal.FileSizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A SHA-256 digest as 64 lower-case hexadecimal digits.
public record Digest(@JsonValue String hex) implements Comparable<Digest> {
    /// Never fed: copying it is faster than asking the providers of the platform again.
    private static final MessageDigest UNUSED = provided();

    /// For digests that are done before the method returns.
    private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Digest::sha256);

    private static final int DIGITS = 64;
    private static final int BUFFER_BYTES = 1 << 18;

    /// @throws IllegalArgumentException unless `hex` is 64 lower-case hexadecimal digits
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        boolean holds = hex.length() == DIGITS;
        for (int i = 0; holds && i < DIGITS; i++) {
            char c = hex.charAt(i);
            holds = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!holds) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hexadecimal digits, got " + hex);
        }
    }

    /// The digest of these bytes.
    public static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(hash(bytes, 0, bytes.length)));
    }

    /// The digest of this text in UTF-8.
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The SHA-256 of some bytes of an array, 32 bytes.
    static byte[] hash(byte[] bytes, int from, int length) {
        MessageDigest sha = OWN.get();
        sha.update(bytes, from, length);
        return sha.digest();
    }

    /// The digest that a finished computation returned.
    ///
    /// @param sha256 a [MessageDigest] for SHA-256 that has been fed; it is reset
    public static Digest from(MessageDigest sha256) {
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    /// The digest of a file's bytes, streamed.
    ///
    /// @throws UncheckedIOException if the file cannot be read
    /// @throws Fault (MALFORMED_FILE) if it is no regular file, larger than [dev.assay.fault.Limit#FILE_BYTES] of
    ///     the process, or larger than its disk: then it is mostly holes
    public static Digest ofFile(Path file) {
        MessageDigest sha = sha256();
        try (InputStream in = FileSizes.open(file)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Files.size(file) + 1)];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return from(sha);
    }

    /// The digest of a folder: the regular files below it in byte order of their relative path, each as
    /// `<sha256><two spaces><path>` and a line feed, hashed. Links are not followed and do not count; neither
    /// do empty folders. The same as `find . -type f | cut -c3- | LC_ALL=C sort | xargs -r sha256sum |
    /// sha256sum` for names without white space.
    ///
    /// A path with a backslash, a line feed or a carriage return is written as `sha256sum` does, escaped with a
    /// backslash in front of the line, so that no name can pass for two.
    ///
    /// @throws UncheckedIOException if the folder or a file in it cannot be read
    /// @throws Fault (MALFORMED_FILE) as [#ofFile(Path)] does, for a file and for all of them together, and if the
    ///     name of a file is no text
    public static Digest ofFolder(Path folder) {
        return ofListing(FolderListing.each(folder, (path, file) -> ofFile(file)));
    }

    /// The digest of a folder that holds files of these digests, by their relative path: that of
    /// [#ofFolder(Path)] without reading a file.
    static Digest ofListing(Map<String, Digest> files) {
        SortedMap<String, Digest> sorted = new TreeMap<>(FolderListing.BYTE_ORDER);
        sorted.putAll(files);
        MessageDigest sha = sha256();
        sorted.forEach((path, digest) -> {
            String escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            String line = (escaped.equals(path) ? "" : "\\") + digest.hex() + "  " + escaped + "\n";
            sha.update(line.getBytes(StandardCharsets.UTF_8));
        });
        return from(sha);
    }

    /// A new SHA-256 computation.
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            return provided();
        }
    }

    private static MessageDigest provided() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The first 12 digits, for people.
    public String shorter() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
