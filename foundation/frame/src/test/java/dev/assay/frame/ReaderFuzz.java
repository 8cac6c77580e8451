package dev.assay.frame;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Small valid files of every format with some of their bytes changed: what comes of them is a frame or
/// a fault.
public final class ReaderFuzz {
    private static final String[] NAMES = {
        "a.csv", "a.tsv", "a.jsonl", "a.json", "a.parquet", "a.csv.gz", "a.jsonl.gz", "a.csv.zst", "a.jsonl.zst"
    };
    private static final byte[] TELLING =
            "\",\n\r\t{}[]:\\\0\u0001- e.".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Set<Fault.Kind> ALLOWED = Set.of(Fault.Kind.MALFORMED_FILE, Fault.Kind.BAD_DATA);

    private ReaderFuzz() {}

    /// Reads changed files; how many of them were still read.
    ///
    /// @param folder     an empty folder to write into
    /// @param iterations how many files
    /// @throws AssertionError with the iteration, the format and the bytes changed if anything else
    ///     comes of one
    public static int run(Path folder, int iterations, Seed seed) throws IOException {
        byte[][] whole = new byte[NAMES.length][];
        for (int k = 0; k < NAMES.length; k++) {
            Path file = folder.resolve(NAMES[k]);
            Frames.write(RandomFrame.of(seed.child("whole"), 12), file);
            whole[k] = Files.readAllBytes(file);
        }
        int read = 0;
        for (int i = 0; i < iterations; i++) {
            int k = i % NAMES.length;
            byte[] changed = changed(whole[k], seed.child(i).generator());
            Path file = Files.write(folder.resolve(NAMES[k]), changed);
            try {
                if (i % 3 == 0) {
                    try (Chunks chunks = Frames.scan(file, 5)) {
                        while (chunks.hasNext()) {
                            chunks.next();
                        }
                    }
                } else {
                    Frames.read(file);
                }
                read++;
            } catch (Fault fault) {
                if (!ALLOWED.contains(fault.kind())) {
                    throw new AssertionError("file " + i + " " + NAMES[k] + " of " + seed, fault);
                }
            } catch (RuntimeException | Error other) {
                throw new AssertionError("file " + i + " " + NAMES[k] + " of " + seed, other);
            }
        }
        return read;
    }

    private static byte[] changed(byte[] whole, RandomGenerator random) {
        byte[] bytes = whole.clone();
        for (int c = 0; c <= random.nextInt(4) && bytes.length > 1; c++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    longer[at] = TELLING[random.nextInt(TELLING.length)];
                    bytes = longer;
                }
                default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) 0xff);
            }
        }
        return bytes;
    }
}
