package dev.assay.weigh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sample of 2,000 households, its controls and the reference weights.
final class Survey {
    static final List<String> NAMES = List.of(
            "households",
            "size2",
            "size3",
            "size4",
            "inc2",
            "inc3",
            "dwel2",
            "a0_4",
            "a5_18",
            "a19_24",
            "a25_44",
            "a45_64",
            "a65p",
            "male");

    private static final Map<String, double[]> HOUSEHOLDS = columns("households_2000.csv");

    private Survey() {}

    static double[] column(String name) {
        return Objects.requireNonNull(HOUSEHOLDS.get(name));
    }

    static double[] designWeights() {
        return column("d");
    }

    /// The 14 columns of the reference calibrations.
    static Design design() {
        double[][] cells = new double[2000][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new double[] {
                1,
                column("HHSize")[i] == 2 ? 1 : 0,
                column("HHSize")[i] == 3 ? 1 : 0,
                column("HHSize")[i] == 4 ? 1 : 0,
                column("HHIncome")[i] == 2 ? 1 : 0,
                column("HHIncome")[i] == 3 ? 1 : 0,
                column("HHDwelling")[i] == 2 ? 1 : 0,
                column("a0_4")[i],
                column("a5_18")[i],
                column("a19_24")[i],
                column("a25_44")[i],
                column("a45_64")[i],
                column("a65p")[i],
                column("male")[i]
            };
        }
        return Design.fromDense(cells);
    }

    /// @param set `full_file_total` or `published_total`
    static Targets targets(String set) {
        Map<String, Double> controls = controls(set);
        return new Targets(NAMES.stream()
                .map(n -> Target.exact(n, Objects.requireNonNull(controls.get(n))))
                .toList());
    }

    static Map<String, Double> controls(String set) {
        List<String[]> lines = lines("controls.csv");
        int at = List.of(lines.getFirst()).indexOf(set);
        Map<String, Double> controls = new HashMap<>();
        for (String[] line : lines.subList(1, lines.size())) {
            if (line.length > at && !line[at].isEmpty()) {
                controls.put(line[0], Double.parseDouble(line[at]));
            }
        }
        return controls;
    }

    /// The reference weights of a case.
    static double[] reference(String name) {
        return Objects.requireNonNull(columns("cases/" + name + ".csv").get("w"));
    }

    static Map<String, double[]> columns(String file) {
        List<String[]> lines = lines(file);
        Map<String, double[]> columns = new HashMap<>();
        for (int c = 0; c < lines.getFirst().length; c++) {
            double[] cells = new double[lines.size() - 1];
            for (int i = 0; i < cells.length; i++) {
                String cell = lines.get(i + 1)[c].trim();
                cells[i] = cell.matches("[-0-9.eE+]+") ? Double.parseDouble(cell) : Double.NaN;
            }
            columns.put(lines.getFirst()[c], cells);
        }
        return columns;
    }

    static List<String[]> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Survey.class.getResourceAsStream(file), file)) {
            List<String[]> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                lines.add(line.split(",", -1));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The greatest relative difference between weights and their reference.
    static double distance(double[] weights, double[] reference) {
        double most = 0;
        for (int i = 0; i < weights.length; i++) {
            most = Math.max(most, Math.abs(weights[i] - reference[i]) / Math.abs(reference[i]));
        }
        return most;
    }
}
