package dev.assay.receipt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Real samples, and statistics of them by other programs: see `distributions/make_distributions.py`.
final class Samples {
    private static final String FOLDER = "distributions/";

    /// A reference value.
    record Reference(String column, String reference, String current, String statistic, double value) {}

    private Samples() {}

    static ColumnSample.Numbers numbers(String sample) {
        return ColumnSample.Numbers.of(rows(sample).stream()
                .mapToDouble(row -> Double.parseDouble(row[1]))
                .toArray());
    }

    static ColumnSample.Categories categories(String sample) {
        Map<String, Long> counts = new TreeMap<>();
        rows(sample).forEach(row -> counts.merge(row[2], 1L, Long::sum));
        return new ColumnSample.Categories(counts);
    }

    private static List<String[]> rows(String sample) {
        List<String[]> rows = lines("samples.csv").stream()
                .map(line -> line.split(",", -1))
                .filter(row -> row[0].equals(sample))
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no sample is called " + sample);
        }
        return rows;
    }

    static List<Reference> references() {
        return lines("reference.tsv").stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new Reference(cells[0], cells[1], cells[2], cells[3], Double.parseDouble(cells[4])))
                .toList();
    }

    private static List<String> lines(String file) {
        InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(FOLDER + file), file);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
