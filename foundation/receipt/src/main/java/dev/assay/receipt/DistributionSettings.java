package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// Which columns' distributions are compared between runs, how, and from when on they have drifted.
///
/// | reference | column | method | drift when |
/// |---|---|---|---|
/// | at most [#smallSample()] values | numbers, more than [#FEW_VALUES] different | Kolmogorov-Smirnov | p <=
/// significance |
/// | at most [#smallSample()] values | categories, or few different numbers | chi-square; two proportions for two
/// values | p <= significance |
/// | more | numbers, more than [#FEW_VALUES] different | Wasserstein-1 over the reference's sd | >= distance |
/// | more | categories, or few different numbers | Jensen-Shannon | >= distance |
///
/// @param columns      `stage.artefact.column` each
/// @param smallSample  references up to this many values are tested, larger ones measured, 0 or more
/// @param minValues    columns with fewer values in either run are not judged, 1 or more
/// @param significance level of the tests, between 0 and 1
/// @param distance     from when on a distance, or the stability index, is drift, more than 0
/// @param correction   how the tests of several columns are held to that level together
/// @param method       which method is used
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DistributionSettings(
        List<String> columns,
        long smallSample,
        long minValues,
        double significance,
        double distance,
        Correction correction,
        Choice method) {
    /// Numbers with at most this many different values count as categories.
    public static final int FEW_VALUES = 5;
    /// Default of [#smallSample()].
    public static final long SMALL_SAMPLE = 1000;
    /// Default of [#minValues()].
    public static final long MIN_VALUES = 30;
    /// Default of [#significance()].
    public static final double SIGNIFICANCE = 0.05;
    /// Default of [#distance()].
    public static final double DISTANCE = 0.1;

    /// What is done about testing several columns at once.
    public enum Correction {
        /// Holm's correction over all columns judged by a p value.
        @JsonProperty("holm")
        HOLM,
        /// Each column by itself: of twenty that did not change, one drifts.
        @JsonProperty("none")
        NONE
    }

    /// Which method is used.
    public enum Choice {
        /// By the size of the reference and the kind of column.
        @JsonProperty("by_size")
        BY_SIZE,
        /// The population stability index for all.
        @JsonProperty("psi")
        PSI
    }

    /// @throws IllegalArgumentException if a value is out of its range, or a column stands twice
    public DistributionSettings {
        columns = Rules.list(columns, "columns");
        columns.forEach(DistributionSettings::parts);
        Rules.require(new HashSet<>(columns).size() == columns.size(), "a column must not stand twice in columns");
        Rules.require(smallSample >= 0, "small_sample must be 0 or more, got " + smallSample);
        Rules.require(minValues >= 1, "min_values must be 1 or more, got " + minValues);
        Rules.require(
                significance > 0 && significance < 1, "significance must be between 0 and 1, got " + significance);
        Rules.require(distance > 0 && Double.isFinite(distance), "distance must be more than 0, got " + distance);
        Rules.present(correction, "correction");
        Rules.present(method, "method");
    }

    /// The default rules, for no column.
    public static DistributionSettings standard() {
        return standard(List.of());
    }

    /// The default rules for these columns.
    ///
    /// @throws IllegalArgumentException if one is not `stage.artefact.column`
    public static DistributionSettings standard(List<String> columns) {
        return new DistributionSettings(
                columns, SMALL_SAMPLE, MIN_VALUES, SIGNIFICANCE, DISTANCE, Correction.HOLM, Choice.BY_SIZE);
    }

    /// The same rules for these columns.
    ///
    /// @throws IllegalArgumentException if one is not `stage.artefact.column`, or stands twice
    public DistributionSettings withColumns(List<String> others) {
        return new DistributionSettings(others, smallSample, minValues, significance, distance, correction, method);
    }

    /// A column of a run's outputs.
    ///
    /// @param stage    the stage that made it
    /// @param artefact the output it lies in
    /// @param column   its name there, which may have dots
    public record Place(String stage, String artefact, String column) {}

    /// The parts of `stage.artefact.column`.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Place parts(String column) {
        int first = column.indexOf('.');
        int second = column.indexOf('.', first + 1);
        Rules.require(
                first > 0 && second > first + 1 && second < column.length() - 1,
                "a column must be stage.artefact.column, got '" + column + "'");
        return new Place(column.substring(0, first), column.substring(first + 1, second), column.substring(second + 1));
    }
}
