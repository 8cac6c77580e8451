package dev.assay.weigh.internal;

import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Whether weights lie on the edge of what is possible: some (nearly) at 0, or so many at a bound that the
/// targets leave them no choice.
///
/// A direction `v` with `x'v = 0` for every row strictly inside its bounds, and of one sign for all rows
/// at
/// lower bounds and of the other for those at upper ones, proves that every solution has those rows there:
/// the targets lie on a face of the set of totals within reach.
///
/// @param nearlyZero rows with a positive design weight whose weight is a millionth of it or less
/// @param atBounds   rows within a millionth of their way to a bound, those at 0 included
/// @param sentence   what there is to say if the solution is one of the boundary
record Boundary(int nearlyZero, int atBounds, Optional<String> sentence) {
    /// What counts as at a bound, as a part of the way there from a ratio of 1.
    private static final double NEAR = 1e-6;
    /// The same where targets are met loosely, and weights stop before they get there.
    private static final double MOST_NEAR = 1e-3;
    /// This part of all rows at bounds makes a solution one of the boundary.
    private static final double MANY = 0.25;
    /// Ratios below this are looked at again by a distance that keeps weights above 0.
    private static final double SUSPICIOUS = 0.1;
    /// The same where targets are met loosely.
    private static final double LOOSELY_SUSPICIOUS = 0.5;
    private static final double ROUNDING = 1e-8;

    /// Looks at weights that meet the targets.
    ///
    /// @param zerosChosen whether weights of exactly 0 are rows left out on purpose
    static Boundary of(
            Terms terms,
            CalibrationProblem problem,
            CalibrationSettings settings,
            double[] weights,
            boolean zerosChosen,
            Engine engine) {
        double near = Math.max(NEAR, Math.min(settings.tolerance(), MOST_NEAR));
        Sides sides = Sides.of(terms, weights, near, zerosChosen);
        boolean positive = settings.distance().naturalLower() == 0;
        boolean many = sides.atBounds > MANY * sides.rows;
        if (sides.nearlyZero > 0 && positive) {
            return sides.boundary(zero(sides.nearlyZero, forcing(terms, problem, sides)));
        }
        if (sides.atBounds > 0) {
            List<String> forcing = forcing(terms, problem, sides);
            if (!forcing.isEmpty() || many) {
                return sides.boundary(
                        sides.nearlyZero > 0
                                ? zero(sides.nearlyZero, forcing)
                                : sides.atBounds + " of " + sides.rows + " rows are at a bound" + because(forcing));
            }
        }
        boolean loose = settings.tolerance() > CalibrationSettings.DEFAULT_TOLERANCE;
        boolean unbounded = sides.leastLower <= 0;
        return unbounded
                        && (!positive || loose)
                        && sides.leastRatio < (loose ? LOOSELY_SUSPICIOUS : SUSPICIOUS)
                        && !zerosChosen
                ? probed(terms, problem, sides, engine)
                : sides.boundary("");
    }

    private static String zero(int rows, List<String> forcing) {
        return rows
                + (rows == 1 ? " row gets a weight of (nearly) 0" : " rows get weights of (nearly) 0")
                + because(forcing);
    }

    private static String because(List<String> forcing) {
        return forcing.isEmpty() ? "" : ", as " + Sentences.names(forcing) + " together leave no other choice";
    }

