package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Estimate;
import dev.assay.inference.Share;
import dev.assay.inference.Units;
import dev.assay.measure.internal.DrawnQuantile;
import dev.assay.measure.internal.KNearest;
import dev.assay.measure.internal.Kernels;
import dev.assay.measure.internal.Steps;
import java.util.Arrays;

/// Whether synthetic rows are copies of training rows. The yardstick is the real holdout, which was never
/// trained on: synthetic rows should be about as far from the training rows as holdout rows are.
///
/// High precision together with distances near 0 means copying. Shares have exact limits ([Share]): no
/// copy among 300 rows does not show that there are none among more.
///
/// @param exactCopies        share of synthetic rows at distance 0 from a training row
/// @param exactCopiesHoldout share of holdout rows at distance 0 from a training row: what chance alone
///                         produces
/// @param closerThanHoldout  share of synthetic rows strictly closer to training than the closest 1 % of
///                           holdout rows (type-7 quantile, held fixed); about 0.01 or less without
///                           copying
/// @param medianDistance     median distance of synthetic rows to their nearest training row
/// @param medianDistanceHoldout the same for holdout rows
/// @param closestOnePercent  the 1 % quantile of the holdout rows' distances
public record CopyCheck(
        Estimate exactCopies,
        Estimate exactCopiesHoldout,
        Estimate closerThanHoldout,
        Estimate medianDistance,
        Estimate medianDistanceHoldout,
        double closestOnePercent) {
    /// The share of holdout rows that defines "close".
    public static final double CLOSE = 0.01;

    /// Compares synthetic and holdout rows with the training rows, all encoded alike ([Encoding]).
    ///
    /// @throws Fault (BAD_DATA) if a side has no rows or the numbers of columns differ
    /// @throws IllegalArgumentException if units are not of the rows
    public static CopyCheck of(
            Points training,
            Points holdout,
            Units holdoutUnits,
            Points synthetic,
            Units syntheticUnits,
            Bootstrap bootstrap,
            Engine engine,
            Progress progress) {
        int columns = training.columns();
        if (training.rows() == 0 || holdout.columns() != columns || synthetic.columns() != columns) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the copy check needs training, holdout and synthetic rows with the same columns; encode them alike.");
        }
        Steps steps = new Steps(
                progress,
                KNearest.pairs(holdout.rows(), training.rows()) + KNearest.pairs(synthetic.rows(), training.rows()));
        double[] ofHoldout = distances(holdout, training, engine, steps);
        double[] ofSynthetic = distances(synthetic, training, engine, steps);
        double[] sorted = ofHoldout.clone();
        Arrays.sort(sorted);
        double h = (sorted.length - 1) * CLOSE;
        int below = (int) h;
        double close = below + 1 < sorted.length
                ? sorted[below] + (h - below) * (sorted[below + 1] - sorted[below])
                : sorted[below];
        double[] copies = Arrays.stream(ofSynthetic).map(d -> d == 0 ? 1 : 0).toArray();
        double[] closer = Arrays.stream(ofSynthetic).map(d -> d < close ? 1 : 0).toArray();
        double[] copiesHoldout =
                Arrays.stream(ofHoldout).map(d -> d == 0 ? 1 : 0).toArray();
        return new CopyCheck(
                Share.of(syntheticUnits, copies).exact(bootstrap.level()),
                Share.of(holdoutUnits, copiesHoldout).exact(bootstrap.level()),
                Share.of(syntheticUnits, closer).exact(bootstrap.level()),
                median(ofSynthetic, syntheticUnits, bootstrap, engine),
                median(ofHoldout, holdoutUnits, bootstrap, engine),
                close);
    }

    /// The distance of each row of `from` to its nearest row of `to`.
    static double[] distances(Points from, Points to, Engine engine, Runnable finished) {
        double[] squared = KNearest.between(
                from.array(), from.rows(), to.array(), to.rows(), to.columns(), 1, Kernels.best(), engine, finished);
        for (int i = 0; i < squared.length; i++) {
            squared[i] = Math.sqrt(squared[i]);
        }
        return squared;
    }

    private static Estimate median(double[] distances, Units units, Bootstrap bootstrap, Engine engine) {
        DrawnQuantile median = DrawnQuantile.of(distances, units, 0.5);
        return bootstrap
                .estimates(units, times -> new double[] {median.of(times)}, engine)
                .getFirst();
    }
}
