package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HostilePapersTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void depthOfJsonIsBounded() {
        assertThat(CanonicalJson.parse("[".repeat(200) + "]".repeat(200))).isNotNull();
        for (int levels : new int[] {250, 600, 100_000}) {
            String deep = "[".repeat(levels) + "1" + "]".repeat(levels);
            assertThatThrownBy(() -> CanonicalJson.parse(deep)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CanonicalJson.canonical(deep.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> CanonicalJson.parse("[".repeat(250) + "]".repeat(250)))
                .hasMessage(
                        "values stand within each other more than 200 levels deep; if you trust it, allow more than "
                                + "200 with --limit depth=N");
    }

    @Test
    @Timeout(60)
    void numbersOfAnyLengthAreRefusedAtOnce() {
        for (String number : new String[] {"1e999999999", "-1e999999999", "9".repeat(1_000_000)}) {
            assertThatThrownBy(() -> CanonicalJson.canonical(number.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Timeout(60)
    void aKeyFileOfBlanksIsRefusedAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----" + " ".repeat(65_000));
        assertThatThrownBy(() -> VerifyingKey.read(file)).hasMessageContaining("has no end");
    }

    @Test
    void textsInPagesAreNoMarkup() {
        assertThat(MarkdownText.of("[a](http://x) <b>![i](y) `c` | d\n# e www.x.org a@b.c \u202E&lt;"))
                .isEqualTo("\\[a\\](http\\://x) \\<b\\>!\\[i\\](y) \\`c\\` \\| d # e www\\.x.org a\\@b.c  \\&lt;");
        assertThat(MarkdownText.of("CC-BY-4.0 tau_bench")).isEqualTo("CC-BY-4.0 tau_bench");
    }
}
