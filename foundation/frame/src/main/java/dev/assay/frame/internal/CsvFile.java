package dev.assay.frame.internal;

import dev.assay.fault.Limits;
import dev.assay.frame.ColumnType;
import dev.assay.frame.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// CSV and TSV as a relation, of the types that one pass of our own over all cells has told.
final class CsvFile {
    private CsvFile() {}

    static Opened open(Database database, Path file, FileFormat format, ReadOptions options, Limits limits)
            throws SQLException {
        CsvSurvey.Found survey = CsvSurvey.of(database, file, format, options, limits);
        List<String> names = survey.names();
        DeclaredTypes.requireKnown(options.types().keySet(), names);
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        List<String> wanted = Wanted.of(names, options.columns());
        int[] at = wanted.stream()
                .mapToInt(name -> Objects.requireNonNull(places.get(name)))
                .toArray();
        List<Pick> picks = new ArrayList<>();
        // Then declared numbers have decimal commas too.
        boolean foreignCommas = survey.dialect().delimiter() != ',' && survey.hasCommas();
        boolean wide = names.size() > TextTable.WIDTH && !format.compression().equals("zstd");
        for (int i = 0; i < at.length; i++) {
            picks.add(pick(wanted.get(i), at[i], wide ? TextTable.CELL : "c" + at[i], survey, options, foreignCommas));
        }
        boolean comma = options.decimal() == ReadOptions.DecimalMark.COMMA
                || options.decimal() == ReadOptions.DecimalMark.AUTO && foreignCommas;
        if (wide) {
            TextTable.Source source = new TextTable.Source(
                    names.size(),
                    () -> new CsvRecords(
                            TextBytes.open(file, format), survey.dialect(), names.size(), options.missingTexts()));
            return new Opened(
                    TextTable.declared(
                            source,
                            at,
                            survey.rows().records(),
                            picks,
                            options.allText() ? Map.of() : options.types(),
                            comma,
                            options.missingTexts()),
                    survey.rows().lines());
        }
        // DuckDB reads numbers faster than texts that become numbers.
        Map<Integer, String> typed = new HashMap<>();
        String texts = from(file, format, survey, options.missingTexts(), typed);
        for (int i = 0; i < at.length; i++) {
            String duck = direct(picks.get(i), "c" + at[i]);
            if (!duck.isEmpty() && !options.types().containsKey(wanted.get(i))) {
                typed.put(at[i], duck);
            }
        }
        List<Pick> declared = options.allText()
                ? picks
                : DeclaredTypes.applied(
                        database,
                        texts,
                        picks,
                        Arrays.stream(at).mapToObj(i -> "c" + i).toList(),
                        options.types(),
                        comma,
                        options.missingTexts());
        return new Opened(
                new Relation(
                        from(file, format, survey, options.missingTexts(), typed),
                        survey.rows().records(),
                        declared),
                survey.rows().lines());
    }

    private static Pick pick(
            String name, int place, String cell, CsvSurvey.Found survey, ReadOptions options, boolean foreignCommas) {
        CellEvidence evidence = survey.rows().evidence().get(place);
        if (options.allText()) {
            return Pick.of(name, ColumnType.TEXT, cell).telling(new Pick.Told(evidence.summary(), 0, ""));
        }
        boolean foreign = survey.dialect().delimiter() != ',';
        boolean commas = switch (options.decimal()) {
            case AUTO -> foreign;
            case POINT -> false;
            case COMMA -> true;
        };
        boolean commasInFile = switch (options.decimal()) {
            case AUTO -> foreignCommas;
            case POINT -> false;
            case COMMA -> true;
        };
        CellEvidence.Decision decision = evidence.decide(commas, commasInFile);
        boolean texts = decision.type() == ColumnType.TEXT;
        String present = texts || !evidence.hasQuotedMissing()
                ? cell
                : "CASE WHEN " + cell + " NOT IN (" + Sql.texts(missing(options.missingTexts())) + ") THEN " + cell
                        + " END";
        return Pick.of(name, decision.type(), CellSql.of(decision.type(), present, decision.comma()))
                .telling(new Pick.Told(evidence.summary(), decision.changed(), decision.note()));
    }

    /// The type that DuckDB may read the cells as, empty if it must see them as texts.
    private static String direct(Pick pick, String cell) {
        ColumnType type = pick.field().type();
        if (!pick.expression().equals(CellSql.of(type, cell, false))) {
            return "";
        }
        return switch (type) {
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case BOOLEAN, TEXT, CATEGORY, DATE_TIME, INSTANT -> "";
        };
    }

    /// Room for lines of this many bytes. DuckDB gives room for lines of two million; more of it for
    /// all files would cost memory, as it holds several buffers at once.
    static String sizes(long longest) {
        long line = Math.max(longest + 16, 1 << 21);
        return "max_line_size = " + line + ", buffer_size = " + Math.max(2 * line, 1 << 25);
    }

    private static List<String> missing(List<String> texts) {
        List<String> nulls = new ArrayList<>();
        nulls.add("");
        nulls.addAll(texts);
        return nulls;
    }

    private static String from(
            Path file, FileFormat format, CsvSurvey.Found survey, List<String> missing, Map<Integer, String> typed) {
        return "read_csv(" + Sql.path(file) + ", auto_detect = false, header = true, skip = "
                + survey.dialect().skipped() + ", delim = "
                + Sql.text(String.valueOf(survey.dialect().delimiter()))
                + ", quote = '\"', escape = '\"', strict_mode = true, null_padding = false, ignore_errors = false"
                + ", encoding = 'utf-8', " + sizes(survey.rows().longest())
                + ", hive_partitioning = false, compression = "
                + Sql.text(format.compression())
                + ", nullstr = [" + Sql.texts(missing(missing)) + "], allow_quoted_nulls = false, columns = {"
                + IntStream.range(0, survey.names().size())
                        .mapToObj(i -> "'c" + i + "': '" + typed.getOrDefault(i, "VARCHAR") + "'")
                        .collect(Collectors.joining(", "))
                + "})";
    }
}
