package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
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
        assertThat(ReaderFuzz.run(folder, 45, Seed.of(31))).isBetween(1, 44);
    }

    @Test
    void aRandomConditionIsJudgedOrAFault() {
        assertThat(ConditionFuzz.run(30, Seed.of(32))).isBetween(1, 29);
    }
}
