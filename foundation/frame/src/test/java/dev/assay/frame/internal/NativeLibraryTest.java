package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
    @Test
    void noCopyOfTheLibraryStaysInTheTemporaryFolder() throws Exception {
        try (Database database = Database.open()) {
            assertThat(database.ask("SELECT 1").getFirst()).containsExactly("1");
        }
        // Linux says of a file that is mapped and deleted that it is.
        assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                .filteredOn(line -> line.contains("libduckdb_java"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith(" (deleted)"));
    }
}
