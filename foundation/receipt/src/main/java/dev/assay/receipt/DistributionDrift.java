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
        /// @throws IllegalArgumentException if a sample is empty, or one holds numbers and the other categories
        public Pair {
            Rules.require(reference.n() > 0 && current.n() > 0, "there must be a value in both samples");
            Rules.require(
                    reference.getClass() == current.getClass(),
                    "the samples of a column must both be numbers or both categories");
        }
    }

    /// What drifted, in the order of the columns. Columns with too few values are measured, but not judged.
    ///
    /// @param columns by name
    public static List<ColumnDrift> of(Map<String, Pair> columns, DistributionSettings settings) {
        Map<String, Measured> measured = new LinkedHashMap<>();
        List<String> tested = new ArrayList<>();
        columns.forEach((name, pair) -> {
            Measured each = measure(pair, settings);
            measured.put(name, each);
            if (each.judged() && each.p().isPresent()) {
                tested.add(name);
            }
        });
        List<Double> p = tested.stream()
                .map(name -> measured.get(name))
                .flatMap(each -> each.p().stream())
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
            Optional<Double> p,
            double psi,
            boolean judged,
            long nRef,
            long nCur) {

        ColumnDrift drift(String name, Optional<Double> adjusted, DistributionSettings settings) {
            double threshold = p.isPresent() ? settings.significance() : settings.distance();
            Optional<Boolean> drift;
            if (!judged) {
                drift = Optional.empty();
            } else if (adjusted.isPresent()) {
                drift = Optional.of(adjusted.get() <= threshold);
            } else {
                drift = Optional.of(statistic >= threshold);
            }
            return new ColumnDrift(
                    name, kind, method, statistic, p, adjusted, threshold, Optional.of(psi), drift, nRef, nCur);
        }
    }

    private static Measured measure(Pair pair, DistributionSettings settings) {
        return switch (pair.reference()) {
            case ColumnSample.Numbers reference ->
                numbers(pair, reference, (ColumnSample.Numbers) pair.current(), settings);
            case ColumnSample.Categories reference ->
                measured(
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
        if (few || settings.method() == DistributionSettings.Choice.PSI) {
            return measured(DriftReport.Kind.NUMERIC, pair, cells, settings);
        }
        double psi = StabilityIndex.of(cells).value();
        if (reference.n() <= settings.smallSample()) {
            KolmogorovSmirnov test = KolmogorovSmirnov.of(reference, current);
            return measured(
                    DriftReport.Kind.NUMERIC,
                    DriftReport.Method.KOLMOGOROV_SMIRNOV,
                    test.d(),
                    Optional.of(test.p()),
                    psi,
                    pair,
                    settings);
        }
        return measured(
                DriftReport.Kind.NUMERIC,
                DriftReport.Method.WASSERSTEIN,
                Wasserstein.of(reference, current).normalised(),
                Optional.empty(),
                psi,
                pair,
                settings);
    }

    /// By cells: categories, few different numbers, or the stability index on request.
    private static Measured measured(
            DriftReport.Kind kind, Pair pair, CellCounts cells, DistributionSettings settings) {
        double psi = StabilityIndex.of(cells).value();
        if (settings.method() == DistributionSettings.Choice.PSI) {
            return measured(kind, DriftReport.Method.PSI, psi, Optional.empty(), psi, pair, settings);
        }
        if (pair.reference().n() > settings.smallSample()) {
            double distance = JensenShannon.of(cells).distance();
            return measured(kind, DriftReport.Method.JENSEN_SHANNON, distance, Optional.empty(), psi, pair, settings);
        }
        if (cells.cells() <= 2) {
            TwoProportionTest test = TwoProportionTest.of(cells);
            return measured(
                    kind, DriftReport.Method.TWO_PROPORTIONS, test.z(), Optional.of(test.p()), psi, pair, settings);
        }
        ChiSquareTest test = ChiSquareTest.of(cells);
        return measured(
                kind, DriftReport.Method.CHI_SQUARE, test.statistic(), Optional.of(test.p()), psi, pair, settings);
    }

    private static Measured measured(
            DriftReport.Kind kind,
            DriftReport.Method method,
            double statistic,
            Optional<Double> p,
            double psi,
            Pair pair,
            DistributionSettings settings) {
        long nRef = pair.reference().n();
        long nCur = pair.current().n();
        boolean judged = Math.min(nRef, nCur) >= settings.minValues();
        return new Measured(kind, method, statistic, p, psi, judged, nRef, nCur);
    }
}
