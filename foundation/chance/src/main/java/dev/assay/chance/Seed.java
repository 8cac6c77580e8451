package dev.assay.chance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A seed: an immutable 256-bit value from which streams of random numbers and further seeds are derived.
///
/// `child(name)` is the SHA-256 of the parent's 32 bytes, a tag and the name, so streams of different paths
/// are independent for every practical purpose and a path's stream never depends on what other paths exist.
/// Deriving a child costs well under a microsecond or two: derive one a column, a tree or a block of rows,
/// not one a cell.
public final class Seed {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATOR =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final byte[] state;

    private Seed(byte[] state) {
        this.state = state;
    }

    /// The seed for a number that a person chose. All 64-bit values are seeds, 0 included.
    public static Seed of(long value) {
        return new Seed(hash(
                new byte[0],
                (byte) 0,
                ByteBuffer.allocate(Long.BYTES).putLong(value).array()));
    }

    /// The child with this name.
    public Seed child(String name) {
        return new Seed(hash(state, (byte) 1, name.getBytes(StandardCharsets.UTF_8)));
    }

    /// The child with this number. `child(7)` and `child("7")` are different seeds.
    public Seed child(long number) {
        return new Seed(hash(
                state, (byte) 2, ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    /// A new generator at the start of this seed's stream (`L64X128MixRandom`, period 2^192 - 2^64). Not
    /// thread-safe: one generator a partition of work.
    public RandomGenerator generator() {
        return GENERATOR.create(state);
    }

    /// The generator of Steele, Lea and Flood (2014) at the start of this seed's stream. Its state after k
    /// draws is `asLong() + k * 0x9E3779B97F4A7C15`, so parallel code can jump to any position.
    public SplittableRandom splittable() {
        return new SplittableRandom(asLong());
    }

    /// 64 bits of this seed, for generators and libraries that take a number.
    public long asLong() {
        return ByteBuffer.wrap(state).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seed seed && MessageDigest.isEqual(state, seed.state);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(asLong());
    }

    /// `seed:` and the first 16 hexadecimal digits.
    @Override
    public String toString() {
        return "seed:" + HexFormat.of().formatHex(state, 0, 8);
    }

    private static byte[] hash(byte[] parent, byte tag, byte[] name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(parent);
            sha.update(tag);
            return sha.digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
