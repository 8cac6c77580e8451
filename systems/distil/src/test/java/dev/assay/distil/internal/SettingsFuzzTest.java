package dev.assay.distil.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Fuzz;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SettingsFuzzTest {
    private static final Path STUDY = Path.of("../../studies/model-runs");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @Test
    @Timeout(60)
    void changedMappingsAreReadOrAreOneFault() throws IOException {
        assertThat(SettingsFuzz.mappings(STUDY, folder, Fuzz.inputs(2_000), Fuzz.seed(1)))
                .isPositive();
    }

    @Test
    @Timeout(60)
    void changedRulesAreReadOrAreOneFault() throws IOException {
        assertThat(SettingsFuzz.rules(STUDY, folder, Fuzz.inputs(2_000), Fuzz.seed(2)))
                .isPositive();
    }
}
