package dev.assay.bench;

import dev.assay.distil.KeyedText;
import dev.assay.distil.NearDuplicateReport;
import dev.assay.distil.NearDuplicateSettings;
import dev.assay.distil.NearDuplicates;
import dev.assay.engine.LocalEngine;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Near duplicates among generated texts, by MinHash: `MinHashBench ROWS [THREADS [REPETITIONS]]`.
///
/// The rows are those of the peer script: some 1 KB of words, every tenth one an edited copy of another. They
/// are made while they are read, and that time counts.
public final class MinHashBench {
    private static final int VOCABULARY = 60_000;
    private static final int LENGTH = 180;

    /// Added to row numbers, so that keys sort like them.
    private static final int KEYS = 100_000_000;

    private static final long STEP = 1_000_003;

    private MinHashBench() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        int threads = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        byte[][] words = new byte[VOCABULARY][];
        for (int n = 0; n < VOCABULARY; n++) {
            words[n] = (word(n) + " ").getBytes(StandardCharsets.US_ASCII);
        }
        NearDuplicateSettings settings = NearDuplicateSettings.defaults().withExactUpTo(0);
        try (LocalEngine engine = LocalEngine.of(threads)) {
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                NearDuplicateReport report = NearDuplicates.find(() -> texts(rows, words), settings, engine);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "assay, %d rows, %d threads: %.2f s, %.0f rows/s; pairs %d%n",
                        rows, threads, seconds, rows / seconds, report.pairs().size());
            }
        }
    }

    private static Stream<KeyedText> texts(int rows, byte[][] words) {
        return IntStream.range(0, rows).mapToObj(i -> new KeyedText("row-" + (KEYS + i), row(i, words)));
    }

    private static String row(int i, byte[][] words) {
        boolean copied = i % 10 == 9;
        SplittableRandom draws = new SplittableRandom(STEP * (copied ? i - 5 : i));
        int[] numbers = new int[LENGTH];
        for (int j = 0; j < LENGTH; j++) {
            long r = draws.nextLong();
            numbers[j] = (int) ((r >>> 32) * ((r & 0xFFFF_FFFFL) * VOCABULARY >>> 32) >>> 32);
        }
        if (copied) {
            draws = new SplittableRandom(STEP * i);
            for (int k = i / 10 % 40; k > 0; k--) {
                long r = draws.nextLong();
                numbers[(int) ((r >>> 32) % LENGTH)] = (int) ((r & 0xFFFF_FFFFL) % VOCABULARY);
            }
        }
        byte[] text = new byte[LENGTH * 9];
        int at = 0;
        for (int number : numbers) {
            byte[] word = words[number];
            System.arraycopy(word, 0, text, at, word.length);
            at += word.length;
        }
        return new String(text, 0, at - 1, StandardCharsets.ISO_8859_1);
    }

    private static String word(int number) {
        StringBuilder text = new StringBuilder();
        int n = number;
        do {
            text.append("bdfgklmnprstvz".charAt(n % 14)).append("aeiou".charAt(n / 14 % 5));
            n /= 70;
        } while (n > 0);
        return text.toString();
    }
}
