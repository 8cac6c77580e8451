package dev.assay.microdata;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.microdata.internal.RowChecks;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `microdata.validate`: rows that break a rule are set aside, each with its reason, file and line.
///
/// What makes the whole table unusable ends the stage instead: a key that occurs twice, a column
/// without any value, no row left, or more rows set aside than `max-quarantined` allows.
@Headline("quarantined-share")
public final class ValidateStage implements Stage<ValidateStage.Settings, ValidateStage.Validated> {
    /// The table and the rules it must meet.
    public record Settings(
            @Input("the table to validate") FrameFile table,

            @Input("where its rows come from: the `source` of the stage that read it")
            Optional<Source> source,

            @Input("the table that `parent-key` points into, such as the households of persons")
            Optional<FrameFile> parent,

            @Setting(value = "columns that together identify a row; empty if none do", defaultsTo = "[]")
            List<String> key,

            @Setting("the column that must name a row of the parent table by a column of the same name")
            Optional<String> parentKey,

            @Setting(value = "columns that must have a value in every row", defaultsTo = "[]")
            List<String> required,

            @Setting(value = "columns that must hold finite numbers where they have a value", defaultsTo = "[]")
            List<String> numbers,

            @Setting(
                    value = "conditions that no row may break, a mapping from name to SQL condition; "
                            + "a condition on a missing value is not broken",
                    defaultsTo = "{}")
            Map<String, String> rules,

            @Setting(
                    value = "largest share of rows that may be set aside before the stage fails",
                    defaultsTo = "0.05",
                    min = 0,
                    max = 1)
            double maxQuarantined) {}

    /// The rows that passed and those set aside.
    public record Validated(
            @Artefact("the rows that meet all rules") FrameFile accepted,

            @Artefact("the rows set aside, with reason, file and line")
            FrameFile quarantined) {}

    @Override
    public String kind() {
        return "microdata.validate";
    }

    @Override
    public String summary() {
        return "set rows aside that break a rule, with reason, file and line";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Validated> output() {
        return Validated.class;
    }

    @Override
    public boolean draws(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Validated run(Settings input, StageContext context) {
        FrameFile table = input.table();
        if (table.rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the sample is empty");
        }
        input.source().ifPresent(source -> requireSourceOf(table, source));
        String file = input.source().map(Source::file).orElse("");
        RowChecks checks = new RowChecks(table, input.source(), context.folder().resolve("spill"));
        checks.noColumnIsEmpty();
        checks.keyIsUnique(input.key());
        checks.required(input.required());
        checks.numbers(input.numbers());
        checks.rules(input.rules());
        if (input.parent().isPresent() && input.parentKey().isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'parent' is given but not 'parent-key', the column that must name one of its rows, so nothing would "
                            + "be looked up in it");
        }
        input.parentKey()
                .ifPresent(column -> checks.hasParent(
                        column, parent(input, column, context.folder().resolve("spill"))));

        long accepted = checks.accepted();
        long aside = table.rows() - accepted;
        context.count("records_in", table.rows());
        context.count("records_out", accepted);
        context.count("accepted", accepted);
        context.count("quarantined", aside);
        Map<String, Long> reasons = new LinkedHashMap<>(checks.countByReason());
        reasons.forEach((reason, rows) -> context.count("quarantine." + reason, rows));
        context.measured(Metric.exact("quarantined-share", aside / (double) table.rows(), table.rows()));
        if (!reasons.isEmpty()) {
            List<List<Object>> rows = new ArrayList<>();
            reasons.forEach((reason, n) -> rows.add(List.of(reason, n, checks.firstPlace(reason))));
            context.table(new Listing(
                    "Rows set aside",
                    "A row that breaks several rules counts under the first.",
                    List.of("reason", "rows", "first at"),
                    rows));
        }
        if (accepted == 0 || aside > input.maxQuarantined() * table.rows()) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            aside + " of " + table.rows() + " rows break a rule, more than max-quarantined = "
                                    + input.maxQuarantined() + " allows; the first: " + checks.firstReason() + " at "
                                    + checks.firstPlace(checks.firstReason()) + "; mend the data or the rules")
                    .at(file.isEmpty() ? "table" : file);
        }
        return new Validated(
                checks.writeAccepted(context.folder().resolve("accepted.parquet")),
                checks.writeQuarantined(context.folder().resolve("quarantined.parquet")));
    }

    /// The lines of a file are those of the table that was read from it, and of no part of that table.
    private static void requireSourceOf(FrameFile table, Source source) {
        if (source.rows() != table.rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "'source' tells the lines of " + source.rows() + " rows, but the table has " + table.rows()
                            + ": give the source of the stage that read this very table, and none of a table that was "
                            + "filtered, split or joined since");
        }
    }

    private static FrameFile parent(Settings input, String column, Path spill) {
        FrameFile parent = input.parent()
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.BAD_SETTING, "'parent-key' is given but not 'parent', the table it points into"));
        parent.doubled(List.of(column), false, spill).ifPresent(doubled -> {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "column '" + column + "' does not identify a row of 'parent': row " + (doubled.second() + 1)
                            + " repeats row " + (doubled.first() + 1) + "; give the table with one row for each");
        });
        return parent;
    }
}
