package dev.assay.microdata.internal;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import dev.assay.frame.ReadOptions;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.StageContext;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.HouseholdProblem;
import dev.assay.weigh.HouseholdTables;
import dev.assay.weigh.MissingCells;
import dev.assay.weigh.TargetTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sample, what belongs to it, and targets, made into a problem.
///
/// @param sample      with its key
/// @param key         the column that identifies a unit
/// @param ownKey      whether that is a column of the user's, and not numbers given here
/// @param persons     what belongs to units, if anything does
/// @param personsName what targets call it
/// @param targets     as they were read
/// @param problem     design and targets
/// @param design      design weights
/// @param places      what messages call rows
public record Weighing(
        Frame sample,
        String key,
        boolean ownKey,
        Optional<Frame> persons,
        String personsName,
        TargetTable targets,
        HouseholdProblem problem,
        double[] design,
        Places places) {
    private static final String ROW_KEY = "row";
    private static final String SAMPLE = "sample";
    private static final String PERSONS = "persons";
    private static final String REGIONS = "regions";

    /// Reads the targets and builds the design.
    public static Weighing of(WeighingTables input, Path targets, StageContext context) {
        return of(input, readTargets(targets), String.valueOf(targets.getFileName()), context);
    }

    /// Builds the design.
    ///
    /// @param place where messages say that the targets stand
    public static Weighing of(WeighingTables input, TargetTable targets, String place, StageContext context) {
        Places places = new Places(context);
        if (input.sample().rows() == 0) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the sample is empty: there is nothing to weigh");
        }
        if (input.key().isEmpty() && input.persons().isPresent()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'key' is needed with persons: the column that says to which row of the sample a person belongs");
        }
        if (input.regions().isPresent() != input.regionKey().isPresent()) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "'regions' and 'region-key' go together: the table, and the column that joins it to the sample");
        }
        String key = input.key().orElse(ROW_KEY);
        Frame sample = input.key().isPresent() ? input.sample() : numbered(input.sample());
        HouseholdTables tables = HouseholdTables.of(input.sampleTable(), sample, places.of(SAMPLE), key);
        if (input.regions().isPresent()) {
            tables = tables.over(
                    REGIONS,
                    input.regions().get(),
                    places.of(REGIONS),
                    input.regionKey().orElseThrow());
        }
        if (input.persons().isPresent()) {
            tables = tables.with(input.personsTable(), input.persons().get(), places.of(PERSONS));
        }
        HouseholdProblem problem = problem(tables, targets, input.missing(), place);
        double[] design = input.weight().map(problem::designWeights).orElseGet(() -> ones(sample.rows()));
        for (int i = 0; i < design.length && !input.allowZeroWeights(); i++) {
            if (design[i] == 0) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        places.row(SAMPLE, i) + " has a design weight of 0 in column '"
                                + input.weight().orElse("")
                                + "', and no calibration can give it another; remove such rows, or"
                                + " allow them with 'allow-zero-weights'");
            }
        }
        return new Weighing(
                sample,
                key,
                input.key().isPresent(),
                input.persons(),
                input.personsTable(),
                targets,
                problem,
                design,
                places);
    }

    /// The targets of a file.
    ///
    /// @throws Fault (BAD_DATA) naming file, target and line of what is wrong
    public static TargetTable readTargets(Path file) {
        try {
            return TargetTable.of(Frames.read(file, ReadOptions.DEFAULTS));
        } catch (Fault fault) {
            String name = String.valueOf(file.getFileName());
            throw fault.place().filter(p -> p.contains(name)).isPresent() ? fault : fault.at(name);
        }
    }

    /// Whatever is wrong with a target stands in the targets' file.
    private static HouseholdProblem problem(
            HouseholdTables tables, TargetTable targets, MissingCells missing, String place) {
        try {
            return HouseholdProblem.of(tables, targets, missing);
        } catch (Fault fault) {
            throw fault.at(place);
        }
    }

    /// The problem with scales of 1 and no bounds of rows.
    public CalibrationProblem calibration() {
        return CalibrationProblem.of(problem.design(), design, problem.targets());
    }

    /// Whether units have keys of their own; else they are numbered from 1.
    public boolean isKeyed() {
        return ownKey;
    }

    /// The key of each row as a text, the same for whole numbers however they were read.
    public List<String> rowKeys() {
        return Keys.texts(sample.column(key));
    }

    /// `row 7 of the sample (sample.csv, line 8)`, of a row counted from 0.
    String sampleRow(int row) {
        return places.row(SAMPLE, row);
    }

    /// The keys alone.
    public Frame keys() {
        return sample.select(List.of(key));
    }

    /// The sample's cells in a column, numbered in the order in which they occur.
    ///
    /// @throws Fault (BAD_DATA) naming the first row without one
    public int[] codes(String column) {
        Column cells = sample.column(column);
        Map<String, Integer> known = new HashMap<>();
        int[] codes = new int[sample.rows()];
        for (int i = 0; i < codes.length; i++) {
            String text = cells.text(i);
            if (text == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        sampleRow(i) + " has no value in column '" + column + "'; fill it or remove the row");
            }
            int next = known.size();
            Integer same = known.putIfAbsent(text, next);
            codes[i] = same == null ? next : same;
        }
        return codes;
    }

    /// Each person's weight, or each unit's if there are no persons.
    public Frame members(CalibrationResult result, Frame weights) {
        String column = result.status().weightColumn();
        return persons.map(p -> p.select(List.of(key))
                        .with(column, Column.Doubles.of(problem.spread(result.weights(), personsName))))
                .orElseGet(() -> weights.select(List.of(key, column)));
    }

    /// Tells what came out, and fails if it has to have converged and did not.
    public void tell(
            StageContext context, CalibrationReport report, CalibrationResult result, boolean requireConverged) {
        context.count("records_in", sample.rows());
        context.count("records_out", sample.rows());
        report.tell(context);
        tellUndecided(context);
        if (!result.converged() && requireConverged) {
            throw Fault.of(Fault.Kind.BAD_DATA, report.sentence());
        }
    }

    /// Tells for how many rows a filter is neither true nor false.
    private void tellUndecided(StageContext context) {
        long[] undecided = problem.undecided();
        List<List<Object>> rows = new ArrayList<>();
        long most = 0;
        for (int j = 0; j < undecided.length; j++) {
            most = Math.max(most, undecided[j]);
            if (undecided[j] > 0) {
                TargetTable.Row target = targets.rows().get(j);
                rows.add(List.of(target.name(), (long) target.line(), target.table(), undecided[j]));
            }
        }
        context.measured(Metric.exact("undecided-rows", most, sample.rows()));
        if (!rows.isEmpty()) {
            context.table(new Listing(
                    "Rows that filters leave open",
                    "A cell that the filter looks at is missing, so it is neither true nor false. As chosen with 'missing',"
                            + " these rows do not count for the target.",
                    List.of("target", "line", "table", "rows"),
                    rows));
            context.warn("the filters of " + rows.size() + " of " + undecided.length
                    + " targets are neither true nor false for some rows, up to " + most
                    + " of them, as cells are missing; these rows do not count for those targets");
        }
    }

    /// The values of a variable for each unit: the sample's own column, or the sum over the unit's persons.
    ///
    /// @throws Fault (BAD_DATA) naming the column, or the first row without a number in it
    public double[] variable(String column) {
        return isOfPersons(column)
                ? summed(finite(persons.orElseThrow(), column, PERSONS))
                : finite(sample, column, SAMPLE);
    }

    /// Whether a variable is the persons' and not the sample's own.
    boolean isOfPersons(String column) {
        return !sample.schema().has(column)
                && persons.filter(p -> p.schema().has(column)).isPresent();
    }

    private double[] summed(double[] values) {
        int[] units = unitOfPersons();
        double[] sums = new double[sample.rows()];
        for (int i = 0; i < values.length; i++) {
            sums[units[i]] += values[i];
        }
        return sums;
    }

    /// `[persons]` the row of the sample that each belongs to.
    ///
    /// @throws Fault (BAD_DATA) naming a person of no unit
    int[] unitOfPersons() {
        Frame rows = persons.orElseThrow();
        Map<String, Integer> unit = HashMap.newHashMap(sample.rows());
        Column ids = sample.column(key);
        for (int i = 0; i < sample.rows(); i++) {
            unit.put(String.valueOf(ids.text(i)), i);
        }
        Column of = rows.column(key);
        int[] units = new int[rows.rows()];
        for (int i = 0; i < units.length; i++) {
            Integer at = unit.get(String.valueOf(of.text(i)));
            if (at == null) {
                throw Fault.of(Fault.Kind.BAD_DATA, places.row(PERSONS, i) + " has a key that the sample has not");
            }
            units[i] = at;
        }
        return units;
    }

    private double[] finite(Frame frame, String column, String input) {
        double[] values = frame.numbers(column);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        places.row(input, i) + " has no finite number in column '" + column
                                + "'; fill it or remove the row");
            }
        }
        return values;
    }

    private static Frame numbered(Frame sample) {
        long[] numbers = new long[sample.rows()];
        Arrays.setAll(numbers, i -> i + 1L);
        if (sample.schema().has(ROW_KEY)) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "the sample has a column '" + ROW_KEY + "'; name it as 'key', or rename it");
        }
        return sample.with(ROW_KEY, Column.Longs.of(numbers));
    }

    private static double[] ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /// Labels of each row of the sample.
    public List<String> labels(String column) {
        Column cells = sample.column(column);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < sample.rows(); i++) {
            String text = cells.text(i);
            if (text == null) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        sampleRow(i) + " has no value in column '" + column + "'; fill it or remove the row");
            }
            labels.add(text);
        }
        return labels;
    }
}
