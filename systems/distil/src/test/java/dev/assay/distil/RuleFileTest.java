package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    private RuleFile read(String rules) throws IOException {
        return RuleFile.read(Files.writeString(folder.resolve("rules.yml"), "version: 1.0.0\n" + rules));
    }

    @Test
    void aFieldThatEvidenceHasNotIsNamedWithItsLineAndTheNearest() {
        assertThatThrownBy(() -> read("""
                        rules:
                          - { when: { blank: $.text }, then: rejected, reason: empty }
                          - { when: { eq: [ $.verdikt, 1 ] }, then: accepted, reason: solved }
                        """))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.STUDY))
                .hasMessageContaining("rules.yml:4")
                .hasMessageContaining("no field 'verdikt'")
                .hasMessageContaining("Did you mean 'verdict'?");
        assertThatThrownBy(() -> read("define: { said: $.answer }\nrules: []\n"))
                .hasMessageContaining("rules.yml:2")
                .hasMessageContaining("no field 'answer'");
    }

    @Test
    void partsOfFieldsAndDefinitionsMayHaveAnyName() throws IOException {
        RuleFile file = read("""
                define: { rate: $.metrics.pass_rate_1, topic: $.metadata.topic }
                rules:
                  - { when: { ge: [ rate, 60 ] }, then: accepted, reason: rate }
                  - { when: { eq: [ topic, '"a"' ] }, then: rejected, reason: topic }
                """);
        assertThat(file.outcomes()).hasSize(2);
    }

    @Test
    void groupsAndPatternsOfTimesThatNoRowCouldUseAreTold() {
        for (String group : List.of("4294967295", "2", "0.5", "-1")) {
            assertThatThrownBy(() -> read("define: { x: 'last_match($.text, \"(a)\", " + group + ")' }\nrules: []\n"))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("a whole number from 0 to 1");
        }
        String pattern = "[".repeat(20_000) + "yyyy";
        assertThatThrownBy(() -> read("define: { x: 'time($.text, \"" + pattern + "\")' }\nrules: []\n"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("more than 200 optional parts within each other")
                .hasMessageContaining("--limit depth=N");
    }
}
