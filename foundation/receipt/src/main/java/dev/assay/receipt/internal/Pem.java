package dev.assay.receipt.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Keys as text: PEM (RFC 7468). Nothing of what a block holds is ever told.
public final class Pem {
    /// What PKCS#8 private keys are called.
    public static final String PRIVATE_KEY = "PRIVATE KEY";
    /// What SubjectPublicKeyInfo is called.
    public static final String PUBLIC_KEY = "PUBLIC KEY";
    /// The largest file that is taken for a key.
    public static final int LARGEST_KEY_BYTES = 1 << 16;

    private static final int LINE = 64;
    private static final int LONGEST_LABEL = 40;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Pem() {}

    /// The text of a block.
    public static String text(String label, byte[] der) {
        return BEGIN + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n" + END + label + "-----\n";
    }

    /// The bytes of the one block of this label in a file that anybody may read.
    ///
    /// @throws Fault (MISSING_FILE) if it cannot be read, (MALFORMED_FILE) if there is no such block, or several
    public static byte[] read(Path file, String label) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw malformed(file, "a key is a small text file, and this is not");
            }
            return block(file, Bytes.read(file, LARGEST_KEY_BYTES), label);
        } catch (Bytes.TooManyException e) {
            throw malformed(file, "a key is a small text file, and this is not").causedBy(e);
        } catch (NoSuchFileException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "there is no such key file; check the path")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the key cannot be read; check its permissions")
                    .at(file.toString())
                    .causedBy(e);
        }
    }

    /// The bytes of the one block of this label in a text.
    ///
    /// @param file where it was read from, for messages
    /// @throws Fault (MALFORMED_FILE) if there is no such block, or several
    public static byte[] block(Path file, byte[] bytes, String label) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> labels = new ArrayList<>();
        byte[] found = null;
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
            int from = at + BEGIN.length();
            int dashes = text.indexOf(DASHES, from);
            if (dashes < 0) {
                break;
            }
            String named = text.substring(from, dashes);
            String end = END + named + DASHES;
            // Not within the dashes that end the first line.
            int to = text.indexOf(end, dashes + DASHES.length());
            if (to < 0) {
                throw malformed(file, "a block of the file has no end: it is cut off, or damaged");
            }
            labels.add(named);
            if (named.equals(label)) {
                if (found != null) {
                    throw malformed(file, "the file holds more than one " + words(label) + "; keep one");
                }
                found = decoded(file, text.substring(dashes + DASHES.length(), to));
            }
            at = to + end.length();
        }
        if (found != null) {
            return found;
        }
        throw malformed(
                file,
                "the file holds no " + words(label) + " in PEM"
                        + (labels.isEmpty() ? "" : ", but '" + OneLine.of(labels.getFirst(), LONGEST_LABEL) + "'")
                        + hint(labels, label));
    }

    private static byte[] decoded(Path file, String body) {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // Not with its cause, which quotes a character.
            throw malformed(file, "the key is damaged: its lines are not base64");
        }
    }

    private static String hint(List<String> labels, String label) {
        if (label.equals(PUBLIC_KEY) && labels.stream().anyMatch(each -> each.endsWith(PRIVATE_KEY))) {
            return "; give the public key, and keep this one to yourself";
        }
        if (labels.contains("ENCRYPTED " + PRIVATE_KEY)) {
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
