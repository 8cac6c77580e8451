package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.testkit.Fuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FuzzTest {
    @TempDir
    Path folder;

    @Test
    void aChangedFileIsAFrameOrAFault() throws Exception {
        int files = Fuzz.inputs(45);
        assertThat(ReaderFuzz.run(folder, files, Seed.of(Fuzz.seed(31)))).isBetween(1, files - 1);
    }

    @Test
    void aRandomConditionIsJudgedOrAFault() {
        int conditions = Fuzz.inputs(30);
        assertThat(ConditionFuzz.run(conditions, Seed.of(Fuzz.seed(32)))).isBetween(1, conditions - 1);
    }
}
