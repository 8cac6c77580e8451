package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.microdata.internal.NamedConditions;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/// `microdata.filter`: the rows that meet a condition. A condition on a missing value is neither true
/// nor false; such rows are left out and counted apart.
@Headline("kept-share")
public final class FilterStage implements Stage<FilterStage.Settings, FilterStage.Filtered> {
    /// The table and the condition.
    public record Settings(
            @Input("the table") FrameFile table,

            @Setting("the SQL condition that the rows to keep meet, such as age >= 18 AND region = 'north'")
            String condition) {}

    /// The rows that meet it.
    public record Filtered(
            @Artefact("the rows that meet the condition") FrameFile kept) {}

    @Override
    public String kind() {
        return "microdata.filter";
    }

    @Override
    public String summary() {
        return "keep the rows of a table that meet a condition";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Filtered> output() {
        return Filtered.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Filtered run(Settings input, StageContext context) {
        FrameFile table = input.table();
        BitSet met = new BitSet();
        long[] broken = {0};
        NamedConditions.judged(
                table,
                List.of(input.condition()),
                i -> "condition",
                (row, condition) -> met.set(Math.toIntExact(row)),
                (row, condition) -> broken[0]++);
        long kept = met.cardinality();
        long open = table.rows() - kept - broken[0];
        context.count("records_in", table.rows());
        context.count("records_out", kept);
        context.count("filtered", table.rows() - kept);
        context.count("filter.false", broken[0]);
        context.count("filter.missing", open);
        if (kept == 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "no row of " + table.rows() + " meets the condition: it is false for " + broken[0]
                            + " and left open by missing values for " + open + "; correct it or the table");
        }
        context.measured(Metric.exact("kept-share", kept / (double) table.rows(), table.rows()));
        context.measured(Metric.exact("missing-share", open / (double) table.rows(), table.rows()));
        return new Filtered(table.keep(
                met, context.folder().resolve("kept.parquet"), context.folder().resolve("spill")));
    }
}
