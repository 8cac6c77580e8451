package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.trees.ColumnKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What only one training row has, and how much of it comes out in synthetic rows.
///
/// A text, or a code, is drawn as it stands in some training row, whatever the method; so is the
/// combination of conditioning columns. A column in which nearly every row has a value of its own is an
/// identifier for this purpose, and is refused. Numbers with fractions are not: amounts differ in every
/// row by their nature, and a day in every row is a series and no key, unless it conditions and so
/// comes out as it is. Whole numbers that differ in every row are taken for keys unless they are
/// declared a measurement.
public final class OwnValues {
    /// From this share of rows with a value of their own on a column identifies rows. Chance alone
    /// does not get there: with 50 rows a column would need some 500 equally frequent values.
    public static final double REFUSED_SHARE = 0.9;
    /// From this share on there is a warning.
    public static final double TOLD_SHARE = 0.05;
    /// A column with fewer filled rows says nothing about what its values are; it is told and not
    /// refused.
    private static final int FEW = 10;

    private final Map<String, Kept> columns = new LinkedHashMap<>();
    private final Kept combinations;
    private final Kept wholeRows;
    private final List<String> conditioning;
    private final List<String> made;

    /// How often each value occurs in training rows.
    private static final class Kept {
        private final Map<String, Integer> counts = new HashMap<>();
        private int rows;
        private int own;

        void add(@Nullable String value) {
            if (value != null) {
                rows++;
                int now = counts.merge(value, 1, Integer::sum);
                own += now == 1 ? 1 : now == 2 ? -1 : 0;
            }
        }

        boolean isOwn(@Nullable String value) {
            return value != null && counts.getOrDefault(value, 0) == 1;
        }

        double share() {
            return rows == 0 ? 0 : own / (double) rows;
        }
    }

    private OwnValues(List<String> conditioning, List<String> targets) {
        this.conditioning = conditioning;
        this.made = new ArrayList<>(conditioning);
        this.made.addAll(targets);
        this.combinations = new Kept();
        this.wholeRows = new Kept();
    }

    /// Looks at training rows.
    ///
    /// @param targets columns to be modelled
    /// @param kinds   of all columns
    /// @param declared columns whose kind somebody declared
    /// @param kept    columns whose values may come out as they are though they identify rows
    /// @param weights rows of weight 0 take no part
    /// @throws Fault (BAD_DATA) naming the column if one identifies rows and is not among those kept
    public static OwnValues of(
            Frame training,
            List<String> conditioning,
            List<String> targets,
            Map<String, ColumnKind> kinds,
            Map<String, String> declared,
            List<String> kept,
            double[] weights) {
        OwnValues own = new OwnValues(conditioning, targets);
        for (String name : own.made) {
            ColumnKind kind = kinds.getOrDefault(name, ColumnKind.CONTINUOUS);
            boolean drawn = kind == ColumnKind.CATEGORICAL || kind == ColumnKind.BOOLEAN;
            boolean numbers =
                    training.column(name) instanceof Column.Longs || training.column(name) instanceof Column.Doubles;
            boolean whole =
                    kind == ColumnKind.COUNT && (conditioning.contains(name) || numbers && !declared.containsKey(name));
            if (drawn || whole) {
                Kept values = counted(training.column(name), weights);
                if (!kept.contains(name)) {
                    check(name, values, training.column(name), whole);
                }
                if (drawn) {
                    own.columns.put(name, values);
                }
            }
        }
        IntFunction<String> given = together(training, conditioning);
        IntFunction<String> all = together(training, own.made);
        for (int row = 0; row < training.rows(); row++) {
            if (weights[row] > 0) {
                own.combinations.add(given.apply(row));
                own.wholeRows.add(all.apply(row));
            }
        }
        return own;
    }

    private static Kept counted(Column column, double[] weights) {
        Kept values = new Kept();
        IntFunction<@Nullable String> value = cell(column);
        for (int row = 0; row < column.length(); row++) {
            values.add(weights[row] > 0 ? value.apply(row) : null);
        }
        return values;
    }

