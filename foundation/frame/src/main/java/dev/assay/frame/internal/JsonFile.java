package dev.assay.frame.internal;

import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// JSON Lines and JSON arrays of objects as a relation: keys are found in all objects, values stay JSON until one pass
/// over them has decided the types.
final class JsonFile {
    private JsonFile() {}

    static Relation open(Database database, Path file, FileFormat format, ReadOptions options) throws SQLException {
        String layout =
                switch (format.layout()) {
                    case JSON -> "array";
                    case JSON_LINES, PARQUET, CSV, TSV -> "newline_delimited";
                };
        String from = "read_json(" + Sql.path(file) + ", format = " + Sql.text(layout)
                + ", records = true, maximum_depth = 1, sample_size = -1, ignore_errors = false"
                + ", hive_partitioning = false, compression = " + Sql.text(format.compression()) + ")";
        List<String> names = database.ask("DESCRIBE SELECT * FROM " + from).stream()
                .map(List::getFirst)
                .toList();
        List<String> wanted = Wanted.of(names, options.columns());
        List<String> sources = wanted.stream().map(Sql::name).toList();
        TextTypes.Answer answer = options.allText()
                ? TextTypes.texts(database, from, sources)
                : TextTypes.JSON.tell(database, from, sources);
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ColumnType type = answer.types().get(i);
            picks.add(Pick.of(wanted.get(i), type, TextTypes.JSON.expression(type, sources.get(i))));
        }
        return new Relation(from, answer.rows(), picks);
    }
}
