package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapRoomTest {
    @TempDir
    Path folder;

    private static Frame frame(int rows, int numbers, int texts) {
        RandomGenerator random = Seed.of(3).generator();
        Frame frame = Frame.empty();
        for (int k = 0; k < numbers; k++) {
            frame = frame.with("n" + k, Column.Doubles.of(random.doubles(rows).toArray()));
        }
        for (int k = 0; k < texts; k++) {
            // Half of the columns have few different texts, which are kept once.
            int different = k % 2 == 0 ? 100 : 1_000_000_000;
            String[] cells = new String[rows];
            Arrays.setAll(cells, i -> "text of some length " + random.nextInt(different));
            frame = frame.with("t" + k, Column.Texts.of(cells));
        }
        return frame.with("flag", Column.Booleans.of(new boolean[rows]))
                .with("class", Column.Categories.of(new int[rows], List.of("a", "b")));
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void theEstimateIsWithinATenthOfWhatTheFrameTakes() {
        FrameFile file = FrameFile.write(frame(200_000, 4, 4), folder.resolve("a.parquet"));
        long estimate = file.heapBytes();
        long before = used();
        Frame held = file.frame();
        long taken = used() - before;
        assertThat(held.rows()).isEqualTo(200_000);
        assertThat((double) estimate / taken).isBetween(0.9, 1.1);
    }

    /// What a process with a small heap does with tables that are larger: each line says a digest, or
    /// how a held table was refused.
    static final class SmallHeap {
        private SmallHeap() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Path spill = folder.resolve("spill");
            for (String ending : List.of("parquet", "csv")) {
                Path from = folder.resolve("large." + ending);
                try {
                    Frames.read(from);
                    System.out.println("was held");
                } catch (dev.assay.fault.Fault refused) {
                    System.out.println(refused.getMessage());
                }
                FrameFile all = FrameFile.convert(
                                from, ReadOptions.DEFAULTS, Map.of(), folder.resolve("all.parquet"), spill)
                        .table();
                System.out.println(all.digest());
                BitSet rows = new BitSet();
                IntStream.range(0, (int) all.rows()).filter(i -> i % 3 == 0).forEach(rows::set);
                System.out.println(
                        all.keep(rows, folder.resolve("kept.parquet"), spill).digest());
                all.conditions(
                        List.of("n0 > 0.5"),
                        i -> "condition",
                        List.of(),
                        (chunk, first, chosen, index) -> rows.set((int) first, (int) first + chunk.rows(), false));
                System.out.println(all.doubled(List.of("n0", "t1"), true, spill) + " " + rows.cardinality());
            }
        }
    }

    @Test
    void aTableLargerThanTheHeapPassesThroughAndIsNotHeld() throws IOException, InterruptedException {
        Frame frame = frame(100_000, 12, 4);
        String digest = frame.digest().toString();
        String kept = frame.filter(i -> i % 3 == 0).digest().toString();
        Frames.write(frame, folder.resolve("large.parquet"));
        Frames.write(frame, folder.resolve("large.csv"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeap.class.getName(),
                folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        assertThat(said).hasSize(8);
        for (int i = 0; i < 8; i += 4) {
            assertThat(said.get(i))
                    .contains("large.", "the table must be held: 100000 rows x 18 columns need about 0.")
                    .endsWith("start with ASSAY_JVM=-Xmx1g or take fewer columns with 'columns' when reading.");
            assertThat(said.get(i + 1)).isEqualTo(digest);
            assertThat(said.get(i + 2)).isEqualTo(kept);
            assertThat(said.get(i + 3)).isEqualTo("Optional.empty 0");
        }
    }
}
