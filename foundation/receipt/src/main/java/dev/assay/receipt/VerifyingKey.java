package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.AtomicFile;
import dev.assay.receipt.internal.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/// A public key that checks signatures of receipts: Ed25519 (RFC 8032), kept as SubjectPublicKeyInfo in PEM.
public final class VerifyingKey {
    private final PublicKey key;
    private final String keyId;

    VerifyingKey(PublicKey key) {
        this.key = key;
        this.keyId = Digest.of(key.getEncoded()).hex();
    }

    /// Reads a key.
    ///
    /// @param pem a PEM file as `openssl pkey -pubout` writes one
    /// @throws Fault (MISSING_FILE) if it cannot be read, (MALFORMED_FILE) if it holds no Ed25519 public key
    public static VerifyingKey read(Path pem) {
        byte[] der = Pem.read(pem, Pem.PUBLIC_KEY);
        try {
            return new VerifyingKey(
                    KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (InvalidKeySpecException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, "the public key is not one of Ed25519")
                    .at(pem.toString())
                    .causedBy(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /// Its id: the SHA-256 of its SubjectPublicKeyInfo in DER, 64 hexadecimal digits.
    public String keyId() {
        return keyId;
    }

    /// The key as text.
    public String pem() {
        return Pem.text(Pem.PUBLIC_KEY, key.getEncoded());
    }

    /// Writes the key into a file that all may read and nobody but its owner may write, whatever the umask.
    ///
    /// @throws Fault (STORAGE) if the file cannot be written
    public void write(Path file) {
        AtomicFile.writePublic(file, pem().getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether this is the signature of these bytes by this key's private half. What is no signature at all is
    /// none of these bytes either.
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(SigningKey.ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key verifies", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyingKey that && keyId.equals(that.keyId);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    @Override
    public String toString() {
        return "public key " + keyId;
    }
}
