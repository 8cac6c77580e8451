package dev.assay.trees;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// The Adult tables of the test resources; see ATTRIBUTION.md beside them.
final class Adult {
    private Adult() {}

    /// Rows whose index leaves remainder 4 by 5 are for validation.
    static int[] training(int rows) {
        return java.util.stream.IntStream.range(0, rows).filter(i -> i % 5 != 4).toArray();
    }

    static int[] validation(int rows) {
        return java.util.stream.IntStream.range(0, rows).filter(i -> i % 5 == 4).toArray();
    }

    static Frame features() {
        return read("adult_X.csv.gz");
    }

    static Frame people() {
        return read("adult.csv.gz");
    }

    /// A metric of scikit-learn's histogram boosting in gate_reference.json.
    static double gateReference(String target, String metric) {
        try (InputStream in = Objects.requireNonNull(Adult.class.getResourceAsStream("gate_reference.json"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int at = text.indexOf('"' + metric + '"', text.indexOf("hist_gb", text.indexOf('"' + target + '"')));
            int colon = text.indexOf(':', at);
            return Double.parseDouble(text.substring(colon + 1, text.indexOf(',', colon)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Frame read(String file) {
        InputStream in = Objects.requireNonNull(Adult.class.getResourceAsStream(file));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            String[] names = Objects.requireNonNull(lines.readLine()).split(",", -1);
            List<String[]> cells = lines.lines().map(l -> l.split(",", -1)).toList();
            Frame frame = Frame.empty();
            for (int c = 0; c < names.length; c++) {
                frame = frame.with(names[c], column(cells, c));
            }
            return frame;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Column column(List<String[]> cells, int c) {
        try {
            double[] numbers = new double[cells.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Double.parseDouble(cells.get(i)[c]);
            }
            return Column.Doubles.of(numbers);
        } catch (NumberFormatException notNumbers) {
            List<String> texts = new ArrayList<>();
            cells.forEach(row -> texts.add(row[c]));
            return Column.Categories.of(texts.toArray(new String[0]));
        }
    }
}
