package dev.assay.study.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserKeyTest {
    @Test
    void itNeverLiesInTheFolderAtWork() {
        assertThat(UserKey.folder(null, "/state", "/home/me")).isEqualTo(Path.of("/state/assay"));
        assertThat(UserKey.folder(null, "state", "/home/me")).isEqualTo(Path.of("/home/me/.local/state/assay"));
        for (String home : new String[] {"?", "~", "home", ".", " ", ""}) {
            assertThatThrownBy(() -> UserKey.folder(null, null, home))
                    .as(home)
                    .isInstanceOf(InvalidPathException.class);
        }
    }
}
