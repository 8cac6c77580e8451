package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Fuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Readers of what somebody else wrote have no outcome but those that they document.
class StatementFuzzTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void changedReceiptsAndKeysAreReadOrRefused() throws Exception {
        int inputs = Fuzz.inputs(2_000);
        assertThat(StatementFuzz.run(folder, inputs, Fuzz.seed(20_261_128L))).isBetween(inputs / 2, inputs);
    }
}
