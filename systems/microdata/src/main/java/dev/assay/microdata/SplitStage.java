package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Splits;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
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
            @Input("the table to split") FrameFile table,

            @Setting(value = "what is kept together: rows, groups or time", defaultsTo = "rows")
            By by,

            @Setting("the column that names the group or tells the time; not given when splitting by rows")
            Optional<String> column,

            @Setting(value = "share of rows or groups to learn from", defaultsTo = "0.8", min = 0.01, max = 0.99)
            double trainingShare) {}

    /// The two parts.
    public record Parts(
            @Artefact("the rows to learn from") FrameFile training,
            @Artefact("the rows held out") FrameFile holdout) {}

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
    public boolean draws(Map<String, Object> settings) {
        return settings.get("by") != By.TIME;
    }

    @Override
    public Parts run(Settings input, StageContext context) {
        FrameFile table = input.table();
        Path spill = context.folder().resolve("spill");
        int rows = rows(table);
        BitSet chosen = switch (input.by()) {
            case ROWS -> {
                noColumn(input);
                double[] shares = {input.trainingShare(), 1 - input.trainingShare()};
                yield Splits.sets(rows, shares, context.seed()).getFirst();
            }
            case GROUPS -> {
                String column = column(input);
                tellMissing(table, column, context);
                yield Splits.byGroup(table, List.of(column), input.trainingShare(), context.seed(), spill);
            }
            case TIME -> Splits.byTime(table, column(input), input.trainingShare(), spill);
        };
        int learnt = chosen.cardinality();
        if (learnt == 0 || learnt == rows) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the split leaves one side empty: " + learnt + " rows to learn from, " + (rows - learnt)
                            + " held out; use a larger table or another training-share");
        }
        FrameFile training = table.keep(chosen, context.folder().resolve("training.parquet"), spill);
        chosen.flip(0, rows);
        FrameFile holdout = table.keep(chosen, context.folder().resolve("holdout.parquet"), spill);
        context.count("records_in", rows);
        context.count("records_out", rows);
        context.measured(Metric.exact("training-rows", training.rows(), rows));
        context.measured(Metric.exact("holdout-rows", holdout.rows(), rows));
        return new Parts(training, holdout);
    }

    private static int rows(FrameFile table) {
        if (table.rows() > Integer.MAX_VALUE) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the table has " + table.rows() + " rows, more than the " + Integer.MAX_VALUE
                            + " that can be split at once; divide it first");
        }
        return (int) table.rows();
    }

    /// Whoever names a column means something by it, most often that its groups are kept together.
    private static void noColumn(Settings input) {
        input.column().ifPresent(column -> {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "splitting by rows uses no column, so nothing keeps the rows of one '" + column
                            + "' together; set by to groups or time, or leave 'column' out");
        });
    }

    private static void tellMissing(FrameFile table, String column, StageContext context) {
        long missing = table.missing()[table.schema().indexOf(column)];
        if (missing > 0) {
            context.warn(
                    missing + " of " + table.rows() + " rows have no value in column '" + column
                            + "': they count as one group and stay on one side; filter them out if they do not belong together.");
        }
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
