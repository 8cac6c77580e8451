package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrailTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @Test
    void aLineThatHasTheIdAndLacksTheRestIsNamed() throws Exception {
        Files.writeString(folder.resolve("s.jsonl"), "{\"id\":\"other\"}\n{\"id\":\"k\",\"stream_class\":\"x\"}\n");
        assertThatThrownBy(() -> Trail.of(folder, "k"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE))
                .hasMessageContaining("s.jsonl:2: the line is damaged: the field 'run_id' is missing");
    }

    @Test
    @Timeout(60)
    void idsThatAreLongAreNotSoughtAtEveryPlaceOfALine() throws Exception {
        String run = "a".repeat(1_000_000);
        Files.writeString(
                folder.resolve("s.jsonl"),
                "{\"id\":\"k\",\"source_run_id\":\"" + run + "\"}\n" + ("{\"id\":\"" + run + run + "b\"}\n").repeat(5)
                        + "{\"created_at\":\"\",\"id\":\"n\",\"source_run_id\":\"" + run + "\"}\n");
        assertThat(Trail.of(folder, "k")).containsExactly(new Trail.Step("s.jsonl", 7, "exported as sample n"));
    }
}
