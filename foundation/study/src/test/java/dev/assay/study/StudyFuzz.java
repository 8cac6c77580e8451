package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.testkit.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Studies changed by chance: each is planned, or is one fault.
final class StudyFuzz {
    private static final List<String> STUDIES = List.of("""
                    study: s
                    title: A title
                    seed: 1
                    stages:
                      a:
                        kind: test.count
                        up-to: 9
                        columns: [2020, "x, y"]
                        marks: { mark: z, count: 2 }
                      b: { kind: test.sum, numbers: a }
                    claims:
                      - { says: "there is a sum", metric: b.sum, at-least: 1 }
                    """, """
                    study: s
                    seed: 18446744073709551616
                    stages: { a: &x { kind: test.count, up-to: 1 }, b: *x }
                    drift: { columns: [a.numbers.n] }
                    """);

    private StudyFuzz() {}

    /// @return how many were planned
    static int studies(Bench bench, int iterations, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Path file = bench.folder.resolve("study.yaml");
        int planned = 0;
        for (int i = 0; i < iterations; i++) {
            String text = Mutations.of(STUDIES.get(random.nextInt(STUDIES.size())), random);
            try {
                Files.write(file, text.getBytes(StandardCharsets.UTF_8));
                Plan.of(StudyFile.parse(file, List.of(), bench.registry()));
                planned++;
            } catch (Fault fault) {
                assertThat(fault.kind())
                        .as("%s of input %s of seed %s:%n%s", fault.getMessage(), i, seed, text)
                        .isIn(
                                Fault.Kind.STUDY,
                                Fault.Kind.BAD_SETTING,
                                Fault.Kind.MISSING_FILE,
                                Fault.Kind.MALFORMED_FILE);
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(e + " by study " + i + " of seed " + seed + ":\n" + text, e);
            }
        }
        return planned;
    }
}
