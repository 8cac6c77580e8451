package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.Pem;
import dev.assay.receipt.internal.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/// A private key that signs receipts: Ed25519 (RFC 8032), as the Java platform has it.
///
/// Kept in a PKCS#8 PEM file that nobody but its owner may read, as `openssl genpkey -algorithm ed25519` writes
/// one.
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";

    private static final String WHAT = "private key";
    private static final int SEED_BYTES = 32;

    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private SigningKey(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /// A new key from the operating system's randomness.
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /// Reads a key.
    ///
    /// @param pem a PKCS#8 PEM file that only its owner may read or write (where the file system knows owners)
    /// @throws Fault (MISSING_FILE) if it cannot be read, (MALFORMED_FILE) if it holds no Ed25519 key,
    ///     (BAD_SETTING) if others may do anything with it, it is a link, or it belongs to somebody else or lies
    ///     where somebody else could exchange it
    public static SigningKey read(Path pem) {
        byte[] der = Pem.block(pem, PrivateFile.read(pem, WHAT, Pem.LARGEST_KEY_BYTES), Pem.PRIVATE_KEY);
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return new SigningKey(key, publicHalf(key));
        } catch (InvalidKeySpecException e) {
            // Not with its cause, which may tell of the bytes.
            throw noKey(pem);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /// Writes the key into a new file that only its owner may read or write.
    ///
    /// @throws Fault (STORAGE) if there is a file of that name already, or it cannot be written, (BAD_SETTING) if
    ///     somebody else could exchange it there
    public void write(Path pem) {
        PrivateFile.write(pem, WHAT, Pem.text(Pem.PRIVATE_KEY, key.getEncoded()).getBytes(StandardCharsets.US_ASCII));
    }

    /// The public half.
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /// The signature of these bytes, 64 bytes. The same each time: Ed25519 has no randomness.
    public byte[] sign(byte[] message) {
        try {
            return signature(key, message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        }
    }

    /// The id of its public half, and nothing of the key itself.
    @Override
    public String toString() {
        return "signing key " + verifyingKey.keyId();
    }

    private static byte[] signature(PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    /// PKCS#8 holds the private half only, and the platform has no call for the other one. Its generator makes
    /// both from 32 random bytes, so it is given these; that it took them as they are is checked.
    private static VerifyingKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = key instanceof EdECPrivateKey edwards ? edwards.getBytes().orElse(new byte[0]) : new byte[0];
        if (seed.length != SEED_BYTES) {
            throw new InvalidKeySpecException("no seed of 32 bytes");
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
        VerifyingKey half = new VerifyingKey(generator.generateKeyPair().getPublic());
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        if (!half.verifies(probe, signature(key, probe))) {
            throw new IllegalStateException("this Java platform's Ed25519 does not take a seed as it is given");
        }
        return half;
    }

    private static Fault noKey(Path pem) {
        return Fault.of(
                        Fault.Kind.MALFORMED_FILE,
                        "the key is not one of Ed25519; make one with 'assay receipts keygen'")
                .at(pem.toString());
    }

    /// Hands out the bytes it was given.
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, Math.min(bytes.length, into.length));
        }
    }
}
