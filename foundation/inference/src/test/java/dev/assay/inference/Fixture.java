package dev.assay.inference;

import dev.assay.frame.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// The windows of `measure_fixture.csv`: two models with probabilities of four classes on the same rows.
final class Fixture {
    static final int CLASSES = 4;
    static final int EPISODE = 1;
    static final int HOST = 2;

    private final List<String[]> rows;

    Fixture() {
        try (InputStream in =
                Objects.requireNonNull(Fixture.class.getResourceAsStream("bootstrap/measure_fixture.csv"))) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return rows.size();
    }

    Column keys(int column) {
        return Column.Texts.of(rows.stream().map(row -> row[column]).toArray(String[]::new));
    }

    int truth(int row) {
        return Integer.parseInt(rows.get(row)[4]);
    }

    /// @param model 0 or 1
    double[] probabilities(int model, int row) {
        return IntStream.range(0, CLASSES)
                .mapToDouble(c -> Double.parseDouble(rows.get(row)[5 + CLASSES * model + c]))
                .toArray();
    }

    /// The confusion matrix of a model as columns to be summed, `[truth * classes + prediction][rows]`.
    double[][] confusion(int model) {
        double[][] cells = new double[CLASSES * CLASSES][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            cells[truth(row) * CLASSES + largest(probabilities(model, row))][row] = 1;
        }
        return cells;
    }

    static int largest(double[] p) {
        int at = 0;
        for (int c = 1; c < p.length; c++) {
            at = p[c] > p[at] ? c : at;
        }
        return at;
    }

    /// Macro-F1 over the classes that occur as truth or prediction.
    static double macroF1(double[] confusion) {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < CLASSES; k++) {
            double marginals = 0;
            for (int j = 0; j < CLASSES; j++) {
                marginals += confusion[k * CLASSES + j] + confusion[j * CLASSES + k];
            }
            if (marginals > 0) {
                sum += 2 * confusion[k * CLASSES + k] / marginals;
                present++;
            }
        }
        return present == 0 ? Double.NaN : sum / present;
    }
}
