package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys as text: PEM (RFC 7468).
public final class Pem {
    /// What PKCS#8 private keys are called.
    public static final String PRIVATE_KEY = "PRIVATE KEY";
    /// What SubjectPublicKeyInfo is called.
    public static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final long LARGEST_KEY_BYTES = 1 << 16;
    private static final int LINE = 64;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)\\s*-----END \\1-----");
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    private Pem() {}

    /// The text of a block.
    public static String text(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /// The bytes of the one block of this label in a file.
    ///
    /// @throws Fault (MISSING_FILE) if it cannot be read, (MALFORMED_FILE) if there is no such block, or several
    public static byte[] read(Path file, String label) {
        String text;
        try {
            if (!Files.exists(file)) {
                throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such key file; check the path")
                        .at(file.toString());
            }
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_KEY_BYTES) {
                throw malformed(file, "a key is a small text file, and this is not");
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the key cannot be read; check its permissions")
                    .at(file.toString())
                    .causedBy(e);
        }
        byte[] found = null;
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals(label)) {
                if (found != null) {
                    throw malformed(file, "the file holds more than one " + words(label) + "; keep one");
                }
                found = decoded(file, blocks.group(2));
            }
        }
        if (found == null) {
            Matcher other = BEGIN.matcher(text);
            throw malformed(
                    file,
                    "the file holds no " + words(label) + " in PEM"
                            + (other.find() ? ", but '" + other.group(1) + "'" : "")
                            + hint(text, label));
        }
        return found;
    }

    private static byte[] decoded(Path file, String body) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw malformed(file, "the key is damaged: its lines are not base64")
                    .causedBy(e);
        }
    }

    private static String hint(String text, String label) {
        if (label.equals(PUBLIC_KEY) && text.contains("PRIVATE KEY-----")) {
            return "; give the public key, and keep this one to yourself";
        }
        if (text.contains("ENCRYPTED PRIVATE KEY-----")) {
            return "; decrypt it with 'openssl pkey' into a file that only you can read";
        }
        return "";
    }

    private static String words(String label) {
        return label.equals(PRIVATE_KEY) ? "private key" : "public key";
    }

    private static Fault malformed(Path file, String sentence) {
        return Fault.of(Fault.Kind.MALFORMED_FILE, sentence).at(file.toString());
    }
}
