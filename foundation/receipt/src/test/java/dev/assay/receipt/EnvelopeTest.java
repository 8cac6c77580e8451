package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The key is that of RFC 8032, section 7.1, test 1; the signature was made with a Python library and verified with
/// OpenSSL 3.0.
class EnvelopeTest {
    /// PKCS#8 (RFC 8410) around the seed 9d61b19d...: the head of all Ed25519 keys, then the seed.
    static final String PRIVATE =
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    static final String PUBLIC = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    static final String KEY_ID = "06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9";

    private static final String PAYLOAD = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":"
            + "{\"configuration\":[],\"failedTests\":[],\"passedTests\":[\"a\"],\"result\":\"PASSED\",\"warnedTests\":[]},"
            + "\"predicateType\":\"https://in-toto.io/attestation/test-result/v0.1\",\"subject\":[{\"digest\":{\"sha256\":"
            + "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"},\"name\":\"empty.jsonl\"}]}";
    private static final String SIGNATURE =
            "jt6Qw8JGAb3gctIOEypLCfDPhmO0wkItWgV5asabooXLZYyVovqEw/9HyiohxGVmjpTM7MB/65VQnPNcBBd5Dg==";

    @TempDir
    Path folder;

    private SigningKey key;
    private VerifyingKey verifying;

    @BeforeEach
    void theKeyOfTheStandard() throws Exception {
        key = SigningKey.read(privateKey(folder));
        verifying = VerifyingKey.read(Files.writeString(
                folder.resolve("pub.pem"), "-----BEGIN PUBLIC KEY-----\n" + PUBLIC + "\n-----END PUBLIC KEY-----\n"));
    }

    static Path privateKey(Path folder) throws Exception {
        String body = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(PRIVATE));
        Path pem = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theEncodingIsTheOneOfTheStandard() {
        assertThat(text(Envelope.signedBytes("http://example.com/HelloWorld", bytes("hello world"))))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assertThat(text(Envelope.signedBytes("é", bytes("ü")))).isEqualTo("DSSEv1 2 é 2 ü");
        assertThat(text(Envelope.signedBytes("", new byte[0]))).isEqualTo("DSSEv1 0  0 ");
    }

    @Test
    void theSignatureIsTheReferenceOne() {
        byte[] payload = bytes(PAYLOAD);
        assertThat(payload).hasSize(336);
        byte[] signed = Envelope.signedBytes(Envelope.STATEMENT_TYPE, payload);
        assertThat(Digest.of(signed).hex())
                .isEqualTo("1a2abc94d3c14937897e3f37e7ac996f189bc84ac5a976f65dfb1086cf92acac");
        assertThat(Base64.getEncoder().encodeToString(key.sign(signed))).isEqualTo(SIGNATURE);
        assertThat(text(Envelope.of(payload, key).json()))
                .isEqualTo("{\"payload\":\"" + Base64.getEncoder().encodeToString(payload)
                        + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"keyid\":\"" + KEY_ID
                        + "\",\"sig\":\"" + SIGNATURE + "\"}]}");
    }

    @Test
    void oneByteMoreAndTheSignatureDoesNotHold() {
        byte[] signed = Envelope.signedBytes(Envelope.STATEMENT_TYPE, bytes(PAYLOAD));
        byte[] signature = Base64.getDecoder().decode(SIGNATURE);
        assertThat(verifying.verifies(signed, signature)).isTrue();
        assertThat(verifying.verifies(Arrays.copyOf(signed, signed.length + 1), signature))
                .isFalse();
        assertThat(verifying.verifies(signed, Arrays.copyOf(signature, 63))).isFalse();
        assertThat(verifying.verifies(signed, new byte[64])).isFalse();
        for (int i = 0; i < signature.length; i++) {
            signature[i] ^= 1;
            assertThat(verifying.verifies(signed, signature)).as("byte " + i).isFalse();
            signature[i] ^= 1;
        }
    }

    @Test
    void thePublicHalfAndItsIdAreTheReferenceOnes() {
        assertThat(key.verifyingKey().keyId()).isEqualTo(KEY_ID);
        assertThat(verifying.keyId()).isEqualTo(KEY_ID);
        assertThat(key.verifyingKey().pem())
                .isEqualTo("-----BEGIN PUBLIC KEY-----\n" + PUBLIC + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void thePayloadIsHandedOutOnlyToTheRightKey() {
        Envelope envelope = Envelope.parse(Envelope.of(bytes(PAYLOAD), key).json());
        SigningKey other = SigningKey.generate();
        assertThat(envelope.open(List.of())).isEmpty();
        assertThat(envelope.open(List.of(other.verifyingKey()))).isEmpty();
        Envelope.Opened opened =
                envelope.open(List.of(other.verifyingKey(), verifying)).orElseThrow();
        assertThat(text(opened.payload())).isEqualTo(PAYLOAD);
        assertThat(opened.key()).isEqualTo(verifying);
    }

    @Test
    void anotherTypeOrPayloadUnderTheSameSignatureIsRefused() {
        String json = text(Envelope.of(bytes(PAYLOAD), key).json());
        String otherType = json.replace("vnd.in-toto+json", "vnd.in-toto+jsom");
        String otherPayload = json.replaceFirst("eyJf", "eyJg");
        assertThat(Envelope.parse(bytes(otherType)).open(List.of(verifying))).isEmpty();
        assertThat(otherPayload).isNotEqualTo(json);
        assertThat(Envelope.parse(bytes(otherPayload)).open(List.of(verifying))).isEmpty();
    }

    @Test
    void theKeyIdIsOnlyAHint() {
        String json = text(Envelope.of(bytes(PAYLOAD), key).json());
        for (String hint :
                List.of("", "another key", SigningKey.generate().verifyingKey().keyId())) {
            assertThat(Envelope.parse(bytes(json.replace(KEY_ID, hint))).open(List.of(verifying)))
                    .isPresent();
        }
        assertThat(Envelope.parse(bytes(json.replace("\"keyid\":\"" + KEY_ID + "\",", "")))
                        .open(List.of(verifying)))
                .isPresent();
    }

    @Test
    void severalKeysSignBesideEachOther() {
        SigningKey other = SigningKey.generate();
        Envelope both = Envelope.parse(
                Envelope.of(bytes(PAYLOAD), other).and(key).and(other).json());
        assertThat(both.claimedKeyIds())
                .containsExactly(KEY_ID, other.verifyingKey().keyId());
        assertThat(both.open(List.of(verifying))).isPresent();
        assertThat(both.open(List.of(other.verifyingKey()))).isPresent();
    }

    @Test
    void bothAlphabetsOfBase64AreRead() {
        String json = text(Envelope.of(bytes(PAYLOAD + "\u00ff~?>"), key).json());
        String urlSafe = json.replace('+', '-')
                .replace('/', '_')
                .replace("application_vnd.in-toto-json", "application/vnd.in-toto+json");
        assertThat(urlSafe).isNotEqualTo(json);
        assertThat(Envelope.parse(bytes(urlSafe)).open(List.of(verifying))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"payload\":\"\",\"payloadType\":\"t\"}",
                "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[]}",
                "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{}]}",
                "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":5}]}",
                "{\"payload\":\"%\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}]}",
                "{\"payload\":\"\",\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}]}"
            })
    void whatIsNoEnvelopeIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> Envelope.parse(bytes(json)));
    }

    @Test
    void anEmptySignatureIsNone() {
        Envelope envelope = Envelope.parse(
                bytes("{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}],\"more\":1}"));
        assertThat(envelope.open(List.of(verifying))).isEmpty();
    }
}