    /// Looks at the weights that the entropy distance finds, which has none below 0: the targets and not
    /// the distance
    /// decide whether they need weights of 0.
    private static Boundary probed(Terms terms, CalibrationProblem problem, Sides sides, Engine engine) {
        if (problem.targets().size() > CalibrationSettings.EXPLICIT_TARGETS) {
            return sides.boundary("");
        }
        CalibrationSettings raking = CalibrationSettings.raking();
        CalibrationProblem own = problem.withDesignWeights(terms.d).withoutRowBounds();
        Terms free = new Terms(own, raking.distance(), Bounds.none(), engine);
        Packed gram = free.gram();
        double[] scales = new double[problem.targets().size()];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = gram.get(j, j) > 0 ? Math.sqrt(gram.get(j, j)) : 1;
        }
        int[] supported = IntStream.range(0, scales.length)
                .filter(j -> gram.get(j, j) > 0)
                .toArray();
        int[] exact = IntStream.of(supported)
                .filter(j -> problem.targets().get(j).isExact())
                .toArray();
        int[] independent =
                Dependence.of(gram, scales, exact, new double[scales.length]).independent();
        int[] active = IntStream.concat(
                        IntStream.of(independent),
                        IntStream.of(supported)
                                .filter(j -> !problem.targets().get(j).isExact()))
                .sorted()
                .toArray();
        Newton.Outcome outcome = new Newton(raking, free, problem.targets(), active, scales, Optional.empty())
                .run(new ExplicitDirections(free, gram, active, scales), Progress.none());
        if (!outcome.met()) {
            return sides.boundary("");
        }
        Sides found = Sides.of(free, free.weights(outcome.lambda()), NEAR, false);
        return found.nearlyZero == 0
                ? sides.boundary("")
                : new Boundary(
                        Math.max(sides.nearlyZero, found.nearlyZero),
                        sides.atBounds,
                        Optional.of("weights of 0 or more meet the targets only where "
                                + zero(found.nearlyZero, forcing(free, problem, found))));
    }

    /// The targets that leave rows at bounds no choice; none if that is not proved.
    private static List<String> forcing(Terms terms, CalibrationProblem problem, Sides sides) {
        int columns = problem.targets().size();
        if (columns > CalibrationSettings.EXPLICIT_TARGETS) {
            return List.of();
        }
        Packed inner = terms.gram(i -> sides.side[i] == 0);
        double[] scales = new double[columns];
        List<Integer> there = new ArrayList<>();
        List<Map<Integer, Double>> directions = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            double square = inner.get(j, j);
            scales[j] = square > 0 ? Math.sqrt(square) : 1;
            if (problem.targets().get(j).isExact()) {
                if (square > 0) {
                    there.add(j);
                } else {
                    directions.add(Map.of(j, 1.0));
                }
            }
        }
        int[] candidates = there.stream().mapToInt(Integer::intValue).toArray();
        Dependence.of(inner, scales, candidates, new double[columns])
                .dependent()
                .forEach((j, combination) -> {
                    Map<Integer, Double> direction = new TreeMap<>();
                    combination.forEach((k, factor) -> direction.put(k, -factor));
                    direction.put(j, 1.0);
                    directions.add(direction);
                });
        for (Map<Integer, Double> direction : directions) {
            if (separates(terms, sides, direction, columns)) {
                return direction.keySet().stream()
                        .map(j -> problem.targets().get(j).name())
                        .toList();
            }
        }
        return List.of();
    }

    /// Whether rows at lower bounds lie on one side of a direction and those at upper bounds on the other.
    private static boolean separates(Terms terms, Sides sides, Map<Integer, Double> direction, int columns) {
        double[] v = new double[columns];
        double[] sizes = new double[columns];
        direction.forEach((j, factor) -> {
            v[j] = factor;
            sizes[j] = Math.abs(factor);
        });
        boolean up = false;
        boolean down = false;
        int[] ids = new int[columns];
        double[] values = new double[columns];
        for (RowBlock block : terms.design.blocks()) {
            for (int r = 0; r < block.rows(); r++) {
                byte side = sides.side[block.first() + r];
                if (side != Sides.LOWER && side != Sides.UPPER) {
                    continue;
                }
                double sum = 0;
                double size = 0;
                int count = block.unpack(r, ids, values);
                for (int e = 0; e < count; e++) {
                    sum += v[ids[e]] * values[e];
                    size += sizes[ids[e]] * Math.abs(values[e]);
                }
                double toward = Math.abs(sum) <= ROUNDING * size ? 0 : side * sum;
                up |= toward > 0;
                down |= toward < 0;
            }
        }
        return up != down;
    }

    /// On which side of its room each row is.
    private static final class Sides {
        static final byte LOWER = -1;
        static final byte UPPER = 1;
        /// Takes no part: no weight, no room, or left out.
        static final byte OUT = 2;

        final byte[] side;
        int rows;
        int nearlyZero;
        int atBounds;
        double leastRatio = Double.POSITIVE_INFINITY;
        double leastLower = Double.POSITIVE_INFINITY;

        private Sides(int rows) {
            side = new byte[rows];
            Arrays.fill(side, OUT);
        }

        static Sides of(Terms terms, double[] weights, double near, boolean zerosChosen) {
            Sides sides = new Sides(weights.length);
            for (int i = 0; i < weights.length; i++) {
                double lower = terms.lower(i);
                double upper = terms.upper(i);
                if (terms.d[i] > 0 && lower < upper && !(zerosChosen && weights[i] == 0)) {
                    double ratio = weights[i] / terms.d[i];
                    boolean zero = Math.abs(ratio) <= near;
                    boolean low = !Double.isInfinite(lower)
                            && (ratio - lower <= near * Math.max(1 - lower, 0) || zero && lower >= 0);
                    boolean high = !Double.isInfinite(upper) && upper - ratio <= near * Math.max(upper - 1, 0);
                    sides.rows++;
                    sides.nearlyZero += zero ? 1 : 0;
                    sides.atBounds += low || high ? 1 : 0;
                    sides.side[i] = low ? LOWER : high ? UPPER : 0;
                    sides.leastRatio = Math.min(sides.leastRatio, ratio);
                    sides.leastLower = Math.min(sides.leastLower, lower);
                }
            }
            return sides;
        }

        Boundary boundary(String sentence) {
            return new Boundary(nearlyZero, atBounds, sentence.isEmpty() ? Optional.empty() : Optional.of(sentence));
        }
    }
}
