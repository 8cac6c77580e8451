package dev.assay.microdata.internal;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.trees.ColumnKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Whether those who receive an amount are recognised: how many synthetic recipients have the
/// conditioning columns of a training recipient, all of them and exactly.
///
/// Conditioning columns are drawn from training rows as they are. A gate that has learnt its training
/// rows by heart then gives the amount to copies of the very rows that had it.
public final class Recipients {
    private Recipients() {}

    /// Tells of each amount behind a gate: a metric, and a table that has the same share of all
    /// synthetic rows beside it, which is what a gate that knew nothing would give.
    ///
    /// @param amounts columns behind a gate, and their parts of metric names
    public static void tell(
            StageContext context,
            Frame training,
            Frame synthetic,
            List<String> conditioning,
            List<String> amounts,
            double[] weights) {
        if (conditioning.isEmpty() || amounts.isEmpty()) {
            return;
        }
        IntFunction<String> known = OwnValues.together(training, conditioning);
        IntFunction<String> made = OwnValues.together(synthetic, conditioning);
        List<String> parts = Metric.apart(amounts.stream().map(Metric::part).toList());
        List<List<Object>> rows = new ArrayList<>();
        for (int k = 0; k < amounts.size(); k++) {
            Column real = training.column(amounts.get(k));
            Column drawn = synthetic.column(amounts.get(k));
            Set<String> recipients = new HashSet<>();
            for (int row = 0; row < training.rows(); row++) {
                if (weights[row] > 0 && receives(real, row)) {
                    recipients.add(known.apply(row));
                }
            }
            long all = 0;
            long those = 0;
            long receiving = 0;
            for (int row = 0; row < synthetic.rows(); row++) {
                boolean same = recipients.contains(made.apply(row));
                boolean receives = receives(drawn, row);
                all += same ? 1 : 0;
                receiving += receives ? 1 : 0;
                those += same && receives ? 1 : 0;
            }
            if (receiving > 0) {
                double share = those / (double) receiving;
                context.measured(Metric.exact("gate." + parts.get(k) + ".conditions-of-recipients", share, receiving));
                rows.add(List.of(amounts.get(k), receiving, share, all / (double) synthetic.rows()));
            }
        }
        context.table(new Listing(
                "Recipients recognised by their conditioning columns",
                "Share of the synthetic rows with an amount whose conditioning columns are exactly those of a training row "
                        + "with an amount, beside the share of all synthetic rows. Far above it, amounts go to copies of "
                        + "the rows that had them: condition on fewer or coarser columns.",
                List.of("column", "rows with an amount", "share of them", "share of all rows"),
                rows));
    }

    private static boolean receives(Column column, int row) {
        return !column.isMissing(row) && Math.abs(column.number(row)) > ColumnKind.ZERO_TOLERANCE;
    }
}
