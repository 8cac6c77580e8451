package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records as JSON, members in the order of the components.
public final class Json {
    private static final ObjectMapper LINES = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectMapper PAGES = ((JsonMapper) LINES)
            .rebuild()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    /// Indented, with a line feed at the end.
    public static byte[] page(Object value) {
        return (PAGES.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// On one line.
    public static String line(Object value) {
        return LINES.writeValueAsString(value);
    }

    /// Reads a file.
    ///
    /// @throws JacksonException if it does not hold such a value
    /// @throws IOException      if it cannot be read
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return read(Files.readAllBytes(file), type);
    }

    /// Reads bytes.
    ///
    /// @throws JacksonException if they are not such a value
    public static <T> T read(byte[] bytes, Class<T> type) {
        return LINES.readValue(bytes, type);
    }

    /// Reads a file that a user or a stage gave.
    ///
    /// @throws Fault (MISSING_FILE, MALFORMED_FILE) with line and column, never quoting what stands there
    public static <T> T document(Path file, Class<T> type) {
        try {
            T value = read(file, type);
            if (value == null) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, "the file holds no JSON object")
                        .at(file.toString());
            }
            return value;
        } catch (NoSuchFileException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file does not exist: check its path")
                    .at(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read: check its permissions")
                    .at(file.toString())
                    .causedBy(e);
        } catch (JacksonException e) {
            String place = e.getLocation() == null
                    ? file.toString()
                    : file + ":" + e.getLocation().getLineNr();
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            "the file is not JSON of the shape of " + type.getSimpleName()
                                    + ": a member is missing, unknown or of another type here")
                    .at(place)
                    .causedBy(e);
        }
    }
}
