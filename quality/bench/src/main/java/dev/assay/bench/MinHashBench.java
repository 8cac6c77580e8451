package dev.assay.bench;

import dev.assay.distil.KeyedText;
import dev.assay.distil.NearDuplicateReport;
import dev.assay.distil.NearDuplicateSettings;
import dev.assay.distil.NearDuplicates;
import dev.assay.engine.LocalEngine;
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
    private static final long STEP = 1_000_003;

    private MinHashBench() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[0]);
        int threads = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        String[] words = new String[VOCABULARY];
        for (int n = 0; n < VOCABULARY; n++) {
            words[n] = word(n);
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

    private static Stream<KeyedText> texts(int rows, String[] words) {
        return IntStream.range(0, rows).mapToObj(i -> new KeyedText(String.format("row-%09d", i), row(i, words)));
    }

    private static String row(int i, String[] words) {
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
        StringBuilder text = new StringBuilder(1200);
        for (int number : numbers) {
            text.append(text.isEmpty() ? "" : " ").append(words[number]);
        }
        return text.toString();
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
