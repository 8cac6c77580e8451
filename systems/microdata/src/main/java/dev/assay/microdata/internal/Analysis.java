package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.EstimateStage;
import dev.assay.study.StageContext;
import dev.assay.weigh.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is to be estimated. A row without a value is no part of the domain that an estimate is of: it counts 0, its
/// weight and its part in the design stay (as `na.rm` does in R's survey). A row without a value of the
/// column that domains are made by lies in none of them: a missing answer is no group of the population.
final class Analysis {
    /// A statistic, and how many rows it leaves out because a value is missing.
    ///
    /// @param missing rows of the sample, or persons where its variables are the persons'
    record Item(Statistic statistic, long missing) {}

    private final Weighing weighing;
    private final StageContext context;
    private final List<Item> items = new ArrayList<>();
    private int whole;

    private Analysis(Weighing weighing, StageContext context) {
        this.weighing = weighing;
        this.context = context;
    }

    /// Reads the columns and tells what is missing.
    ///
    /// @throws Fault (BAD_SETTING) if a ratio is not one; (BAD_DATA) naming a column that is not there or the row
    ///     of an infinite number
    static Analysis of(Weighing weighing, EstimateStage.Settings input, StageContext context) {
        Analysis analysis = new Analysis(weighing, context);
        List<Variable> variables = new ArrayList<>();
        for (String column : input.totals()) {
            variables.add(analysis.variable("total " + column, List.of(column), false));
        }
        for (String column : input.means()) {
            variables.add(analysis.variable("mean " + column, List.of(column), true));
        }
        for (String ratio : input.ratios()) {
            List<String> parts =
                    Arrays.stream(ratio.split("/", -1)).map(String::strip).toList();
            if (parts.size() != 2) {
                throw Fault.of(Fault.Kind.BAD_SETTING, "a ratio is two columns as y/x, not '" + ratio + "'");
            }
            variables.add(analysis.variable("ratio " + ratio, parts, true));
        }
        variables.forEach(v -> analysis.items.add(new Item(v.statistic(), v.missing(null))));
        analysis.whole = variables.size();
        analysis.tellMissing(variables);
        input.by()
                .ifPresent(by -> analysis.domains(by)
                        .forEach((value, rows) -> variables.forEach(v -> {
                            Statistic within =
                                    v.statistic().within(v.statistic().name() + ", " + by + " = " + value, rows);
                            analysis.items.add(new Item(within, v.missing(rows)));
                        })));
        return analysis;
    }

    /// In order: those of the whole population, then those of each domain.
    List<Item> items() {
        return items;
    }

    List<Statistic> statistics() {
        return items.stream().map(Item::statistic).toList();
    }

    /// How many items are of the whole population.
    int whole() {
        return whole;
    }

    private void tellMissing(List<Variable> variables) {
        variables.stream()
                .filter(v -> v.missing(null) > 0)
                .map(v -> v.missing(null) + " of " + v.of() + " " + v.rows() + " have no value in '"
                        + String.join("' or '", v.columns())
                        + "' and are left out of what is estimated from it, which is for those that would have one")
                .distinct()
                .forEach(context::warn);
    }

    private SortedMap<String, boolean[]> domains(String by) {
        Column cells = weighing.sample().column(by);
        SortedMap<String, boolean[]> domains = new TreeMap<>();
        int without = 0;
        for (int i = 0; i < cells.length(); i++) {
            String text = cells.text(i);
            if (text == null) {
                without++;
            } else {
                domains.computeIfAbsent(text, t -> new boolean[cells.length()])[i] = true;
            }
        }
        if (without > 0) {
            context.warn(without + " of " + cells.length() + " rows of the sample have no value in '" + by
                    + "' and lie in none of its domains; estimates for the whole population hold them");
        }
        return domains;
    }

    /// A statistic over all rows that have its values.
    ///
    /// @param columns of which it is made
    /// @param missing `[rows of the sample]` how many of its rows or persons lack a value
    /// @param of      how many there are in all
    /// @param rows    what they are called
    private record Variable(Statistic statistic, List<String> columns, int[] missing, long of, String rows) {
        /// @param domain `[rows of the sample]`, null for all
        long missing(boolean @Nullable [] domain) {
            long sum = 0;
            for (int i = 0; i < missing.length; i++) {
                sum += domain == null || domain[i] ? missing[i] : 0;
            }
            return sum;
        }
    }

    /// @param columns  what is summed and, for a ratio, what it is divided by
    /// @param quotient whether it is divided at all: by the rows that have a value unless a column is named
    private Variable variable(String name, List<String> columns, boolean quotient) {
        boolean persons = columns.stream().allMatch(weighing::isOfPersons);
        Frame table = persons ? weighing.persons().orElseThrow() : weighing.sample();
        int rows = weighing.sample().rows();
        double[][] cells = new double[columns.size()][];
        boolean[] known = new boolean[table.rows()];
        Arrays.fill(known, true);
        for (int c = 0; c < cells.length; c++) {
            // A sum over persons beside a column of the sample is known if all of them have a value.
            cells[c] = persons || !weighing.isOfPersons(columns.get(c))
                    ? numbers(table, columns.get(c))
                    : sums(columns.get(c));
            for (int i = 0; i < known.length; i++) {
                known[i] &= !Double.isNaN(cells[c][i]);
            }
        }
        int[] unit = persons ? weighing.unitOfPersons() : null;
        double[] top = new double[rows];
        double[] bottom = new double[rows];
        int[] missing = new int[rows];
        boolean[] counts = new boolean[rows];
        boolean[] empty = new boolean[rows];
        Arrays.fill(empty, true);
        for (int i = 0; i < known.length; i++) {
            int at = unit == null ? i : unit[i];
            empty[at] = false;
            missing[at] += known[i] ? 0 : 1;
            counts[at] |= known[i];
            top[at] += known[i] ? cells[0][i] : 0;
            bottom[at] += known[i] ? (cells.length > 1 ? cells[1][i] : 1) : 0;
        }
        for (int i = 0; i < rows; i++) {
            // A unit without persons is no unit without a value.
            counts[i] |= empty[i];
        }
        Statistic all = quotient ? Statistic.ratio(name, top, bottom) : Statistic.total(name, top);
        return new Variable(
                Arrays.stream(missing).anyMatch(m -> m > 0) ? all.within(name, counts) : all,
                columns,
                missing,
                table.rows(),
                persons ? "persons" : "rows of the sample");
    }

    private double[] sums(String column) {
        double[] cells = numbers(weighing.persons().orElseThrow(), column);
        int[] unit = weighing.unitOfPersons();
        double[] sums = new double[weighing.sample().rows()];
        for (int i = 0; i < cells.length; i++) {
            sums[unit[i]] += cells[i];
        }
        return sums;
    }

    /// The numbers of a column, NaN where missing.
    private double[] numbers(Frame table, String column) {
        double[] cells = table.numbers(column);
        for (int i = 0; i < cells.length; i++) {
            if (Double.isInfinite(cells[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        (table == weighing.sample()
                                        ? weighing.sampleRow(i)
                                        : weighing.places().row("persons", i))
                                + " has an infinite number in column '" + column
                                + "', and nothing can be estimated with it; correct it or leave the cell empty");
            }
        }
        return cells;
    }
}
