package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// JSON Lines and JSON arrays of objects as a relation: keys are found in all objects, values stay JSON
/// until one pass over them has decided the types.
final class JsonFile {
    private JsonFile() {}

    static Relation open(Database database, Path file, FileFormat format, ReadOptions wishes, Limits limits)
            throws SQLException {
        TextSurvey survey = TextSurvey.of(database, file, format, limits);
        String layout = switch (format.layout()) {
            case JSON -> "array";
            case JSON_LINES, PARQUET, CSV, TSV -> "newline_delimited";
        };
        String options = "read_json(" + Sql.path(file) + ", format = " + Sql.text(layout)
                + ", records = true, maximum_depth = 1, ignore_errors = false, hive_partitioning = false"
                + ", maximum_object_size = " + Math.max(survey.longest() + 64, 1 << 24)
                + ", compression = " + Sql.text(format.compression());
        List<String> names = database.ask("DESCRIBE SELECT * FROM " + options + ", sample_size = -1)").stream()
                .map(List::getFirst)
                .toList();
        if (names.size() > limits.of(Limit.COLUMNS)) {
            throw limits.exceeded(
                    Fault.Kind.MALFORMED_FILE,
                    Limit.COLUMNS,
                    "the objects have more than " + limits.of(Limit.COLUMNS) + " keys");
        }
        // With the keys given, the file is not searched for them again by each of the queries to come.
        String from = options + ", columns = {"
                + names.stream().map(name -> Sql.text(name) + ": 'JSON'").collect(Collectors.joining(", ")) + "})";
        List<String> wanted = Wanted.of(names, wishes.columns());
        List<String> sources = wanted.stream().map(Sql::name).toList();
        TextTypes.Answer answer = wishes.allText()
                ? TextTypes.texts(database, from, sources)
                : TextTypes.JSON.tell(database, from, sources);
        survey.requireAll(answer.rows());
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ColumnType type = answer.types().get(i);
            picks.add(Pick.of(wanted.get(i), type, TextTypes.JSON.expression(type, sources.get(i))));
        }
        return new Relation(from, answer.rows(), picks);
    }

    /// The first line that is no JSON, for messages: DuckDB's own count is off by one for some errors.
    static OptionalInt firstBadLine(Path file, FileFormat format) {
        // A character that no text file has keeps each line in one field.
        String lines = "read_csv(" + Sql.path(file) + ", auto_detect = false, header = false, delim = '\u001F'"
                + ", quote = '', escape = '', hive_partitioning = false, compression = "
                + Sql.text(format.compression()) + ", columns = {'line': 'VARCHAR'})";
        try (Database database = Database.open()) {
            List<List<String>> found = database.ask("SELECT n FROM (SELECT row_number() OVER () AS n, line FROM "
                    + lines + ") WHERE line IS NOT NULL AND NOT json_valid(line) ORDER BY n LIMIT 1");
            return found.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(found.getFirst().getFirst()));
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }
}
