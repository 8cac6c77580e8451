package dev.assay.measure;

import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.measure.internal.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns rows of a frame into points for distances; fitted on a training part, applied to all others
/// alike.
///
/// - Numbers and instants are standardised ([Scaling]); a constant column becomes 0.
/// - A missing number becomes the training mean (0 after scaling), and a column of 0 and 1 beside it
/// says that
///   it was missing, if the column has missing cells in training.
/// - Booleans become 0 and 1, categories and texts one column of 0 and 1 a training level, unscaled.
/// Missing is
///   a level of its own if it occurs in training. A level that training does not have becomes 0 in
/// all columns.
///
/// What was filled in or not known is counted in [Encoded].
public final class Encoding {
    private final List<Part> parts;
    private final List<String> names;
    private final int constantColumns;

    private Encoding(List<Part> parts, List<String> names, int constantColumns) {
        this.parts = List.copyOf(parts);
        this.names = List.copyOf(names);
        this.constantColumns = constantColumns;
    }

    private sealed interface Part {
        String column();
    }

    private record Numeric(String column, Scaling scaling, boolean flagged) implements Part {}

    private record OneHot(String column, Map<String, Integer> levels) implements Part {}

    private record Flag(String column, boolean flagged) implements Part {}

    /// Encoded rows.
    ///
    /// @param points        one row a row of the frame
    /// @param meansFilled   missing numbers and booleans that became the mean or 0
    /// @param unknownLevels category cells whose level training does not have
    public record Encoded(Points points, int meansFilled, int unknownLevels) {}

    /// The encoding of these columns.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows, a column does not exist, has no value or has
    /// an infinite
    ///               one
    public static Encoding fit(Frame training, List<String> columns) {
        if (training.rows() == 0 || columns.isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_DATA, "an encoding needs training rows and at least one column; give some.");
        }
        List<Part> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int constant = 0;
        for (String name : columns) {
            Column column = training.column(name);
            boolean flagged = column.missing() > 0;
            switch (column) {
                case Column.Doubles _, Column.Longs _, Column.Dates _, Column.Moments _ -> {
                    double[] present = Arrays.stream(Codes.numbers(training, name))
                            .filter(v -> !Double.isNaN(v))
                            .toArray();
                    if (present.length == 0) {
                        throw Fault.of(
                                Fault.Kind.BAD_DATA, "column '" + name + "' has no value in training; leave it out.");
                    }
                    Scaling scaling = Scaling.fit(Points.of(present, 1));
                    constant += scaling.constantColumns();
                    parts.add(new Numeric(name, scaling, flagged));
                    names.add(name);
                }
                case Column.Booleans _ -> {
                    parts.add(new Flag(name, flagged));
                    names.add(name);
                }
                case Column.Categories _, Column.Texts _ -> {
                    Map<String, Integer> levels = new LinkedHashMap<>();
                    for (String level : Codes.levels(column)) {
                        levels.put(level, levels.size());
                        names.add(name + (level.equals(Codes.MISSING) ? " missing" : "=" + level));
                    }
                    parts.add(new OneHot(name, levels));
                    flagged = false;
                }
            }
            if (flagged) {
                names.add(name + " missing");
            }
        }
        return new Encoding(parts, names, constant);
    }

    /// Names of the encoded columns, in order.
    public List<String> names() {
        return names;
    }

    /// Number of numeric columns that are constant in training and become 0.
    public int constantColumns() {
        return constantColumns;
    }

    /// The points of a frame.
    ///
    /// @throws Fault (BAD_DATA) if a column does not exist or has an infinite value, naming the row
    public Encoded encode(Frame frame) {
        int width = names.size();
        double[] values = new double[Math.multiplyExact(frame.rows(), width)];
        int filled = 0;
        int unknown = 0;
        int at = 0;
        for (Part part : parts) {
            switch (part) {
                case Numeric numeric -> {
                    double[] numbers = Codes.numbers(frame, numeric.column());
                    boolean varies = numeric.scaling().constantColumns() == 0;
                    for (int row = 0; row < numbers.length; row++) {
                        boolean missing = Double.isNaN(numbers[row]);
                        if (!missing && varies) {
                            values[row * width + at] = numeric.scaling().scaled(numbers[row], 0);
                            if (!Double.isFinite(values[row * width + at])) {
                                throw Fault.of(
                                        Fault.Kind.BAD_DATA,
                                        "column '" + numeric.column() + "' is so far from its training values in row "
                                                + row + " that its distance overflows; leave the column out.");
                            }
                        }
                        filled += flag(values, row * width + at + 1, missing, numeric.flagged());
                    }
                    at += numeric.flagged() ? 2 : 1;
                }
                case Flag flag -> {
                    double[] numbers = Codes.numbers(frame, flag.column());
                    for (int row = 0; row < numbers.length; row++) {
                        boolean missing = Double.isNaN(numbers[row]);
                        values[row * width + at] = missing ? 0 : numbers[row];
                        filled += flag(values, row * width + at + 1, missing, flag.flagged());
                    }
                    at += flag.flagged() ? 2 : 1;
                }
                case OneHot oneHot -> {
                    Column column = frame.column(oneHot.column());
                    for (int row = 0; row < frame.rows(); row++) {
                        Integer level = oneHot.levels().get(Codes.level(column, row));
                        if (level == null) {
                            unknown++;
                        } else {
                            values[row * width + at + level] = 1;
                        }
                    }
                    at += oneHot.levels().size();
                }
            }
        }
        return new Encoded(Points.of(values, width), filled, unknown);
    }

    private static int flag(double[] values, int at, boolean missing, boolean flagged) {
        if (missing && flagged) {
            values[at] = 1;
        }
        return missing ? 1 : 0;
    }
}
