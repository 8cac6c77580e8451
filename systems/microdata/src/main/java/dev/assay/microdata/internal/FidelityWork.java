package dev.assay.microdata.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;

/// How much a comparison computes, and how far it has come. The units are nanoseconds of one core,
/// roughly: they divide the bar between measures, and decide nothing.
///
/// @param sets       sets of rows that are compared
/// @param size       rows a side in precision, recall, density, coverage and the copy check
/// @param training   rows that the copy check looks for
/// @param width      encoded columns
/// @param rows       rows of both sides in what is resampled
/// @param columns    columns compared
/// @param replicates of marginals and associations
record FidelityWork(int sets, int size, int training, int width, long rows, int columns, int replicates) {
    /// A coordinate of a distance.
    private static final double COORDINATE = 0.3;
    /// A row in the association of a pair of columns.
    private static final double PAIRED = 1;
    /// A row in the distance of two distributions.
    private static final double SORTED = 5;
    /// From this much on it is announced: some ten seconds of one core.
    private static final double LONG = 1e10;
    /// What the bar is divided into.
    private static final long PARTS = 1_000_000;

    /// Distances between rows, for one set.
    double distances() {
        return 2.0 * size * size + 2.0 * size * training;
    }

    /// Pairs of columns.
    long pairs() {
        return (long) columns * (columns - 1) / 2;
    }

    private double ofDistances() {
        return distances() * width * COORDINATE;
    }

    private double ofAssociations() {
        return (double) replicates * rows * pairs() * PAIRED;
    }

    private double ofMarginals() {
        return (double) replicates * rows * columns * SORTED;
    }

    /// Whether somebody would want to know before.
    boolean isLong() {
        return sets * (ofDistances() + ofAssociations() + ofMarginals()) >= LONG;
    }

    /// The measures of a set, in the order in which they are taken.
    enum Measure {
        NEIGHBOURS,
        MARGINALS,
        ASSOCIATIONS,
        COPIES
    }

    /// The bar of a measure of a set, as a part of the whole.
    ///
    /// @param set number of the set, from 0 on
    Progress part(Progress whole, int set, Measure measure) {
        double neighbours = ofDistances() * size / Math.max(1.0, size + (double) training);
        double[] each = {neighbours, ofMarginals(), ofAssociations(), ofDistances() - neighbours};
        double all = 0;
        double before = 0;
        for (int i = 0; i < each.length; i++) {
            before += i < measure.ordinal() ? each[i] : 0;
            all += each[i];
        }
        long from = at(set, before / all);
        return Progress.part(whole, from, at(set, (before + each[measure.ordinal()]) / all), PARTS);
    }

    private long at(int set, double share) {
        return Math.round(PARTS * (set + share) / sets);
    }

    /// An engine that tells how far the resampling of a measure is.
    static Engine counted(Engine engine, int calls, Progress progress) {
        return new CountedEngine(engine, calls, progress);
    }
}