    private static void check(String name, Kept values, Column column, boolean whole) {
        boolean identifies = whole ? values.own == values.rows : values.share() >= REFUSED_SHARE;
        if (values.rows < FEW || !identifies) {
            return;
        }
        boolean numeric = column instanceof Column.Longs || column instanceof Column.Doubles;
        String rows = values.own == values.rows
                ? "in every one of " + values.rows + " rows"
                : "in " + values.own + " of " + values.rows + " rows";
        throw Fault.of(
                Fault.Kind.BAD_DATA,
                "column '" + name + "' is different " + rows + ", so its synthetic values would be those of real rows;"
                        + " leave it out with 'leave-out: [" + name + "]'"
                        + (numeric ? ", declare it with 'kinds: {" + name + ": count}' if it is a measurement," : ",")
                        + " or name it in 'keep-unique' to draw them all the same");
    }

    /// The cells of a row, each with its length in front so that no two rows look alike.
    private static String key(List<Column> columns, int row) {
        StringBuilder key = new StringBuilder();
        for (Column column : columns) {
            String text = column.isMissing(row) ? null : column.text(row);
            key.append(text == null ? -1 : text.length()).append(':').append(text == null ? "" : text);
        }
        return key.toString();
    }

    /// What of it came out.
    ///
    /// @param values values that one training row has
    /// @param out    how many of them occur in synthetic rows
    /// @param cells  synthetic cells that hold one of them
    public record Leak(int rows, int values, int out, long cells) {}

    /// By column, those that are drawn as they are.
    public Map<String, Leak> leaks(Frame synthetic) {
        Map<String, Leak> leaks = new LinkedHashMap<>();
        columns.forEach(
                (name, values) -> leaks.put(name, leak(values, synthetic.rows(), cell(synthetic.column(name)))));
        return leaks;
    }

    private static IntFunction<@Nullable String> cell(Column column) {
        return row -> column.isMissing(row) ? null : column.text(row);
    }

    /// The cells of these columns in a row, as one text.
    static IntFunction<String> together(Frame frame, List<String> names) {
        List<Column> columns = names.stream().map(frame::column).toList();
        return row -> key(columns, row);
    }

    private static Leak leak(Kept values, int rows, IntFunction<? extends @Nullable String> value) {
        Set<String> seen = new HashSet<>();
        long cells = 0;
        for (int row = 0; row < rows; row++) {
            String at = value.apply(row);
            if (at != null && values.isOwn(at)) {
                cells++;
                seen.add(at);
            }
        }
        return new Leak(values.rows, values.own, seen.size(), cells);
    }

    /// Tells what came out: metrics, a table, and warnings from [#TOLD_SHARE] on.
    public void tell(StageContext context, Frame synthetic) {
        Map<String, Leak> leaks = leaks(synthetic);
        long cells = leaks.values().stream().mapToLong(Leak::cells).sum();
        context.measured(Metric.exact("one-row-values", cells, (long) synthetic.rows() * leaks.size()));
        List<List<Object>> rows = new ArrayList<>();
        leaks.forEach((name, leak) -> {
            if (leak.values() > 0) {
                rows.add(List.of(name, leak.values(), leak.out(), leak.cells()));
            }
            if (leak.values() >= TOLD_SHARE * leak.rows() && leak.values() > 0) {
                context.warn(
                        "column '" + name + "' has " + leak.values() + " values that one training row has each ("
                                + Percent.of(leak.values(), leak.rows()) + " of its rows), and " + leak.out()
                                + " of them ("
                                + Percent.of(leak.out(), leak.values())
                                + ") come out in synthetic rows; group its rare values, or leave it out, if they tell who it is");
            }
        });
        if (!conditioning.isEmpty()) {
            Leak given = leak(combinations, synthetic.rows(), together(synthetic, conditioning));
            rows.add(List.of("(conditioning columns together)", given.values(), given.out(), given.cells()));
            context.measured(Metric.exact("one-row-conditions", given.cells(), synthetic.rows()));
            if (given.values() >= TOLD_SHARE * given.rows() && given.values() > 0) {
                context.warn(Percent.of(given.values(), given.rows())
                        + " of the training rows have a combination of conditioning columns of their own, and these come out"
                        + " as they are; condition on fewer columns, or on coarser ones, if they tell who it is");
            }
        }
        Leak copies = leak(wholeRows, synthetic.rows(), together(synthetic, made));
        rows.add(List.of("(whole rows)", copies.values(), copies.out(), copies.cells()));
        context.measured(Metric.exact("copied-rows", copies.cells(), synthetic.rows()));
        context.table(new Listing(
                "What one training row has",
                "Values that occur in one training row only, how many of them occur in synthetic rows, and in how many "
                        + "cells. Counted of columns whose values are drawn as they are.",
                List.of("column", "values of one row", "of them out", "synthetic cells"),
                rows));
    }
}
