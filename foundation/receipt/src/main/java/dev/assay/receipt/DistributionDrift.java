package dev.assay.receipt;

import dev.assay.receipt.DriftReport.ColumnDrift;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether distributions of columns drifted between two runs, by the rules of [DistributionSettings].
public final class DistributionDrift {
    private DistributionDrift() {}

    /// A column in both runs. Both samples have values and are of one kind.
    ///
    /// @param reference in the earlier run
    /// @param current   in the present run
    public record Pair(ColumnSample reference, ColumnSample current) {
        /// @throws IllegalArgumentException if a sample is empty, or one holds numbers and the other
        /// categories
        public Pair {
            Rules.require(reference.n() > 0 && current.n() > 0, "there must be a value in both samples");
            Rules.require(
                    reference.getClass() == current.getClass(),
                    "the samples of a column must both be numbers or both categories");
        }
    }

    /// What drifted, in the order of the columns. Columns with too few values are measured, but not
    /// judged.
    ///
    /// @param columns by name
    public static List<ColumnDrift> of(Map<String, Pair> columns, DistributionSettings settings) {
        Map<String, Measured> measured = new LinkedHashMap<>();
        List<String> tested = new ArrayList<>();
        columns.forEach((name, pair) -> {
            Measured each = measure(pair, settings);
            measured.put(name, each);
            if (each.judged()) {
                tested.add(name);
            }
        });
        List<Double> p = measured.values().stream()
                .filter(Measured::judged)
                .map(Measured::p)
                .toList();
        List<Double> adjusted = switch (settings.correction()) {
            case HOLM -> Holm.adjusted(p);
            case NONE -> p;
        };
        List<ColumnDrift> drifts = new ArrayList<>();
        measured.forEach((name, each) -> {
            int at = tested.indexOf(name);
            Optional<Double> corrected = at < 0 ? Optional.empty() : Optional.of(adjusted.get(at));
            drifts.add(each.drift(name, corrected, settings));
        });
        return List.copyOf(drifts);
    }

    /// A column before it is known how many others were tested.
    private record Measured(
            DriftReport.Kind kind,
            DriftReport.Method method,
            double statistic,
            double p,
            Effect effect,
            double psi,
            boolean judged,
            long nRef,
            long nCur) {

        ColumnDrift drift(String name, Optional<Double> adjusted, DistributionSettings settings) {
            Optional<Boolean> drift = adjusted.map(each -> each <= settings.significance() && effect.matters());
            return new ColumnDrift(
                    name,
                    kind,
                    method,
                    statistic,
                    Optional.of(p),
                    adjusted,
                    settings.significance(),
                    Optional.of(effect),
                    Optional.of(psi),
                    drift,
                    nRef,
                    nCur);
        }
    }

    private static Measured measure(Pair pair, DistributionSettings settings) {
        return switch (pair.reference()) {
            case ColumnSample.Numbers reference ->
                numbers(pair, reference, (ColumnSample.Numbers) pair.current(), settings);
            case ColumnSample.Categories reference ->
                cells(
                        DriftReport.Kind.CATEGORICAL,
                        pair,
                        CellCounts.of(reference, (ColumnSample.Categories) pair.current()),
                        settings);
        };
    }

    private static Measured numbers(
            Pair pair, ColumnSample.Numbers reference, ColumnSample.Numbers current, DistributionSettings settings) {
        CellCounts cells = CellCounts.of(reference, current);
        boolean few = CellCounts.distinct(reference, current, DistributionSettings.FEW_VALUES + 1)
                <= DistributionSettings.FEW_VALUES;
        if (few) {
            return cells(DriftReport.Kind.NUMERIC, pair, cells, settings);
        }
        KolmogorovSmirnov test = KolmogorovSmirnov.of(reference, current);
        Effect effect = Effect.larger(
                new Effect(Effect.Measure.KOLMOGOROV_SMIRNOV, test.d(), settings.share()),
                new Effect(
                        Effect.Measure.WASSERSTEIN,
                        Wasserstein.of(reference, current).normalised(),
                        settings.distance()));
        return measured(
                DriftReport.Kind.NUMERIC,
                DriftReport.Method.KOLMOGOROV_SMIRNOV,
                test.d(),
                test.p(),
                effect,
                cells,
                pair,
                settings);
    }

    /// By cells: categories, or few different numbers.
    private static Measured cells(DriftReport.Kind kind, Pair pair, CellCounts cells, DistributionSettings settings) {
        CellsTest test = CellsTest.of(cells);
        Effect effect = new Effect(Effect.Measure.TOTAL_VARIATION, totalVariation(cells), settings.share());
        return measured(kind, test.method(), test.statistic(), test.p(), effect, cells, pair, settings);
    }

    private static double totalVariation(CellCounts cells) {
        double n = cells.referenceTotal();
        double m = cells.currentTotal();
        double sum = 0;
        for (int i = 0; i < cells.cells(); i++) {
            sum += Math.abs(cells.reference(i) / n - cells.current(i) / m);
        }
        return sum / 2;
    }

    private static Measured measured(
            DriftReport.Kind kind,
            DriftReport.Method method,
            double statistic,
            double p,
            Effect effect,
            CellCounts cells,
            Pair pair,
            DistributionSettings settings) {
        long nRef = pair.reference().n();
        long nCur = pair.current().n();
        double psi = StabilityIndex.of(cells).value();
        Effect decides = settings.method() == DistributionSettings.Choice.PSI
                ? new Effect(Effect.Measure.PSI, psi, settings.distance())
                : effect;
        boolean judged = Math.min(nRef, nCur) >= settings.minValues();
        return new Measured(kind, method, statistic, p, decides, psi, judged, nRef, nCur);
    }
}
