package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Reads changed receipts, envelopes and key files: what comes of it is a value, a fault, or the exception that the
/// reader documents, never another one.
///
/// Run it for longer with `java dev.assay.receipt.StatementFuzz ITERATIONS SEED` on the test's class path.
final class StatementFuzz {
    /// Whatever a reader may make of its input.
    @FunctionalInterface
    interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private record Subject(String name, byte[] seed, Reader reader) {}

    private static final String[] PIECES = {
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-0",
        "1e999",
        "1e-999",
        "9007199254740993",
        "1E400",
        "0.1e1",
        "123456789012345678901234567890",
        "\u0000",
        "\uFEFF",
        "\u202E",
        "\n",
        "  ",
        "../",
        "/",
        "=",
        "-----",
        "-----BEGIN PUBLIC KEY-----",
        "-----END PUBLIC KEY-----",
        "+1000000000-01-01T00:00:00Z",
        "PT9999999999999H",
        "\"_type\":",
        "\"digest\":{}",
        "\"subject\":[]",
        "\"schema_version\":1",
        "\"schema_version\":1e0",
        "1970-01-01T00:00:00Z",
        "-999999999-01-01T00:00:00Z"
    };

    private final Path folder;
    private final Random random;
    private final List<Subject> subjects = new ArrayList<>();

    private StatementFuzz(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        SigningKey key = SigningKey.generate();
        Fabricated fabricated = new Fabricated(folder.resolve("run"));
        fabricated.key = java.util.Optional.of(key);
        Path run = fabricated.write();
        ReceiptWriter.at(run)
                .signing(key)
                .drift(Drift.compare(
                        java.util.Optional.empty(),
                        run,
                        DriftSettings.standard(),
                        Fabricated.NO_COLUMNS,
                        fabricated.clock()));
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                reader(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        subjects.add(new Subject(
                "public key",
                key.verifyingKey().pem().getBytes(StandardCharsets.US_ASCII),
                keyFile(VerifyingKey::read)));
        key.write(folder.resolve("key.pem"));
        subjects.add(
                new Subject("private key", Files.readAllBytes(folder.resolve("key.pem")), keyFile(SigningKey::read)));
        DigestKey.generate().write(folder.resolve("digest.key"));
        subjects.add(
                new Subject("digest key", Files.readAllBytes(folder.resolve("digest.key")), keyFile(DigestKey::read)));
    }

    private void reader(String name, byte[] bytes) {
        if (name.endsWith(ReceiptNames.ENVELOPE_ENDING)) {
            List<VerifyingKey> keys = List.of(SigningKey.generate().verifyingKey());
            subjects.add(new Subject(name, bytes, text -> {
                Envelope envelope = Envelope.parse(text);
                envelope.open(keys);
                envelope.irregularities(text, keys);
            }));
        } else if (name.endsWith(ReceiptNames.STATEMENT_ENDING)) {
            subjects.add(new Subject(name, bytes, text -> StrictJson.bind(StrictJson.receipt(text), Statement.class)));
        } else if (name.endsWith(ReceiptNames.RECORD_ENDING)) {
            subjects.add(new Subject(name, bytes, text -> ReceiptReader.record(text, StageRecord.class)));
        } else if (name.equals("summary.json")) {
            subjects.add(new Subject(name, bytes, text -> ReceiptReader.record(text, RunSummary.class)));
        } else if (name.equals("drift.json")) {
            subjects.add(new Subject(name, bytes, text -> ReceiptReader.record(text, DriftReport.class)));
        }
    }

    private Reader keyFile(java.util.function.Consumer<Path> read) {
        return bytes -> {
            Path file = folder.resolve("read.key");
            Files.write(file, bytes);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            read.accept(file);
        };
    }

    /// Reads so many changed inputs.
    ///
    /// @param folder     an empty one
    /// @param iterations how many
    /// @param seed       repeats them
    /// @return how many were refused
    static int run(Path folder, int iterations, long seed) throws IOException {
        StatementFuzz fuzz = new StatementFuzz(folder, seed);
        int refused = 0;
        for (int i = 0; i < iterations; i++) {
            Subject subject = fuzz.subjects.get(i % fuzz.subjects.size());
            byte[] input = fuzz.changed(subject.seed());
            try {
                subject.reader().read(input);
            } catch (Fault fault) {
                refused++;
                Fault.Kind kind = fault.kind();
                if (kind != Fault.Kind.MALFORMED_FILE && kind != Fault.Kind.VERIFICATION) {
                    throw failed(subject, i, seed, input, fault);
                }
            } catch (IllegalArgumentException documented) {
                refused++;
                if (documented.getClass() != IllegalArgumentException.class) {
                    throw failed(subject, i, seed, input, documented);
                }
            } catch (RuntimeException | StackOverflowError other) {
                throw failed(subject, i, seed, input, other);
            }
        }
        return refused;
    }

    private static AssertionError failed(Subject subject, int i, long seed, byte[] input, Throwable why) {
        return new AssertionError(
                subject.name() + ", input " + i + " of seed " + seed + ": "
                        + new String(input, StandardCharsets.ISO_8859_1),
                why);
    }

    /// One to four changes.
    private byte[] changed(byte[] seed) {
        byte[] bytes = seed;
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(1 + random.nextInt(40)));
        byte[] middle = switch (random.nextInt(6)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[0];
            case 3 -> {
                byte[] twice = Arrays.copyOf(Arrays.copyOfRange(bytes, at, to), 2 * (to - at));
                System.arraycopy(bytes, at, twice, to - at, to - at);
                yield twice;
            }
            case 4 -> "[".repeat(random.nextInt(2_000)).getBytes(StandardCharsets.UTF_8);
            default ->
                PIECES[random.nextInt(PIECES.length)]
                        .repeat(random.nextInt(300))
                        .getBytes(StandardCharsets.UTF_8);
        };
        // A value in the place of a value is read deeper than damage is.
        if (random.nextBoolean()) {
            at = next(bytes, (byte) ':', at);
            to = Math.max(at, Math.min(next(bytes, (byte) ',', at), next(bytes, (byte) '}', at)) - 1);
        }
        byte[] out = new byte[at + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(middle, 0, out, at, middle.length);
        System.arraycopy(bytes, to, out, at + middle.length, bytes.length - to);
        return out;
    }

    /// The place behind the next of this byte, or the end.
    private static int next(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return Math.min(bytes.length, at + 1);
    }
}
