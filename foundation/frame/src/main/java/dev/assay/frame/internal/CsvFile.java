package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// CSV and TSV as a relation. DuckDB's sniffer is never asked: it may settle on another dialect to make a
/// file fit, or drop leading zeros. All cells are read as texts, and one pass over them decides the types.
final class CsvFile {
    private CsvFile() {}

    static Relation open(Database database, Path file, FileFormat format, ReadOptions options) throws SQLException {
        String delimiter = format.layout() == FileFormat.Layout.TSV ? "\t" : ",";
        List<String> names = header(database, file, format, delimiter);
        String from = from(file, format, true, delimiter, names.size(), options.missingTexts());
        List<String> wanted = Wanted.of(names, options.columns());
        List<String> sources = wanted.stream().map(n -> "c" + names.indexOf(n)).toList();
        TextTypes.Answer answer = options.allText()
                ? TextTypes.texts(database, from, sources)
                : TextTypes.CSV.tell(database, from, sources);
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ColumnType type = answer.types().get(i);
            picks.add(Pick.of(wanted.get(i), type, TextTypes.CSV.expression(type, sources.get(i))));
        }
        return new Relation(from, answer.rows(), picks);
    }

    private static String from(
            Path file, FileFormat format, boolean header, String delimiter, int width, List<String> missing) {
        List<String> nulls = new ArrayList<>();
        nulls.add("");
        nulls.addAll(missing);
        return "read_csv(" + Sql.path(file) + ", auto_detect = false, header = " + header + ", delim = "
                + Sql.text(delimiter)
                + ", quote = '\"', escape = '\"', strict_mode = true, null_padding = false, ignore_errors = false"
                + ", encoding = 'utf-8', hive_partitioning = false, compression = " + Sql.text(format.compression())
                + ", nullstr = [" + Sql.texts(nulls) + "], allow_quoted_nulls = false, columns = {"
                + IntStream.range(0, width)
                        .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                        .collect(Collectors.joining(", "))
                + "})";
    }

    /// The names in the header. DuckDB parses it too, but wants to be told how many columns there are; it
    /// complains about a wrong guess and quotes the line.
    private static List<String> header(Database database, Path file, FileFormat format, String delimiter)
            throws SQLException {
        int width = 1;
        List<String> first;
        try {
            first = firstRow(database, from(file, format, false, delimiter, width, List.of()));
        } catch (SQLException e) {
            OptionalInt found = Troubles.columnsOfFirstLine(e, delimiter.charAt(0));
            if (found.isEmpty()) {
                throw e;
            }
            width = found.getAsInt();
            first = firstRow(database, from(file, format, false, delimiter, width, List.of()));
        }
        List<String> names = new ArrayList<>(first);
        if (!names.isEmpty() && names.getFirst().startsWith("\uFEFF")) {
            names.set(0, names.getFirst().substring(1));
        }
        return requireNames(names);
    }

    private static List<String> firstRow(Database database, String from) throws SQLException {
        List<List<String>> rows = database.ask("SELECT * FROM " + from + " LIMIT 1");
        return rows.isEmpty() ? List.of() : rows.getFirst();
    }

    private static List<String> requireNames(List<String> names) {
        if (names.isEmpty()) {
            throw FileFormat.malformed("there is no header; the first line must name the columns.")
                    .at("line 1");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                "column " + (i + 1) + " of " + names.size() + " has no name in the header; name it.")
                        .at("line 1");
            }
            if (!seen.add(names.get(i))) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                "two columns are named '" + names.get(i) + "' in the header; rename one.")
                        .at("line 1");
            }
        }
        return names;
    }
}
