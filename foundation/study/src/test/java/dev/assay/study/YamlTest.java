package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class YamlTest {
    @TempDir
    Path folder;

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Yaml.parse(text, "rules.yml", Limits.STANDARD))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.STUDY))
                .hasMessageStartingWith(message);
    }

    @Test
    void everythingKnowsItsLine() {
        Yaml.Entries root =
                Yaml.parse("a: 'x'\n\nb:\n  - 1\n", "f", Limits.STANDARD).entries("it");
        assertThat(root.entries().get("a")).isEqualTo(new Yaml.Text("x", false, "f", 1));
        assertThat(root.keyLines()).containsEntry("b", 3);
        assertThat(root.entries().get("b"))
                .isEqualTo(new Yaml.Items(List.of(new Yaml.Text("1", true, "f", 4)), "f", 4));
    }

    @Test
    @Timeout(60)
    void depthIsBounded() {
        String sentence = "rules.yml:1: values stand within each other more than 200 levels deep; if you trust it, "
                + "allow more than 200 with --limit depth=N";
        refused("[".repeat(1_000_000), sentence);
        refused("{a: ".repeat(1_000_000), sentence);
        refused("? ".repeat(100_000), sentence);
        refused("- ".repeat(100_000), sentence);
        assertThat(Yaml.parse("[".repeat(200) + "]".repeat(200), "f", Limits.STANDARD))
                .isNotNull();
        assertThat(Yaml.parse("[".repeat(900) + "]".repeat(900), "f", Limits.STANDARD.with(Limit.DEPTH, 1_000)))
                .isNotNull();
    }

    @Test
    @Timeout(60)
    void aliasesThatUnfoldTooFarAreRefused() {
        StringBuilder wide = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        StringBuilder deep = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 300; i++) {
            String before = "*a" + (i - 1);
            wide.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
            deep.append("a%d: &a%d [%s]\n".formatted(i, i, before));
        }
        refused(wide.toString(), "rules.yml:10: aliases unfold into more than 4194304 bytes");
        refused(deep.toString(), "rules.yml:200: values stand within each other more than 200 levels deep");
        refused("a: &a [*a]", "rules.yml:1: this is not YAML: an alias stands inside what it names");
        refused("a: *b", "rules.yml:1: this is not YAML: an alias names nothing that stands before it");
    }

    @Test
    void whatIsNoPlainYamlIsOneFaultWithItsLine() {
        refused("a: 1\nb: 2\na: 3\n", "rules.yml:3: the key 'a' stands here twice, first in line 1; keep one");
        refused("a: 1\nb: !!java.net.URL x\n", "rules.yml:2: the tag 'tag:yaml.org,2002:java.net.URL' is not allowed");
        refused("a: 1\nb: !x {}\n", "rules.yml:2: the tag '!x' is not allowed");
        refused("a: 1\n---\nb: 1\n", "rules.yml:2: this is not YAML: a second document begins here; keep one");
        refused("a: 1\nb: \u0000\n", "rules.yml:2: this is not YAML: the character U+0000 is not allowed");
        refused("a: 1\nb: \u001b[2J\n", "rules.yml:2: this is not YAML: the character U+001B is not allowed");
        refused("a:\n\tb: 1\n", "rules.yml:2: this is not YAML: ");
        refused("? [a]\n: 1\n", "rules.yml:1: a key must be a single word");
        refused("", "rules.yml: the file is empty");
    }

    @Test
    @Timeout(60)
    void sizeIsBounded() throws IOException {
        String long4 = "a: " + "x".repeat(4 << 20);
        refused(long4, "rules.yml: the text has more than 4194304 bytes; if you trust it, allow more");
        assertThatThrownBy(() -> Yaml.read(Files.writeString(folder.resolve("m.yml"), long4)))
                .hasMessageStartingWith("m.yml: the file has more than 4194304 bytes");
        assertThat(Yaml.parse(long4, "f", Limits.STANDARD.with(Limit.SETTINGS_BYTES, 5L << 20)))
                .isNotNull();
    }
}
