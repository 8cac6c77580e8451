package dev.assay.microdata.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.weigh.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Estimates as a table, as a listing for people and as metrics. What is not known is an empty cell, and the last
/// column says why.
final class EstimateTable {
    private final List<Estimate> estimates;
    private final List<Analysis.Item> items;

    EstimateTable(List<Estimate> estimates, List<Analysis.Item> items) {
        this.estimates = estimates;
        this.items = items;
    }

    /// Tells metrics and the listing.
    ///
    /// @param whole how many estimates are of the whole population; the others are of domains, named after values
    /// @param note  how standard errors were made
    void tell(StageContext context, int whole, String note) {
        // The case of letters and underscores stay: they tell variables and values apart.
        List<String> names = Metric.apart(
                estimates.stream().map(e -> e.name().replace(' ', '-')).toList());
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Estimate e = estimates.get(i);
            Metric metric = metric(names.get(i), e);
            if (i < whole) {
                context.measured(metric);
            } else {
                context.measuredWithin(metric);
            }
            rows.add(List.of(
                    e.name(),
                    cell(e.value()),
                    cell(e.standardError()),
                    cell(e.lower()),
                    cell(e.upper()),
                    cell(e.variation()),
                    cell(e.designEffect()),
                    e.basis().rows(),
                    items.get(i).missing(),
                    e.basis().units(),
                    e.basis().degrees(),
                    e.reason()));
        }
        context.table(new Listing(
                "Estimates",
                "With 95 percent intervals by Student's t with the degrees of freedom shown. " + note,
                List.of(
                        "estimate",
                        "value",
                        "standard error",
                        "lower",
                        "upper",
                        "variation",
                        "design effect",
                        "rows",
                        "rows without a value",
                        "primary units",
                        "degrees of freedom",
                        "remark"),
                rows));
        long without = estimates.stream().filter(e -> !e.hasInterval()).count();
        if (without > 0) {
            context.warn(
                    without + " of " + estimates.size()
                            + " estimates have no interval; the column remark says why, and the other columns what they rest on");
        }
        long partial = estimates.stream()
                .filter(e -> e.basis().replicatesLeftOut() > 0)
                .count();
        if (partial > 0) {
            context.warn(
                    partial + " of " + estimates.size() + " estimates do not exist in all replicates and are judged by"
                            + " the others; the column replicates_left_out counts those");
        }
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }

    private static Metric metric(String name, Estimate e) {
        if (Double.isNaN(e.value())) {
            return Metric.absent(name, e.basis().rows(), e.reason());
        }
        int units = e.basis().units();
        return e.hasInterval()
                ? Metric.estimate(name, e.value(), e.lower(), e.upper(), units, "primary unit")
                : new Metric(
                        name, Optional.of(e.value()), Optional.empty(), Optional.empty(), 0, units, "", "", e.reason());
    }

    /// The table.
    Frame frame() {
        return Frame.empty()
                .with(
                        "estimate",
                        Column.Texts.of(estimates.stream().map(Estimate::name).toArray(String[]::new)))
                .with("value", column(Estimate::value))
                .with("standard_error", column(Estimate::standardError))
                .with("lower", column(Estimate::lower))
                .with("upper", column(Estimate::upper))
                .with("coefficient_of_variation", column(Estimate::variation))
                .with("design_effect", column(Estimate::designEffect))
                .with("rows", counts(e -> e.basis().rows()))
                .with(
                        "rows_without_value",
                        Column.Longs.of(
                                items.stream().mapToLong(Analysis.Item::missing).toArray()))
                .with("primary_units", counts(e -> e.basis().units()))
                .with("degrees_of_freedom", counts(e -> e.basis().degrees()))
                .with("t_quantile", column(e -> e.basis().quantile()))
                .with("replicates_left_out", counts(e -> e.basis().replicatesLeftOut()))
                .with(
                        "remark",
                        Column.Texts.of(estimates.stream()
                                .map(e -> e.reason().isEmpty() ? null : e.reason())
                                .toArray(String[]::new)));
    }

    private Column column(ToDoubleFunction<Estimate> value) {
        return Decimals.column(estimates.stream().mapToDouble(value).toArray());
    }

    private Column counts(ToLongFunction<Estimate> value) {
        return Column.Longs.of(estimates.stream().mapToLong(value).toArray());
    }
}
