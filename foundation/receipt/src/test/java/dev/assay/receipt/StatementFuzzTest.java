package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(StatementFuzz.run(folder, 2_000, 20_261_128L)).isBetween(1_000, 2_000);
    }
}
