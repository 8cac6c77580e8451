package dev.assay.receipt;

import dev.assay.receipt.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A signed statement: a DSSE envelope (Dead Simple Signing Envelope, version 1).
///
/// Signed are the exact bytes of the payload together with its type, never JSON that was read and written
/// again. So the payload is handed out only with the key whose signature holds, and is read only then.
public final class Envelope {
    /// The type of payloads that are in-toto statements.
    public static final String STATEMENT_TYPE = "application/vnd.in-toto+json";

    private static final String VERSION = "DSSEv1";
    private static final int MOST_SIGNATURES = 32;
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}");
    private static final int SIGNATURE_BYTES = 64;

    private final String payloadType;
    private final byte[] payload;
    private final List<Signed> signatures;

    private Envelope(String payloadType, byte[] payload, List<Signed> signatures) {
        this.payloadType = payloadType;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /// One signature.
    ///
    /// @param keyId whose it claims to be; a hint, which may be empty
    /// @param bytes the signature in hexadecimal
    private record Signed(String keyId, String bytes) {
        boolean isOne() {
            return KEY_ID.matcher(keyId).matches() && bytes.length() == 2 * SIGNATURE_BYTES;
        }
    }

    /// A payload whose signature holds.
    ///
    /// @param key     the key that signed it
    /// @param payload its bytes
    @SuppressWarnings("ArrayRecordComponent") // made and taken apart at once, never compared
    public record Opened(VerifyingKey key, byte[] payload) {}

    /// The bytes that are signed: the pre-authentication encoding of type and payload,
    /// `DSSEv1 <length of type> <type> <length of payload> <payload>` with lengths in bytes.
    public static byte[] signedBytes(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = (VERSION + " " + type.length + " " + payloadType + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /// An envelope around the bytes of a statement, with one signature.
    public static Envelope of(byte[] statement, SigningKey key) {
        return new Envelope(STATEMENT_TYPE, statement.clone(), List.of()).and(key);
    }

    /// The same envelope signed by one more key. A signature under the same key id is replaced.
    public Envelope and(SigningKey key) {
        String keyId = key.verifyingKey().keyId();
        List<Signed> more = new ArrayList<>(signatures);
        more.removeIf(signature -> signature.keyId().equals(keyId));
        more.add(new Signed(keyId, HexFormat.of().formatHex(key.sign(signedBytes(payloadType, payload)))));
        return new Envelope(payloadType, payload, more);
    }

    /// Reads an envelope, and nothing of what is in it. Members that DSSE does not name are passed over, and
    /// both alphabets of base64 are taken, as DSSE demands of readers.
    ///
    /// @throws IllegalArgumentException in one sentence if it is none
    public static Envelope parse(byte[] json) {
        JsonNode tree = StrictJson.receipt(json);
        String type = text(tree, "payloadType");
        byte[] payload = base64(text(tree, "payload"), "payload");
        JsonNode list = tree.path("signatures");
        Rules.require(list.isArray() && !list.isEmpty(), "an envelope must have a list of signatures");
        Rules.require(list.size() <= MOST_SIGNATURES, "an envelope must have at most 32 signatures");
        List<Signed> signatures = new ArrayList<>();
        for (JsonNode each : list) {
            signatures.add(new Signed(
                    each.path("keyid").stringValue(""), HexFormat.of().formatHex(base64(text(each, "sig"), "sig"))));
        }
        return new Envelope(type, payload, signatures);
    }

    /// The envelope as canonical JSON.
    public byte[] json() {
        Base64.Encoder base64 = Base64.getEncoder();
        return CanonicalJson.bytes(Map.of(
                "payload",
                base64.encodeToString(payload),
                "payloadType",
                payloadType,
                "signatures",
                signatures.stream()
                        .map(signature -> Map.of(
                                "keyid",
                                signature.keyId(),
                                "sig",
                                base64.encodeToString(HexFormat.of().parseHex(signature.bytes()))))
                        .toList()));
    }

    /// What kind of thing the payload is.
    public String payloadType() {
        return payloadType;
    }

    /// The key ids that the envelope claims to be signed by. Only [#open(List)] tells whether that is so.
    public List<String> claimedKeyIds() {
        return signatures.stream().map(Signed::keyId).toList();
    }

    /// The payload, if one of these keys made one of the signatures. Key ids are hints and not looked at.
    public Optional<Opened> open(List<VerifyingKey> keys) {
        byte[] signed = signedBytes(payloadType, payload);
        for (VerifyingKey key : keys) {
            for (Signed signature : signatures) {
                if (key.verifies(signed, HexFormat.of().parseHex(signature.bytes()))) {
                    return Optional.of(new Opened(key, payload.clone()));
                }
            }
        }
        return Optional.empty();
    }

    /// Where a file is not the envelope that this program would write, in sentences. None of it is under a
    /// signature: anybody can change it without one failing, and readers that rely on it are led astray.
    ///
    /// @param file the bytes that this envelope was read from
    /// @param keys with which the signatures are compared that name them, or that they made
    List<String> irregularities(byte[] file, List<VerifyingKey> keys) {
        List<String> found = new ArrayList<>();
        if (!Arrays.equals(json(), file)) {
            found.add("it is not written in the one form that envelopes have here: it was changed, or another program"
                    + " wrote it");
        }
        List<String> ids = claimedKeyIds();
        if (Set.copyOf(ids).size() < ids.size()) {
            found.add("two signatures in it name one key");
        }
        byte[] signed = signedBytes(payloadType, payload);
        for (Signed signature : signatures) {
            if (!signature.isOne()) {
                found.add("a signature in it has no key id of 64 hexadecimal digits, or not 64 bytes");
            }
            for (VerifyingKey key : keys) {
                boolean made = key.verifies(signed, HexFormat.of().parseHex(signature.bytes()));
                if (made != key.keyId().equals(signature.keyId())) {
                    found.add(
                            made
                                    ? "a signature in it is by " + key.keyId() + " and names another key"
                                    : "a signature in it names " + key.keyId() + ", which did not make it");
                }
            }
        }
        return found;
    }

    /// Whether the envelope holds exactly these bytes, signed or not.
    public boolean holds(byte[] statement) {
        return payloadType.equals(STATEMENT_TYPE) && Arrays.equals(payload, statement);
    }

    private static String text(JsonNode tree, String name) {
        JsonNode node = tree.path(name);
        Rules.require(node.isString(), "an envelope must have the text '" + name + "'");
        return node.stringValue();
    }

    private static byte[] base64(String text, String name) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' of the envelope is not base64", e);
        }
    }
}
