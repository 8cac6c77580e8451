package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.frame.JoinKind;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `microdata.join`: the columns of another table put beside the rows with the same key, in the order of
/// the left table. A missing key has no partner. That no row has one is no result but a wrong key.
@Headline({"unmatched-left", "unmatched-right"})
public final class JoinStage implements Stage<JoinStage.Settings, JoinStage.Joined> {
    /// Which rows of the left table stay.
    public enum Kind {
        /// Those with a partner.
        INNER,
        /// All.
        LEFT
    }

    /// The tables and how they belong together.
    public record Settings(
            @Input("the table whose rows are kept") FrameFile left,

            @Input("the table whose columns are added") FrameFile right,

            @Setting("the columns that both tables have and that say which rows belong together")
            List<String> key,

            @Setting(value = "which rows of the left table stay: those with a partner, or all", defaultsTo = "left")
            Kind join,

            @Setting(
                    value = "whether a key may occur more than once in the right table; then a left row comes once for "
                            + "each partner",
                    defaultsTo = "false")
            boolean severalPartners,

            @Setting(
                    value = "what is put behind the names of right columns that the left table has, too; none if empty",
                    defaultsTo = "")
            String suffix) {}

    /// The joined table.
    public record Joined(
            @Artefact("the left rows with the columns of both tables")
            FrameFile table) {}

    @Override
    public String kind() {
        return "microdata.join";
    }

    @Override
    public String summary() {
        return "put the columns of another table beside the rows with the same key";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Joined> output() {
        return Joined.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Joined run(Settings input, StageContext context) {
        if (input.key().isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "'key' names no column; name those that both tables have");
        }
        Path spill = context.folder().resolve("spill");
        if (!input.severalPartners()) {
            input.right().doubled(input.key(), false, spill).ifPresent(doubled -> {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the key (" + String.join(", ", input.key()) + ") is not unique in the right table: row "
                                + (doubled.second() + 1) + " repeats row " + (doubled.first() + 1) + ", and "
                                + doubled.rows() + (doubled.rows() == 1 ? " row does" : " rows do")
                                + " so in all; name more key columns, or allow it with several-partners: true");
            });
        }
        JoinKind kind = input.join() == Kind.LEFT ? JoinKind.LEFT : JoinKind.INNER;
        FrameFile.Joined joined = input.left()
                .join(
                        input.right(),
                        input.key(),
                        kind,
                        input.suffix(),
                        context.folder().resolve("table.parquet"),
                        spill);
        long rows = joined.table().rows();
        context.count("records_in", input.left().rows());
        context.count("records_out", rows);
        context.measured(
                Metric.exact("unmatched-left", joined.leftAlone(), input.left().rows()));
        context.measured(Metric.exact(
                "unmatched-right", joined.rightAlone(), input.right().rows()));
        if (rows == 0 || joined.leftAlone() == input.left().rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "no row has a partner: none of " + input.left().rows() + " left rows has the key of one of "
                            + input.right().rows() + " right rows; check the key columns");
        }
        if (!input.severalPartners() && rows > input.left().rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the key (" + String.join(", ", input.key()) + ") is not unique in the right table, where 0 and -0 "
                            + "are one key; name more key columns, or allow it with several-partners: true");
        }
        return new Joined(joined.table());
    }
}
