package dev.assay.receipt;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// From when on a difference between two runs is worth a word.
///
/// @param countThreshold relative change of a count above which it is told, more than 0
/// @param minRows        counts below this on both sides are not compared, 1 or more
/// @param nullShare      increase of the share of rows without a value above which it is told, between 0 and 1
/// @param distributions  which columns' distributions are compared, and by which rules
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DriftSettings(double countThreshold, long minRows, double nullShare, DistributionSettings distributions) {
    /// Default of [#countThreshold()]: a fifth.
    public static final double COUNT_THRESHOLD = 0.20;
    /// Default of [#minRows()]: below 20 rows a fifth is a handful.
    public static final long MIN_ROWS = 20;
    /// Default of [#nullShare()]: a tenth.
    public static final double NULL_SHARE = 0.10;

    /// @throws IllegalArgumentException if a value is out of its range
    public DriftSettings {
        Rules.require(
                countThreshold > 0 && Double.isFinite(countThreshold),
                "count_threshold must be more than 0, got " + countThreshold);
        Rules.require(minRows >= 1, "min_rows must be 1 or more, got " + minRows);
        Rules.require(nullShare >= 0 && nullShare <= 1, "null_share must be between 0 and 1, got " + nullShare);
        Rules.present(distributions, "distributions");
    }

    /// The defaults.
    public static DriftSettings standard() {
        return standard(List.of());
    }

    /// The defaults, with the distributions of these columns.
    ///
    /// @param columns `stage.artefact.column` each
    /// @throws IllegalArgumentException if one is none
    public static DriftSettings standard(List<String> columns) {
        return new DriftSettings(COUNT_THRESHOLD, MIN_ROWS, NULL_SHARE, DistributionSettings.standard(columns));
    }
}
