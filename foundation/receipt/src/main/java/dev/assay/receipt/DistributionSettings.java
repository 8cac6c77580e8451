package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// Which columns' distributions are compared between runs, how, and from when on they have drifted.
///
/// A column drifted if its p value, corrected for all columns tested, is at most the significance, and
/// the samples lie so far apart that it matters. The first is held at every size of either sample; the
/// second keeps the test of a large one from telling differences that matter to nobody.
///
/// | column | test | how far apart |
/// |---|---|---|
/// | numbers, more than [#FEW_VALUES] different | [KolmogorovSmirnov] | its D of `share`, or [Wasserstein] over the
/// reference's sd of `distance` |
/// | categories, or few different numbers | [CellsTest] | a `share` of values that changed (total variation) |
///
/// @param columns      `stage.artefact.column` each
/// @param minValues    columns with fewer values in either run are not judged, 1 or more
/// @param significance level of the tests, between 0 and 1
/// @param distance     from when on a normalised Wasserstein distance, or the stability index, matters,
///     more than 0
/// @param share        from when on a share of values that lie elsewhere matters, more than 0 and at
///     most 1
/// @param correction   how the tests of several columns are held to that level together
/// @param method       how far apart is measured
// Earlier versions wrote how large a sample was tested, and had no share.
@JsonIgnoreProperties("small_sample")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DistributionSettings(
        List<String> columns,
        long minValues,
        double significance,
        double distance,
        double share,
        Correction correction,
        Choice method) {
    /// Numbers with at most this many different values count as categories.
    public static final int FEW_VALUES = 5;
    /// Default of [#minValues()].
    public static final long MIN_VALUES = 30;
    /// Default of [#significance()].
    public static final double SIGNIFICANCE = 0.05;
    /// Default of [#distance()].
    public static final double DISTANCE = 0.1;

    /// Default of [#share()].
    public static final double SHARE = 0.05;

    /// What is done about testing several columns at once.
    public enum Correction {
        /// Holm's correction over all columns judged by a p value.
        @JsonProperty("holm")
        HOLM,
        /// Each column by itself: of twenty that did not change, one drifts.
        @JsonProperty("none")
        NONE
    }

    /// How far apart is measured.
    public enum Choice {
        /// By the kind of column.
        @JsonProperty("by_kind")
        @JsonAlias("by_size")
        BY_KIND,
        /// By the population stability index for all.
        @JsonProperty("psi")
        PSI
    }

    /// @throws IllegalArgumentException if a value is out of its range, or a column stands twice
    public DistributionSettings {
        columns = Rules.list(columns, "columns");
        share = share == 0 ? SHARE : share;
        columns.forEach(DistributionSettings::parts);
        Rules.require(new HashSet<>(columns).size() == columns.size(), "a column must not stand twice in columns");
        Rules.require(minValues >= 1, "min_values must be 1 or more, got " + minValues);
        Rules.require(
                significance > 0 && significance < 1, "significance must be between 0 and 1, got " + significance);
        Rules.require(distance > 0 && Double.isFinite(distance), "distance must be more than 0, got " + distance);
        Rules.require(share > 0 && share <= 1, "share must be more than 0 and at most 1, got " + share);
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
                columns, MIN_VALUES, SIGNIFICANCE, DISTANCE, SHARE, Correction.HOLM, Choice.BY_KIND);
    }

    /// The same rules for these columns.
    ///
    /// @throws IllegalArgumentException if one is not `stage.artefact.column`, or stands twice
    public DistributionSettings withColumns(List<String> others) {
        return new DistributionSettings(others, minValues, significance, distance, share, correction, method);
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
