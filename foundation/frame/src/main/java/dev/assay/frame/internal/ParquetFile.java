package dev.assay.frame.internal;

import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// Parquet as a relation. The footer tells rows and types, so nothing is read beforehand.
final class ParquetFile {
    private ParquetFile() {}

    static Relation open(Database database, Path file, ReadOptions options) throws SQLException {
        String path = Sql.path(file);
        // Without the options, folders named `key=value` on the way would turn into columns.
        String from = "read_parquet(" + path + ", hive_partitioning = false, filename = false)";
        long rows = Long.parseLong(
                database.ask("SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(" + path + ")")
                        .getFirst()
                        .getFirst());
        List<List<String>> notes = database.ask("SELECT decode(value) FROM parquet_kv_metadata(" + path
                + ") WHERE key = CAST(" + Sql.text(SchemaNote.KEY) + " AS BLOB)");
        SchemaNote note =
                SchemaNote.parse(notes.isEmpty() ? "{}" : notes.getFirst().getFirst());
        List<Pick> picks = Types.picks(database, from, options.columns()).stream()
                .map(note::applied)
                .toList();
        return new Relation(from, rows, picks);
    }
}
