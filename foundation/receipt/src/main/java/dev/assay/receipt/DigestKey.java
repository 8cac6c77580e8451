package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret key that digests of confidential files are keyed with.
///
/// The plain digest of a file with few possible contents gives them away: whoever guesses the file can tell
/// that the guess is right. A keyed digest tells nothing to those who lack the key, and those who have it
/// compare files as ever.
///
/// The keyed digest is HMAC-SHA256 (RFC 2104) over the 32 bytes of the plain SHA-256, so that a large file is
/// hashed once for both. Kept as 64 hexadecimal digits in a file that nobody but its owner may read, as
/// `openssl rand -hex 32` writes them.
public final class DigestKey {
    /// What keyed digests are called in statements.
    public static final String ALGORITHM = "hmac-sha256";

    private static final String MAC = "HmacSHA256";
    private static final String WHAT = "digest key";
    private static final int BYTES = 32;
    private static final int ID_DIGITS = 12;
    private static final int LARGEST_FILE_BYTES = 1 << 10;
    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]{64}");

    private final byte[] key;

    private DigestKey(byte[] key) {
        this.key = key;
    }

    /// A new key from the operating system's randomness.
    public static DigestKey generate() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance(MAC);
            generator.init(BYTES * Byte.SIZE);
            return new DigestKey(generator.generateKey().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /// Reads a key.
    ///
    /// @param file 64 hexadecimal digits, in a file that only its owner may read or write (where the file
    ///             system knows owners)
    /// @throws Fault (MISSING_FILE) if it cannot be read, (MALFORMED_FILE) if it holds something else,
    ///     (BAD_SETTING) if others may do anything with it, it is a link, or it belongs to somebody else or lies
    ///     where somebody else could exchange it
    public static DigestKey read(Path file) {
        byte[] bytes = PrivateFile.read(file, WHAT, LARGEST_FILE_BYTES);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        if (!DIGITS.matcher(text).matches()) {
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            "a digest key is 64 hexadecimal digits, and this is not; give the file that the key"
                                    + " was written to")
                    .at(file.toString());
        }
        return new DigestKey(HexFormat.of().parseHex(text));
    }

    /// Writes the key into a new file that only its owner may read or write.
    ///
    /// @throws Fault (STORAGE) if there is a file of that name already, or it cannot be written, (BAD_SETTING) if
    ///     somebody else could exchange it there
    public void write(Path file) {
        PrivateFile.write(file, WHAT, (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// The keyed digest of what has this plain one. The same each time.
    public Digest keyed(Digest plain) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return new Digest(
                    HexFormat.of().formatHex(mac.doFinal(HexFormat.of().parseHex(plain.hex()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /// Its id, for telling keys apart: the first 12 digits of the SHA-256 of its bytes. It does not give the key
    /// away.
    public String id() {
        return Digest.of(key).hex().substring(0, ID_DIGITS);
    }

    /// Its id, and nothing of the key itself.
    @Override
    public String toString() {
        return "digest key " + id();
    }
}
