package dev.assay.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that pyarrow, DuckDB, polars, Spark and people write: every cell comes through as it is, or
/// what is told of its column counts it.
class WrittenByOthersTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/assay/frame/written");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyCellComesThroughOrIsTold() throws Exception {
        List<String> wrong = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.list(FOLDER)) {
            for (Path companion : all.filter(p -> {
                        String name = p.getFileName().toString();
                        return name.endsWith(".json")
                                && Files.exists(p.resolveSibling(name.substring(0, name.length() - 5)));
                    })
                    .sorted()
                    .toList()) {
                files++;
                String name = companion.getFileName().toString();
                compare(
                        companion.resolveSibling(name.substring(0, name.length() - 5)),
                        JSON.readTree(companion.toFile()),
                        wrong);
            }
        }
        assertThat(files).isGreaterThan(200);
        assertThat(wrong).isEmpty();
    }

    private static void compare(Path file, JsonNode expected, List<String> wrong) throws IOException {
        String name = file.getFileName().toString();
        Reading reading;
        try {
            reading = Frames.reading(file, ReadOptions.DEFAULTS);
        } catch (Fault fault) {
            if (!expected.has("refuse") && !expected.has("or refuse") && !mayRefuse(expected, fault.sentence())) {
                wrong.add(name + ": " + fault.sentence());
            }
            return;
        }
        if (expected.has("refuse")) {
            wrong.add(name + ": read, though " + expected.path("refuse").asString());
            return;
        }
        Frame frame = reading.frame();
        List<String> names = new ArrayList<>();
        expected.path("columns").forEach(column -> names.add(column.path("name").asString()));
        if (!frame.schema().names().equals(names)) {
            wrong.add(name + ": columns " + frame.schema().names() + ", not " + names);
            return;
        }
        if (frame.rows() != expected.path("rows").asInt()) {
            wrong.add(name + ": " + frame.rows() + " rows");
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            JsonNode column = expected.path("columns").get(i);
            Reading.ColumnReading told = reading.columns().get(i);
            int differing = 0;
            String example = "";
            for (int row = 0; row < frame.rows(); row++) {
                JsonNode cell = column.path("cells").get(row);
                if (!same(
                        told,
                        frame.columns().get(i),
                        row,
                        cell.isNull() ? null : cell.asString(),
                        column.path("kind").asString())) {
                    differing++;
                    example = cell + " became " + frame.columns().get(i).text(row);
                }
            }
            if (differing > told.changed()) {
                wrong.add(
                        name + ", " + names.get(i) + " (" + column.path("type").asString() + " as " + told.type()
                                + "): " + differing + " cells differ, " + example + ", told: " + told);
            }
        }
    }

    /// What has no place in a frame, and names that are none, are refused in so many words.
    private static boolean mayRefuse(JsonNode expected, String sentence) {
        if (sentence.contains("binary data")) {
            return expected.toString().contains("binary") || expected.toString().contains("nt128");
        }
        return sentence.contains("of whose digits only 38 can be read")
                || sentence.contains("two columns are named 'a', column 1 and column 2")
                || sentence.contains("column 1 of 2 has no name");
    }

    private static boolean same(
            Reading.ColumnReading told, Column column, int row, @Nullable String expected, String kind) {
        String text = column.text(row);
        if (expected == null || text == null) {
            // Quotes around nothing are a missing cell where numbers stand.
            return expected == null && text == null || "".equals(expected) && column.type() != ColumnType.TEXT;
        }
        return switch (column.type()) {
            case LONG ->
                expected.equals(text)
                        || kind.equals("duration") && told.inFile().startsWith("duration in ")
                        || kind.equals("interval") && told.inFile().startsWith("duration in ")
                        || isNumber(kind) && new BigDecimal(expected).compareTo(new BigDecimal(text)) == 0;
            case DOUBLE -> {
                double value = ((Column.Doubles) column).value(row);
                yield switch (expected) {
                    case "Infinity", "inf" -> value == Double.POSITIVE_INFINITY;
                    case "-Infinity", "-inf" -> value == Double.NEGATIVE_INFINITY;
                    case "NaN" -> false;
                    default ->
                        kind.equals("float")
                                ? Double.doubleToLongBits(Double.parseDouble(expected))
                                        == Double.doubleToLongBits(value)
                                : new BigDecimal(expected.replace(',', '.'))
                                                .compareTo(new BigDecimal(Double.toString(value)))
                                        == 0;
                };
            }
            case BOOLEAN -> expected.equalsIgnoreCase(text);
            case DATE -> expected.equals(text);
            case DATE_TIME ->
                !kind.equals("instant")
                        && LocalDateTime.parse(expected.replace(' ', 'T')).equals(LocalDateTime.parse(text));
            case INSTANT -> instant(expected).equals(Instant.parse(text)) && expected.matches(".*(Z|[+-]00(:?00)?)");
            case TEXT, CATEGORY ->
                switch (kind) {
                    case "decimal" -> new BigDecimal(expected).compareTo(new BigDecimal(text)) == 0;
                    case "nested" -> nested(expected).equals(nested(text));
                    case "time" -> shortest(expected).equals(shortest(text.replaceFirst("[+]00$", "")));
                    case "timestamp", "instant" -> shortest(expected).equals(shortest(text));
                    case "interval" -> told.note().contains("INTERVAL");
                    default -> expected.equals(text);
                };
        };
    }

    /// A time without zeros at the end of its second.
    private static String shortest(String time) {
        return time.replaceFirst("([.]\\d*?)0+(Z?)$", "$1$2").replaceFirst("[.](Z?)$", "$1");
    }

    private static boolean isNumber(String kind) {
        return List.of("integer", "decimal", "float").contains(kind);
    }

    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        return iso.endsWith("Z")
                ? Instant.parse(iso.length() == 17 ? iso.replace("Z", ":00Z") : iso)
                : OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")
                                .replaceFirst("([+-]\\d\\d)$", "$1:00"))
                        .toInstant();
    }

    private static JsonNode nested(String text) {
        return JSON.readTree(text);
    }
}
