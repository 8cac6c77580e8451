package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.internal.EvidenceParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceParquetTest {
    @TempDir
    Path folder;

    @Test
    void filesHaveTheSameNamesWhateverDigitsThePlaceWritesWith() throws IOException {
        Path evidence = Evidence.of(folder.resolve("evidence"))
                .run("run-1", "q1", "a question")
                .write();
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            EvidenceParquet.write(evidence, folder.resolve("tables"), true);
        } finally {
            Locale.setDefault(locale);
        }
        try (Stream<Path> files = Files.walk(folder.resolve("tables"))) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
            assertThat(names).containsExactly("answers-00000.parquet");
        }
    }
}
