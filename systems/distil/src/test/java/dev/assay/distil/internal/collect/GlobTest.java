package dev.assay.distil.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    private static final List<String> PARTS = List.of(
            "a", "b", ".", "*", "**", "?", "/", "[ab]", "[!a]", "[a-c]", "{a,b}", "{a*,?}", "\\*", "-", ",", "$");

    @Test
    void matchesWhatTheFileSystemMatches() {
        Property.holds(3_000, seed -> {
            var random = seed.generator();
            StringBuilder glob = new StringBuilder();
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                glob.append(PARTS.get(random.nextInt(PARTS.size())));
                name.append("ab.c/*-,$".charAt(random.nextInt(9)));
            }
            String path = Path.of(name.toString()).toString();
            PathMatcher expected = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            assertThat(SourceGlobs.matches(glob.toString(), path))
                    .as("'%s' of '%s'", path, glob)
                    .isEqualTo(expected.matches(Path.of(path)));
        });
    }

    @Test
    @Timeout(30)
    void takesTimeInProportionToTheName() {
        String name = ("a".repeat(250) + "/").repeat(15) + "a";
        assertThat(SourceGlobs.matches("*a".repeat(40) + "b", name)).isFalse();
        assertThat(SourceGlobs.matches("**a".repeat(40) + "b", name)).isFalse();
        assertThat(SourceGlobs.matches("**a".repeat(40), name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a", "[a", "a\\", "{a{b}}", "[b-a]", "[.-a]"})
    void saysThatItIsNone(String glob) {
        assertThatThrownBy(() -> SourceGlobs.matches(glob, "a"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.STUDY))
                .hasMessageContaining("is no pattern of files: ");
    }
}
