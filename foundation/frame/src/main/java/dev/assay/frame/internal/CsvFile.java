package dev.assay.frame.internal;

import dev.assay.fault.Limits;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// CSV and TSV as a relation. DuckDB's sniffer is never asked: it may settle on another dialect to make
/// a file fit, or drop leading zeros. All cells are read as texts, and one pass over them decides the
/// types.
final class CsvFile {
    private CsvFile() {}

    static Table open(Database database, Path file, FileFormat format, ReadOptions options, Limits limits)
            throws SQLException {
        char delimiter = format.layout() == FileFormat.Layout.TSV ? '\t' : ',';
        TextSurvey survey = TextSurvey.of(database, file, format, limits);
        List<String> names = CsvHeader.names(survey.header(), delimiter);
        if (WideCsv.suits(format, names.size())) {
            return WideCsv.open(file, format, delimiter, names, options, survey);
        }
        String from = from(file, format, String.valueOf(delimiter), names.size(), options.missingTexts(), survey);
        Map<String, String> sourceOf = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            sourceOf.put(names.get(i), "c" + i);
        }
        List<String> wanted = Wanted.of(names, options.columns());
        List<String> sources = wanted.stream()
                .map(n -> Objects.requireNonNull(sourceOf.get(n)))
                .toList();
        TextTypes.Answer answer = options.allText()
                ? TextTypes.texts(database, from, sources)
                : TextTypes.CSV.tell(database, from, sources);
        survey.requireAll(answer.rows());
        List<Pick> picks = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ColumnType type = answer.types().get(i);
            picks.add(Pick.of(wanted.get(i), type, TextTypes.CSV.expression(type, sources.get(i))));
        }
        return new Relation(from, answer.rows(), picks);
    }

    /// Room for lines of this many bytes. DuckDB gives room for lines of two million; more of it for
    /// all files would cost memory, as it holds several buffers at once.
    static String sizes(long longest) {
        long line = Math.max(longest + 16, 1 << 21);
        return "max_line_size = " + line + ", buffer_size = " + Math.max(2 * line, 1 << 25);
    }

    private static String from(
            Path file, FileFormat format, String delimiter, int width, List<String> missing, TextSurvey survey) {
        List<String> nulls = new ArrayList<>();
        nulls.add("");
        nulls.addAll(missing);
        return "read_csv(" + Sql.path(file) + ", auto_detect = false, header = true, delim = "
                + Sql.text(delimiter)
                + ", quote = '\"', escape = '\"', strict_mode = true, null_padding = false, ignore_errors = false"
                + ", encoding = 'utf-8', " + sizes(survey.longest()) + ", hive_partitioning = false, compression = "
                + Sql.text(format.compression())
                + ", nullstr = [" + Sql.texts(nulls) + "], allow_quoted_nulls = false, columns = {"
                + IntStream.range(0, width)
                        .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                        .collect(Collectors.joining(", "))
                + "})";
    }
}
