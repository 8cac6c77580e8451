package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.microdata.CalibrationChoices;
import dev.assay.microdata.CalibrationRecord;
import dev.assay.receipt.Digest;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.Target;
import dev.assay.weigh.TargetTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Weights that were made before, brought into the order of the sample and held against what made them.
///
/// @param weighing the sample they belong to
/// @param model    the calibration: the record's, or the one stated
/// @param weights  `[rows of the sample]`
/// @param recorded whether a record says how they were made
/// @param caveat   why the record's calibration alone does not make them, if so
public record HandedWeights(
        Weighing weighing, CalibrationModel model, double[] weights, boolean recorded, Optional<String> caveat) {
    private static final String WEIGHT = "weight";
    /// Weights from a file may have been rounded; totals that are met to this part count as met.
    private static final double ROUNDED = 1e-6;

    /// Brings weights and sample together.
    ///
    /// @param stated how they were calibrated if no record says it
    /// @throws Fault (BAD_DATA) if weights and sample do not belong together, or are not those of the
    ///     record
    public static HandedWeights of(HandedTables input, CalibrationChoices stated, StageContext context) {
        Frame table = input.weights();
        if (!table.schema().has(WEIGHT)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the weights have no column 'weight'"
                            + (table.schema().has("weight_unverified")
                                    ? "; they did not meet their targets, so no standard error is right for them"
                                    : ""));
        }
        Optional<CalibrationRecord> record = input.calibration();
        Weighing weighing = record.isPresent() ? recorded(input, record.get(), context) : given(input, context);
        double[] weights = joined(table, weighing, new Places(context));
        if (record.isEmpty()) {
            return new HandedWeights(weighing, Choices.model(weighing, stated), weights, false, Optional.empty());
        }
        CalibrationModel model = Choices.model(weighing, record.get().choices());
        check(record.get(), weighing, model, weights);
        return new HandedWeights(weighing, model, weights, true, record.get().caveat());
    }

    private static Weighing given(HandedTables input, StageContext context) {
        Path targets = input.targets()
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "'targets' says what the weights were calibrated to; give it, or the record of their calibration as"
                                + " 'calibration'"));
        return Weighing.of(input, targets, context);
    }

    /// The weights in the order of the sample: by key, or by the numbers of the rows.
    private static double[] joined(Frame table, Weighing weighing, Places places) {
        if (table.rows() != weighing.sample().rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there are " + table.rows() + " weights for "
                            + weighing.sample().rows() + " rows of the sample; give the weights of this sample");
        }
        double[] weights = table.numbers(WEIGHT);
        for (int i = 0; i < weights.length; i++) {
            if (!Double.isFinite(weights[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        places.row("weights", i) + " has no finite number in column 'weight'; correct it");
            }
        }
        if (!table.schema().has(weighing.key())) {
            if (weighing.isKeyed()) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the weights have no column '" + weighing.key()
                                + "', by which they are brought together with the sample; add it");
            }
            return weights;
        }
        int[] rows = Keys.join(weighing.rowKeys(), Keys.texts(table.column(weighing.key())), weighing.key());
        return IntStream.of(rows).mapToDouble(r -> weights[r]).toArray();
    }

    /// The targets that the weights miss.
    ///
    /// @throws Fault (BAD_DATA) naming the first of them that has to be met
    public void requireMet() {
        double[] totals = weighing.problem().design().totals(weights);
        List<Target> targets = model.problem().targets().list();
        double tolerance = Math.max(ROUNDED, model.settings().tolerance());
        int missed = 0;
        String first = "";
        for (int j = 0; j < totals.length; j++) {
            Target target = targets.get(j);
            double error = Math.abs(totals[j] - target.value()) / target.scale();
            if (target.isExact() && error > Math.max(tolerance, target.tolerance())) {
                if (missed++ == 0) {
                    first = "'" + target.name() + "' (line "
                            + weighing.targets().rows().get(j).line() + "), off by "
                            + String.format(Locale.ROOT, "%.3g", error) + " of its value";
                }
            }
        }
        if (missed > 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the weights do not meet " + (missed == 1 ? "the target " : missed + " of the targets, such as ")
                            + first
                            + "; standard errors of calibrated weights hold only for weights that meet their targets, so give the"
                            + " targets of these weights");
        }
    }

    /// Requires that something says which weight belongs to which row.
    public void requireKeys() {
        if (!recorded && !weighing.isKeyed()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "nothing says which weight belongs to which row of the sample: give 'key', the column that identifies a"
                            + " row in both, or 'calibration', the record beside the weights");
        }
    }

    private static Weighing recorded(HandedTables input, CalibrationRecord record, StageContext context) {
        if (!record.schema().equals(CalibrationRecord.SCHEMA)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the record of the calibration is of the layout '" + record.schema() + "', and this program reads '"
                            + CalibrationRecord.SCHEMA + "'; calibrate again");
        }
        CalibrationRecord.Tables tables = record.tables();
        agree("key", input.key(), tables.key());
        agree("weight", input.weight(), tables.weight());
        agree("region-key", input.regionKey(), tables.regionKey());
        TargetTable targets = CalibrationRecords.targets(record);
        input.targets().ifPresent(file -> same(Weighing.readTargets(file), targets, file));
        return Weighing.of(
                new Recorded(
                        input.sample(),
                        input.persons(),
                        input.regions(),
                        tables.sampleTable(),
                        tables.personsTable(),
                        tables.regionKey(),
                        tables.key(),
                        tables.weight(),
                        tables.allowZeroWeights(),
                        tables.missing()),
                targets,
                "the record of the calibration",
                context);
    }

    private record Recorded(
            Frame sample,
            Optional<Frame> persons,
            Optional<Frame> regions,
            String sampleTable,
            String personsTable,
            Optional<String> regionKey,
            Optional<String> key,
            Optional<String> weight,
            boolean allowZeroWeights,
            MissingCells missing)
            implements WeighingTables {}

    private static void agree(String setting, Optional<String> given, Optional<String> recorded) {
        if (given.isPresent() && !given.equals(recorded)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'" + setting + "' is '" + given.get() + "', but the calibration was made "
                            + recorded.map(r -> "with '" + r + "'").orElse("without one")
                            + "; leave it out: the record of the calibration says it");
        }
    }

    private static void same(TargetTable given, TargetTable recorded, Path file) {
        List<List<Object>> own =
                given.rows().stream().map(HandedWeights::content).toList();
        List<List<Object>> made =
                recorded.rows().stream().map(HandedWeights::content).toList();
        for (int j = 0; j < Math.max(own.size(), made.size()); j++) {
            if (j >= own.size() || j >= made.size() || !own.get(j).equals(made.get(j))) {
                throw Fault.of(
                                Fault.Kind.BAD_DATA,
                                "the targets are not those of the calibration, first "
                                        + (j < own.size()
                                                ? given.rows().get(j).place()
                                                : "'" + recorded.rows().get(j).name() + "', which is not there")
                                        + "; leave them out: the record of the calibration has them")
                        .at(String.valueOf(file.getFileName()));
            }
        }
    }

    private static List<Object> content(TargetTable.Row row) {
        return List.of(
                row.name(),
                row.table(),
                row.variable(),
                row.filter(),
                row.value(),
                row.tolerance(),
                row.cost(),
                row.floor());
    }

    private static void check(CalibrationRecord record, Weighing weighing, CalibrationModel model, double[] weights) {
        int[] order = CalibrationRecords.order(weighing);
        if (order.length != record.rows()) {
            throw other("the sample has " + order.length + " rows, and " + record.rows() + " were calibrated");
        }
        Digest keys = CalibrationRecords.keys(weighing, order);
        if (!keys.equals(record.keys())) {
            throw other("the sample's keys in column '" + weighing.key() + "' are not those that were calibrated");
        }
        if (!CalibrationRecords.values(weighing, record.choices(), model.problem(), order)
                .equals(record.values())) {
            throw other(differing(record, model)
                    + (weighing.isKeyed() ? "" : ", or its rows are in another order, which only a key could tell"));
        }
        if (!CalibrationRecords.weights(weights, order).equals(record.weights())) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the weights are not those that the calibration of this record made"
                            + (weighing.isKeyed() ? "" : ", or not in their order")
                            + "; give them as they were made, or leave out 'calibration' and state how these were");
        }
    }

    private static String differing(CalibrationRecord record, CalibrationModel model) {
        double[] before = model.problem().design().totals(model.problem().designWeights());
        for (int j = 0; j < before.length; j++) {
            CalibrationRecord.Total total = record.targets().get(j);
            double scale = Math.max(Math.abs(total.before()), total.floor());
            if (Math.abs(before[j] - total.before()) > ROUNDED * scale) {
                return "what the sample's rows count for target '" + total.name() + "' has changed since";
            }
        }
        return "the sample's weights, scales, clusters or shares in targets have changed since";
    }

    private static Fault other(String what) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "the sample is not the one that was calibrated: " + what + "; give the sample of the calibration");
    }
}
