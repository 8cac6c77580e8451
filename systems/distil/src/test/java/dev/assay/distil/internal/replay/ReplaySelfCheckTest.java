package dev.assay.distil.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.Playbook;
import dev.assay.distil.Playbooks;
import dev.assay.engine.LocalEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySelfCheckTest {
    @Test
    void nothingIsBroken(@TempDir Path folder) {
        try (LocalEngine engine = LocalEngine.of(1)) {
            assertThat(ReplaySelfCheck.broken(
                            folder, Playbooks.of(List.of(Playbook.of("a", "P1", "alpha beta"))), engine))
                    .isEmpty();
        }
    }
}
