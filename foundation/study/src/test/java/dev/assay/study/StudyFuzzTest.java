package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Fuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StudyFuzzTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void studiesChangedByChanceArePlannedOrAreOneFault() {
        assertThat(StudyFuzz.studies(new Bench(folder), Fuzz.inputs(2_000), Fuzz.seed(3)))
                .isPositive();
    }
}
