package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.study.fake.PassingStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that a stage does not hold are what they are where it holds them.
class PassedTablesTest {
    @TempDir
    Path folder;

    private static String csv(int rows) {
        RandomGenerator random = Seed.of(7).generator();
        StringBuilder text = new StringBuilder("id,amount,flag,town,day,note\n");
        for (int i = 0; i < rows; i++) {
            text.append(i)
                    .append(',')
                    .append(random.nextInt(9) == 0 ? "" : random.nextInt(3) == 0 ? "-0.0" : random.nextGaussian())
                    .append(',')
                    .append(random.nextBoolean())
                    .append(',')
                    .append(random.nextInt(7) == 0 ? "" : "t" + random.nextInt(5))
                    .append(",2024-01-")
                    .append(10 + random.nextInt(20))
                    .append(",n")
                    .append(random.nextInt(1_000_000))
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void heldAndPassedTablesFeedEachOtherAndSayTheSame() {
        Bench bench = new Bench(folder);
        bench.stages.add(new PassingStage());
        bench.write("in.csv", csv(9_000));
        RunView run = bench.run("""
                study: s
                seed: 1
                stages:
                  held: { kind: test.table, table: in.csv }
                  passed: { kind: test.passing, table: in.csv }
                  held-then-passed: { kind: test.passing, table: held.half }
                  passed-then-held: { kind: test.table, table: passed.half }
                """);
        assertThat(run.status()).isEqualTo(RunView.Status.PASSED);
        same(bench, run, "held", "passed", 4_500);
        same(bench, run, "held-then-passed", "passed-then-held", 2_250);
    }

    private static void same(Bench bench, RunView run, String one, String other, long rows) {
        StageView.OutputView first = run.stage(one).orElseThrow().outputs().getFirst();
        StageView.OutputView second = run.stage(other).orElseThrow().outputs().getFirst();
        assertThat(second.contentDigest()).isEqualTo(first.contentDigest());
        assertThat(second.rows()).isEqualTo(first.rows()).hasValue(rows);
        assertThat(second.file()).isEqualTo(first.file());
        String profiles = profiles(bench, run, one);
        assertThat(profiles).contains("half", "amount", "note", "sd");
        assertThat(profiles(bench, run, other)).isEqualTo(profiles);
    }

    private static String profiles(Bench bench, RunView run, String stage) {
        String key = run.stage(stage).orElseThrow().key();
        try (Stream<Path> files = Files.walk(bench.folder.resolve("ws/store"))) {
            Path file = files.filter(p -> p.endsWith(key + "/column_profiles.json"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
