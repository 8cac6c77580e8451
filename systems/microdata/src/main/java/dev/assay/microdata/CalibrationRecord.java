package dev.assay.microdata;

import dev.assay.receipt.Digest;
import dev.assay.weigh.MissingCells;
import java.util.List;
import java.util.Optional;

/// How weights came about: what a calibration leaves beside them, so that whoever uses them later goes by
/// exactly that calibration and notices other rows, other values and other weights.
///
/// The auxiliary values are not in it: they are computed again from the tables and the targets, and their
/// digest says whether they are the same.
///
/// @param schema   [#SCHEMA]
/// @param status   how the calibration ended
/// @param tables   how the tables hang together
/// @param choices  how it was calibrated
/// @param targets  to what totals, in the order of the file
/// @param rows     rows of the sample
/// @param keys     digest of their keys in ascending order; of their number where they have none
/// @param values   digest of each row's key, design weight, scale, cluster, bounds and share in each
///     target,
///                 in ascending order of the keys, or in the sample's where rows have none
/// @param weights  digest of the weights in the same order
/// @param caveat   why this calibration alone does not make these weights, so that its standard errors are
///                 not theirs; empty if it does
public record CalibrationRecord(
        String schema,
        String status,
        Tables tables,
        CalibrationChoices choices,
        List<Total> targets,
        int rows,
        Digest keys,
        Digest values,
        Digest weights,
        Optional<String> caveat) {
    /// The layout of this record.
    public static final String SCHEMA = "weigh.calibration/1";

    /// Copies the list.
    public CalibrationRecord {
        targets = List.copyOf(targets);
    }

    /// Names of tables and of the columns that join them.
    ///
    /// @param sampleTable      what targets call the sample
    /// @param personsTable     what targets call the persons
    /// @param key              the column that identifies a unit; without one units are numbered
    /// @param weight           the column with the design weights; without one all are 1
    /// @param regionKey        the column that joins regions
    /// @param allowZeroWeights whether design weights of 0 are allowed
    /// @param missing          what is done with rows for which a filter is neither true nor false
    public record Tables(
            String sampleTable,
            String personsTable,
            Optional<String> key,
            Optional<String> weight,
            Optional<String> regionKey,
            boolean allowZeroWeights,
            MissingCells missing) {}

    /// A target.
    ///
    /// @param cost   what missing it costs; none if it must be met
    /// @param before its total under the design weights
    public record Total(
            String name,
            String table,
            String variable,
            String filter,
            double value,
            double tolerance,
            Optional<Double> cost,
            double floor,
            double before) {}
}
