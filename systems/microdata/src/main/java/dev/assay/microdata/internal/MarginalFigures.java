package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.FidelityStage;
import dev.assay.study.Figure;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Charts of each column's distribution, real beside synthetic.
final class MarginalFigures {
    private static final int BINS = 30;
    private static final int MOST_LEVELS = 20;
    /// A few numbers are shown one by one rather than in bins.
    private static final int FEW_NUMBERS = 17;

    /// The level of missing cells, which no text can be.
    private static final String MISSING = "\u0000missing";

    private MarginalFigures() {}

    /// Missing cells come last.
    private static double number(String level) {
        return level.equals(MISSING) ? Double.POSITIVE_INFINITY : Double.parseDouble(level);
    }

    /// Draws the chart of each column. One that cannot be drawn is told and costs nothing else: the
    /// scores are worth more.
    static void draw(
            FidelityScorer scorer, FidelityStage.Settings input, List<FidelityScores> methods, StageContext context) {
        for (String column : scorer.columns()) {
            try {
                context.figure(of(column, input, methods));
            } catch (Fault | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
                context.warn("The chart of column '" + column + "' is left out: its values cannot be drawn.");
            }
        }
    }

    private static Figure of(String column, FidelityStage.Settings input, List<FidelityScores> methods) {
        Map<String, Frame> rows = new LinkedHashMap<>();
        rows.put("real", input.real());
        methods.forEach(m -> rows.put(
                m.name(), Objects.requireNonNull(input.synthetic().get(m.name()), "a method that was scored")));
        Column real = input.real().column(column);
        boolean numeric = switch (real) {
            case Column.Doubles d -> true;
            case Column.Longs l -> true;
            case Column.Dates t -> true;
            case Column.Moments t -> true;
            case Column.Booleans b -> false;
            case Column.Categories c -> false;
            case Column.Texts t -> false;
        };
        if (!numeric) {
            return bars(column, input, rows);
        }
        double[] values = Arrays.stream(input.real().numbers(column))
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        long distinct = Arrays.stream(values).distinct().limit(FEW_NUMBERS + 1L).count();
        return distinct <= FEW_NUMBERS ? bars(column, input, rows) : histogram(column, input, rows, values);
    }

    private static Figure bars(String column, FidelityStage.Settings input, Map<String, Frame> rows) {
        Map<String, Double> real = shares(input.real(), column, input.weight());
        boolean numbers = input.real().column(column) instanceof Column.Longs
                || input.real().column(column) instanceof Column.Doubles;
        List<String> levels = real.entrySet().stream()
                .sorted(
                        numbers
                                ? java.util.Comparator.comparingDouble(e -> number(e.getKey()))
                                : java.util.Comparator.comparingDouble(e -> -e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
        boolean cut = levels.size() > MOST_LEVELS;
        List<String> shown = cut ? levels.subList(0, MOST_LEVELS) : levels;
        List<Figure.Series> series = new ArrayList<>();
        rows.forEach((name, frame) -> {
            Map<String, Double> shares = shares(frame, column, input.weight());
            List<Double> values = new ArrayList<>();
            shown.forEach(level -> values.add(shares.getOrDefault(level, 0.0)));
            if (cut) {
                values.add(1 - values.stream().mapToDouble(Double::doubleValue).sum());
            }
            series.add(new Figure.Series(name, values));
        });
        List<String> categories = shown.stream()
                .map(level -> level.equals(MISSING) ? "(missing)" : level)
                .collect(Collectors.toCollection(ArrayList::new));
        if (cut) {
            categories.add("all " + (levels.size() - MOST_LEVELS) + " others");
        }
        return new Figure.Bars(column, "Weighted shares, real beside synthetic.", column, "share", categories, series);
    }

    private static Map<String, Double> shares(Frame frame, String column, Optional<String> weight) {
        Column cells = frame.column(column);
        double[] weights = weights(frame, weight);
        Map<String, Double> sums = new LinkedHashMap<>();
        double total = 0;
        for (int row = 0; row < frame.rows(); row++) {
            String text = cells.text(row);
            if (text != null && cells instanceof Column.Doubles d && d.value(row) == Math.rint(d.value(row))) {
                text = Long.toString((long) d.value(row));
            }
            sums.merge(text == null ? MISSING : text, weights[row], Double::sum);
            total += weights[row];
        }
        double all = total;
        sums.replaceAll((level, sum) -> sum / all);
        return sums;
    }

    /// The tail past the 99.5th percentile shares the last bin.
    private static Figure histogram(
            String column, FidelityStage.Settings input, Map<String, Frame> rows, double[] sorted) {
        double low = sorted[0];
        double high = sorted[(int) Math.ceil(0.995 * (sorted.length - 1))];
        if (high <= low) {
            high = sorted[sorted.length - 1];
        }
        List<Double> edges = new ArrayList<>();
        for (int b = 0; b <= BINS; b++) {
            edges.add(low + (high - low) * b / BINS);
        }
        double top = high;
        List<Figure.Series> series = new ArrayList<>();
        rows.forEach((name, frame) -> {
            double[] shares = new double[BINS];
            double[] weights = weights(frame, input.weight());
            double total = 0;
            for (int row = 0; row < frame.rows(); row++) {
                double value = frame.column(column).number(row);
                if (!Double.isNaN(value)) {
                    int bin = (int) ((value - low) / (top - low) * BINS);
                    shares[Math.max(0, Math.min(BINS - 1, bin))] += weights[row];
                    total += weights[row];
                }
            }
            double all = total;
            series.add(new Figure.Series(
                    name, Arrays.stream(shares).map(s -> s / all).boxed().toList()));
        });
        String unit = input.real()
                .schema()
                .fields()
                .get(input.real().schema().indexOf(column))
                .unit();
        return new Figure.Histogram(
                column,
                "Weighted shares, real beside synthetic; the last bin takes everything above it.",
                unit.isEmpty() ? column : column + " (" + unit + ")",
                "share",
                edges,
                series);
    }

    private static double[] weights(Frame frame, Optional<String> weight) {
        if (weight.isPresent() && frame.schema().has(weight.get())) {
            return frame.numbers(weight.get());
        }
        double[] ones = new double[frame.rows()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
