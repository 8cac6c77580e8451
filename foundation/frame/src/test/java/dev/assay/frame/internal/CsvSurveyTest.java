package dev.assay.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import dev.assay.fault.Limits;
import dev.assay.frame.ReadOptions;
import dev.assay.testkit.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSurveyTest {
    @TempDir
    Path folder;

    @Test
    void partsSayTheSameAsTheWhole() throws Exception {
        try (Database database = Database.open()) {
            partsSayTheSame(database);
        }
    }

    private void partsSayTheSame(Database database) {
        Property.holds(30, seed -> {
            RandomGenerator random = seed.generator();
            String end = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
            StringBuilder text = new StringBuilder("a,b,\"c\"").append(end);
            int rows = random.nextInt(60);
            for (int row = 0; row < rows; row++) {
                text.append(cell(random))
                        .append(',')
                        .append(cell(random))
                        .append(',')
                        .append(cell(random));
                text.append(random.nextInt(15) == 0 ? end + end : row == rows - 1 && random.nextBoolean() ? "" : end);
                if (random.nextInt(300) == 0) {
                    text.append(random.nextBoolean() ? "1,2" : "\"open").append(end);
                }
            }
            Path file = Files.writeString(folder.resolve("a.csv"), text);
            String whole = said(database, file, Integer.MAX_VALUE);
            for (int part : new int[] {1 + random.nextInt(8), 16, 100}) {
                assertThat(said(database, file, part)).as(text.toString()).isEqualTo(whole);
            }
        });
    }

    private static String cell(RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> "";
            case 1 -> "\"line\nbreak\"";
            case 2 -> "\"a \"\"quoted\"\"\n,\r\n text\"";
            case 3 -> "1e5";
            case 4 -> "2024-01-01";
            case 5 -> "text";
            case 6 -> "\"\"";
            default -> Integer.toString(random.nextInt(1000));
        };
    }

    private static String said(Database database, Path file, int part) throws Exception {
        try {
            CsvSurvey.Found found =
                    CsvSurvey.of(database, file, FileFormat.of(file), ReadOptions.DEFAULTS, Limits.STANDARD, part);
            StringBuilder said = new StringBuilder()
                    .append(found.names())
                    .append(found.rows().records())
                    .append(' ')
                    .append(found.rows().longest())
                    .append(' ')
                    .append(found.rows().line())
                    .append(found.rows().lines());
            for (CellEvidence evidence : found.rows().evidence()) {
                said.append('\n').append(evidence.summary()).append(evidence.decide(false, false));
            }
            return said.toString();
        } catch (Fault fault) {
            return fault.getMessage();
        }
    }
}
