package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.frame.Splits;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.List;
import java.util.Optional;

/// `microdata.split`: a part to learn from and a part that is touched once, to measure on.
@Headline({})
public final class SplitStage implements Stage<SplitStage.Settings, SplitStage.Parts> {
    /// What is kept together.
    public enum By {
        /// Rows are independent.
        ROWS,
        /// All rows with one value of a column (a household) stay on one side.
        GROUPS,
        /// Everything held out is later than everything learnt from.
        TIME
    }

    /// What is split, and how.
    public record Settings(
            @Input("the table to split") Frame table,

            @Setting(value = "what is kept together: rows, groups or time", defaultsTo = "rows")
            By by,

            @Setting("the column that names the group or tells the time; not used when splitting by rows")
            Optional<String> column,

            @Setting(value = "share of rows or groups to learn from", defaultsTo = "0.8", min = 0.01, max = 0.99)
            double trainingShare) {}

    /// The two parts.
    public record Parts(
            @Artefact("the rows to learn from") Frame training,
            @Artefact("the rows held out") Frame holdout) {}

    @Override
    public String kind() {
        return "microdata.split";
    }

    @Override
    public String summary() {
        return "divide a table into rows to learn from and rows held out, by row, by group or by time";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Parts> output() {
        return Parts.class;
    }

    @Override
    public Parts run(Settings input, StageContext context) {
        double[] shares = {input.trainingShare(), 1 - input.trainingShare()};
        List<int[]> parts = switch (input.by()) {
            case ROWS -> Splits.byRow(input.table().rows(), shares, context.seed());
            case GROUPS -> Splits.byGroup(input.table(), List.of(column(input)), shares, context.seed());
            case TIME -> Splits.byTime(input.table(), column(input), shares);
        };
        Frame training = input.table().at(parts.get(0));
        Frame holdout = input.table().at(parts.get(1));
        if (training.rows() == 0 || holdout.rows() == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the split leaves one side empty: " + training.rows() + " rows to learn from, " + holdout.rows()
                            + " held out; use a larger table or another training-share");
        }
        context.count("records_in", input.table().rows());
        context.count("records_out", (long) training.rows() + holdout.rows());
        context.measured(
                Metric.exact("training-rows", training.rows(), input.table().rows()));
        context.measured(
                Metric.exact("holdout-rows", holdout.rows(), input.table().rows()));
        return new Parts(training, holdout);
    }

    private static String column(Settings input) {
        return input.column()
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "splitting by " + (input.by() == By.GROUPS ? "groups" : "time")
                                + " needs 'column', the column that "
                                + (input.by() == By.GROUPS ? "names the group" : "tells the time")));
    }
}
