package dev.assay.measure;

import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.inference.Units;
import dev.assay.measure.internal.Codes;
import java.util.Arrays;

/// A table to be compared: its rows, the weight of each, and the units over which it is resampled.
///
/// ```java
/// Sample.of(persons).weightedBy("weight").clusteredBy("household")
/// ```
public final class Sample {
    private final Frame frame;
    private final double[] weights;
    private final Units units;

    private Sample(Frame frame, double[] weights, Units units) {
        this.frame = frame;
        this.weights = weights;
        this.units = units;
    }

    /// All rows of a frame, each with weight 1 and a unit of its own.
    ///
    /// @throws Fault (BAD_DATA) if there are no rows
    public static Sample of(Frame frame) {
        Units units = Units.rows(frame.rows());
        double[] ones = new double[frame.rows()];
        Arrays.fill(ones, 1);
        return new Sample(frame, ones, units);
    }

    /// The same rows with the weights of this column.
    ///
    /// @throws Fault (BAD_DATA) if there is no such column, a weight is missing, infinite or negative, naming
    ///     the row, or all are 0
    public Sample weightedBy(String column) {
        double[] given = Codes.numbers(frame, column);
        double sum = 0;
        for (int row = 0; row < given.length; row++) {
            if (!(given[row] >= 0)) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the weight '" + column + "' in row " + row
                                + " is missing or negative; every row needs a weight of 0 or more.");
            }
            sum += given[row];
        }
        if (!(sum > 0)) {
            throw Fault.of(Fault.Kind.BAD_DATA, "the weights '" + column + "' sum to 0; no row would count.");
        }
        return new Sample(frame, given, units);
    }

    /// The same rows, resampled by whole groups that share a value of this column.
    ///
    /// @throws Fault (BAD_DATA) if there is no such column or a row has no value in it
    public Sample clusteredBy(String column) {
        return new Sample(frame, weights, Units.clusters(column, frame.column(column)));
    }

    /// The table.
    public Frame frame() {
        return frame;
    }

    /// What is resampled.
    public Units units() {
        return units;
    }

    /// Number of rows.
    public int rows() {
        return frame.rows();
    }

    /// The weight of a row.
    public double weight(int row) {
        return weights[row];
    }

    double[] weights() {
        return weights;
    }
}
