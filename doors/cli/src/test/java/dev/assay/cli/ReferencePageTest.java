package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// The reference page in the documentation is the one that the program prints.
class ReferencePageTest {
    @Test
    void thePageIsUpToDate() throws Exception {
        Assay.Outcome printed = Assay.here("reference");
        assertThat(printed.code()).isZero();
        assertThat(Files.readString(Assay.project().resolve("docs/reference/stages.md")))
                .as("run ./assay reference > docs/reference/stages.md")
                .isEqualTo(printed.out());
    }

    @Test
    void oneKindCanBeAskedFor() {
        assertThat(Assay.here("reference", "weigh.calibrate").out())
                .contains("## weigh.calibrate", "| `distance` |")
                .doesNotContain("## microdata.read");
        Assay.Outcome unknown = Assay.here("reference", "weigh.calibrat");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("Did you mean 'weigh.calibrate'?");
    }
}
