package dev.assay.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.ContentId;
import dev.assay.receipt.Digest;
import dev.assay.receipt.FileRef;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/// Both digests of a JSON Lines file in one pass, beside each alone.
///
/// `Digests FILE`, or `Digests canonical FROM TO` to bring its rows into canonical form.
public final class Digests {
    private static final int ROUNDS = 3;

    private Digests() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 3) {
            canonical(Path.of(args[1]), Path.of(args[2]));
            return;
        }
        Path file = Path.of(args[0]);
        for (int round = 1; round <= ROUNDS; round++) {
            measured("sha256 of the bytes", file, () -> Digest.ofFile(file));
            measured("content digest of the rows", file, () -> ContentId.ofJsonLinesFile(file));
            measured(
                    "both in one pass",
                    file,
                    () -> FileRef.named("rows.jsonl", file).contentDigest());
        }
    }

    private static void canonical(Path from, Path to) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(from);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(CanonicalJson.canonical(line.getBytes(StandardCharsets.UTF_8)));
                out.write('\n');
            }
        }
    }

    private static void measured(String what, Path file, Supplier<Digest> digest) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        Digest result = digest.get();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cores = (system.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "  %-27s %6.0f MB/s, %.2f s, %.2f core-seconds  %s%n",
                what,
                Files.size(file) / seconds / 1e6,
                seconds,
                cores,
                result.shorter());
    }
}
