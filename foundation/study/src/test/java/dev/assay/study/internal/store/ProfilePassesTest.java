package dev.assay.study.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.receipt.Profile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilePassesTest {
    private static final int MANY = 150_000;

    @TempDir
    Path folder;

    private static Column numbers(int rows, IntToDoubleFunction value) {
        return Column.Doubles.of(IntStream.range(0, rows).mapToDouble(value).toArray());
    }

    private static Column texts(int rows, IntFunction<String> value) {
        return Column.Texts.of(IntStream.range(0, rows).mapToObj(value).toArray(String[]::new));
    }

    /// Columns that are counted in each of the ways: in order, few values, many, too few to matter.
    private static Frame table(int rows, RandomGenerator random) {
        return Frame.empty()
                .with("up", numbers(rows, i -> i / 3))
                .with("down", numbers(rows, i -> i % 50 == 7 ? Double.NaN : -i * 0.5))
                .with("back", numbers(rows, i -> i == rows - 1 ? 0 : i))
                .with("zeros", numbers(rows, i -> i % 2 == 0 ? 0.0 : -0.0))
                .with("few", numbers(rows, i -> random.nextInt(60_000) / 8.0))
                .with("many", numbers(rows, i -> random.nextInt(40) == 0 ? Double.NaN : random.nextGaussian()))
                .with("infinite", numbers(rows, i -> i % 5 == 0 ? Double.NEGATIVE_INFINITY : random.nextInt(9)))
                .with("none", numbers(rows, i -> Double.NaN))
                .with("id", texts(rows, i -> i % 9 == 0 ? null : "P" + (1_000_000 + i)))
                .with("name", texts(rows, i -> "n" + random.nextInt(1_000_000)))
                .with("town", texts(rows, i -> "t" + random.nextInt(20)))
                .with(
                        "whole",
                        Column.Longs.of(IntStream.range(0, rows)
                                .mapToLong(i -> random.nextLong())
                                .toArray()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 500, MANY})
    void aTableThatIsNotHeldHasTheSameProfilesAndDigest(int rows) {
        Frame frame = table(rows, Seed.of(rows).generator());
        FrameFile file = FrameFile.write(frame, folder.resolve("a.parquet"));
        for (int threads : new int[] {1, 4}) {
            try (Engine engine = LocalEngine.of(threads)) {
                Profiles.Looked looked = Profiles.of(file, folder.resolve("spill"), engine);
                assertThat(looked.digest()).isEqualTo(frame.digest());
                assertThat(looked.profiles()).isEqualTo(Profiles.of(frame));
            }
        }
        assertThat(Profiles.of(frame).get("zeros"))
                .isInstanceOfSatisfying(
                        Profile.Numeric.class,
                        zeros -> assertThat(zeros.distinct()).isEqualTo(1));
    }

    @Test
    void fewNumbersAreCountedUpToTheirLimit() {
        RandomGenerator random = Seed.of(1).generator();
        FewNumbers few = new FewNumbers(1_000);
        Set<Double> all = new HashSet<>();
        while (all.size() < 1_000) {
            double next = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextGaussian();
            all.add(next);
            assertThat(few.add(next)).isTrue();
            assertThat(few.size()).isEqualTo(all.size());
        }
        assertThat(few.add(1e300)).isFalse();
        all.forEach(known -> assertThat(few.add(known)).isTrue());
        assertThat(few.size()).isEqualTo(1_000);
    }
}
