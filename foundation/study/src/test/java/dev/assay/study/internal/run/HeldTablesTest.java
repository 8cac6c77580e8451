package dev.assay.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldTablesTest {
    @TempDir
    Path folder;

    @Test
    void tablesAreRefusedFromTheFirstByteOnThatDoesNotFit() {
        Path large = table("large", 5_000);
        Path small = table("small", 1_000);
        long need = FrameFile.of(large).heapBytes() + FrameFile.of(small).heapBytes();
        assertThat(need).isEqualTo(2 * 8 * 6_000);
        Map<Path, String> inputs = new LinkedHashMap<>();
        inputs.put(small, "people");
        inputs.put(large, "households");
        assertThatCode(() -> HeldTables.require(inputs, need)).doesNotThrowAnyException();
        Fault fault = catchThrowableOfType(Fault.class, () -> HeldTables.require(inputs, need - 1));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.sentence())
                .startsWith("it must hold table 'households' and others besides: 5000 rows x 2 columns")
                .contains("ASSAY_JVM=-Xmx1g");
    }

    @Test
    void filesWhoseRowsAreNotKnownCountWithTheirBytesAndAreLeftToTheReader() throws Exception {
        Path text = Files.writeString(folder.resolve("a.csv"), "a,b\n" + "1,2\n".repeat(10_000));
        Path large = table("large", 5_000);
        long need = FrameFile.of(large).heapBytes();
        assertThatCode(() -> HeldTables.require(Map.of(text, "t"), 10)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(Fault.class, () -> HeldTables.require(Map.of(text, "t", large, "l"), need)))
                .isNotNull();
    }

    private Path table(String name, int rows) {
        Path file = folder.resolve(name + ".parquet");
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = Math.sin(i);
        }
        Frames.write(
                Frame.empty().with("a", Column.Doubles.of(values)).with("b", Column.Doubles.of(values.clone())), file);
        return file;
    }
}
