package dev.assay.measure;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.measure.internal.Balls;
import dev.assay.measure.internal.KNearest;
import dev.assay.measure.internal.Kernels;
import dev.assay.measure.internal.Radii;
import dev.assay.measure.internal.Steps;
import dev.assay.measure.internal.TileKernel;

/// Precision and recall (Kynkäänniemi and others 2019), density and coverage (Naeem and others 2020) of
/// synthetic rows against real ones.
///
/// With R_i the distance of real row i to its k-th nearest other real row, and S_j likewise among the
/// synthetic rows:
///
/// - precision: share of synthetic j with some i: d(i, j) < R_i;
/// - recall: share of real i with some j: d(i, j) < S_j;
/// - density: (1 / (k m)) sum over j and i of [d(i, j) < R_i], 1 in expectation for equal laws, may
///   exceed 1;
/// - coverage: share of real i with some j: d(i, j) < R_i.
///
/// The inequality is strict and distances are Euclidean in double precision. Squared distances are
/// compared, summed over columns in order by direct differences; the published code expands the square,
/// so on data with exact duplicates (where its distances of about 1e-8 should be 0) its counts can
/// differ by a few rows.
///
/// Time: n^2/2 + m^2/2 + n m distances. Memory beyond the points: at most `4 x threads` lists of `n x (k
/// + 1)` numbers and `256 x columns` scratch numbers a thread; no matrix of distances exists. The result
/// is the same to the bit for any number of threads and any row order.
public final class Prdc {
    private Prdc() {}

    /// The four scores of `fake` against `real`. Put both on a common scale first ([Encoding]).
    ///
    /// @throws Fault (BAD_DATA) if either side has k rows or fewer, or the numbers of columns differ
    public static PrdcScores of(PrdcSettings settings, Points real, Points fake, Engine engine, Progress progress) {
        return of(settings, real, fake, Kernels.best(), engine, progress);
    }

    /// The same with what is left of the scores without each group of rows on both sides, for
    /// [PrdcIntervals]. Balls are computed anew for each, from one pass over the distances.
    ///
    /// @param realGroup the group of each real row, 0 to groups - 1
    /// @param fakeGroup the group of each synthetic row
    /// @param groups    at least 2
    public static PrdcScores of(
            PrdcSettings settings,
            Points real,
            int[] realGroup,
            Points fake,
            int[] fakeGroup,
            int groups,
            Engine engine,
            Progress progress) {
        return of(settings, real, realGroup, fake, fakeGroup, groups, Kernels.best(), engine, progress);
    }

    static PrdcScores of(
            PrdcSettings settings, Points real, Points fake, TileKernel kernel, Engine engine, Progress progress) {
        return of(settings, real, new int[real.rows()], fake, new int[fake.rows()], 0, kernel, engine, progress);
    }

    private static PrdcScores of(
            PrdcSettings settings,
            Points real,
            int[] realGroup,
            Points fake,
            int[] fakeGroup,
            int groups,
            TileKernel kernel,
            Engine engine,
            Progress progress) {
        requireEnough("real", real, settings.k());
        requireEnough("synthetic", fake, settings.k());
        if (real.columns() != fake.columns()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the real rows have " + real.columns() + " columns and the synthetic rows " + fake.columns()
                            + "; encode both alike.");
        }
        int n = real.rows();
        int m = fake.rows();
        int columns = real.columns();
        Steps steps =
                new Steps(progress, KNearest.symmetricPairs(n) + KNearest.symmetricPairs(m) + KNearest.pairs(m, n));
        // Room for neighbours that are left out.
        int kept = groups == 0 ? settings.k() : 2 * settings.k() + 10;
        Radii realRadii = new Radii(
                KNearest.amongThemselves(real.array(), realGroup, columns, kept, kernel, engine, steps),
                settings.k(),
                realGroup,
                groups);
        Radii fakeRadii = new Radii(
                KNearest.amongThemselves(fake.array(), fakeGroup, columns, kept, kernel, engine, steps),
                settings.k(),
                fakeGroup,
                groups);
        Balls balls = Balls.between(real.array(), realRadii, fake.array(), fakeRadii, columns, kernel, engine, steps);
        return PrdcScores.of(settings.k(), columns, realRadii, fakeRadii, balls);
    }

    private static void requireEnough(String side, Points points, int k) {
        if (points.rows() <= k) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there are " + points.rows() + " " + side + " rows, but the distance to the " + k
                            + "-th nearest other row needs at least " + (k + 1) + "; give more rows or lower k.");
        }
    }
}
