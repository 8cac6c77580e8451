package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.parquet", "a.csv", "a.csv.gz", "a.jsonl"})
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaidAndLeavesTheOldFile(String name) throws Exception {
        Path file = Files.writeString(folder.resolve(name), "old");
        double[] values = new double[300_000];
        java.util.Arrays.setAll(values, Math::sin);
        Frame frame = Frame.empty().with("x", Column.Doubles.of(values));
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> SafeFile.write(file, fresh -> {
                    // The device on which every write finds the disk full.
                    FileWriter.copy(frame, Path.of("/dev/full"), FileFormat.of(file), WriteOptions.DEFAULTS);
                }));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STORAGE);
        assertThat(fault.getMessage()).contains(name).contains("disk is full");
        assertThat(folder).isDirectoryContaining("glob:**/" + name);
        assertThat(Files.readString(file)).isEqualTo("old");
    }

    @Test
    void whatIsHalfWrittenIsRemoved() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "old");
        Fault fault = catchThrowableOfType(
                Fault.class,
                () -> SafeFile.write(file, fresh -> {
                    try {
                        Files.writeString(fresh, "half");
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                    throw new SQLException("the pipe broke");
                }));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.STORAGE);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Files.readString(file)).isEqualTo("old");
    }
}
