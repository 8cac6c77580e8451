package dev.assay.trees.internal;

import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.trees.Feature;
import dev.assay.trees.Predictors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How predictors become byte codes, learnt from training rows and applied to any rows.
///
/// A numeric feature with few distinct values keeps them all; one with many is cut at quantiles of the training
/// rows.
/// A categorical feature has a code a level that occurs in training; past 255 levels the rarest share the last
/// code.
public final class Binning {
    /// A code is one byte and 0 is missing.
    private static final int MOST = 255;

    private sealed interface Rule {
        int values();
    }

    /// Code of v: 1 + the number of cuts below v.
    private record Cuts(double[] cuts) implements Rule {
        @Override
        public int values() {
            return cuts.length + 1;
        }
    }

    private record Levels(Map<String, Integer> codes, int values) implements Rule {}

    private record Coded(byte[] column, long unseen) {}

    private final List<String> names;
    private final List<Rule> rules;

    private Binning(List<String> names, List<Rule> rules) {
        this.names = names;
        this.rules = rules;
    }

    /// Learns the codes.
    ///
    /// @param bins most value bins of a numeric feature, 2 to 255
    public static Binning fit(Predictors x, int bins, Engine engine) {
        if (x.features().size() > Tree.MOST_FEATURES) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "there are " + x.features().size() + " predictors; trees take at most " + Tree.MOST_FEATURES + ".");
        }
        List<Rule> rules =
                engine.map(x.features().size(), f -> switch (x.features().get(f)) {
                    case Feature.Numeric n -> cuts(n.values(), bins);
                    case Feature.Categorical c -> levels(c);
                });
        return new Binning(x.names(), List.copyOf(rules));
    }

    private static Cuts cuts(double[] values, int bins) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        while (n > 0 && Double.isNaN(sorted[n - 1])) {
            n--;
        }
        int distinct = n > 0 ? 1 : 0;
        for (int i = 1; i < n; i++) {
            if (sorted[i] > sorted[i - 1]) {
                distinct++;
            }
        }
        double[] cuts = new double[Math.max(0, Math.min(distinct, bins) - 1)];
        int k = 0;
        if (distinct <= bins) {
            for (int i = 1; i < n; i++) {
                if (sorted[i] > sorted[i - 1]) {
                    cuts[k++] = between(sorted[i - 1], sorted[i]);
                }
            }
            return new Cuts(cuts);
        }
        int last = 0;
        for (int b = 1; b < bins; b++) {
            // The first change of value at or past the quantile, so that equal values never part and a heavy value
            // does not swallow the cuts of its neighbours.
            int i = Math.max(last + 1, (int) ((long) b * n / bins));
            while (i < n && !(sorted[i] > sorted[i - 1])) {
                i++;
            }
            if (i >= n) {
                break;
            }
            cuts[k++] = between(sorted[i - 1], sorted[i]);
            last = i;
        }
        return new Cuts(Arrays.copyOf(cuts, k));
    }

    /// A value in `[low, high)`, in the middle where doubles allow it.
    private static double between(double low, double high) {
        double middle = low / 2 + high / 2;
        return middle >= low && middle < high ? middle : low;
    }

    private static Levels levels(Feature.Categorical c) {
        int count = c.levels().size();
        long[] rows = new long[count];
        for (int code : c.codes()) {
            if (code >= 0) {
                rows[code]++;
            }
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        boolean crowded = Arrays.stream(rows).filter(r -> r > 0).count() > MOST;
        if (crowded) {
            Arrays.sort(order, (a, b) -> Long.compare(rows[b], rows[a]));
        }
        Map<String, Integer> codes = new HashMap<>();
        int used = 0;
        for (int level : order) {
            if (rows[level] > 0) {
                used = Math.min(used + 1, MOST);
                codes.put(c.levels().get(level), used);
            }
        }
        return new Levels(Map.copyOf(codes), used);
    }

    /// The codes of these rows.
    ///
    /// @throws Fault (BAD_DATA) if the predictors are not those of training: other names, order or kinds
    public Codes apply(Predictors x, Engine engine) {
        if (!x.names().equals(names)) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the predictors are " + String.join(", ", x.names()) + ", but the model was fitted on "
                            + String.join(", ", names) + "; give the same columns in the same order.");
        }
        List<Coded> coded = engine.map(rules.size(), f -> code(x.features().get(f), rules.get(f)));
        byte[][] columns = new byte[rules.size()][];
        int[] values = new int[rules.size()];
        boolean[] categorical = new boolean[rules.size()];
        long unseen = 0;
        for (int f = 0; f < columns.length; f++) {
            columns[f] = coded.get(f).column();
            values[f] = rules.get(f).values();
            categorical[f] = rules.get(f) instanceof Levels;
            unseen += coded.get(f).unseen();
        }
        return new Codes(columns, values, categorical, x.rows(), unseen);
    }

    private static Coded code(Feature feature, Rule rule) {
        return switch (feature) {
            case Feature.Numeric n -> {
                if (rule instanceof Cuts cuts) {
                    yield code(n.values(), cuts.cuts());
                }
                throw otherKind(n.name(), "numeric", "categorical");
            }
            case Feature.Categorical c -> {
                if (rule instanceof Levels levels) {
                    yield code(c, levels);
                }
                throw otherKind(c.name(), "categorical", "numeric");
            }
        };
    }

    private static Fault otherKind(String name, String now, String then) {
        return Fault.of(
                Fault.Kind.BAD_DATA,
                "predictor '" + name + "' is " + now + ", but was " + then
                        + " when the model was fitted; give it the same type.");
    }

    private static Coded code(double[] values, double[] cuts) {
        byte[] column = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            if (Double.isNaN(v)) {
                continue;
            }
            int low = 0;
            int high = cuts.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cuts[middle] < v) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            column[i] = (byte) (low + 1);
        }
        return new Coded(column, 0);
    }

    private static Coded code(Feature.Categorical c, Levels levels) {
        byte[] ofLevel = new byte[c.levels().size()];
        for (int l = 0; l < ofLevel.length; l++) {
            ofLevel[l] = levels.codes()
                    .getOrDefault(c.levels().get(l), Codes.MISSING)
                    .byteValue();
        }
        byte[] column = new byte[c.codes().length];
        long unseen = 0;
        for (int i = 0; i < column.length; i++) {
            int level = c.codes()[i];
            if (level >= 0) {
                column[i] = ofLevel[level];
                if (column[i] == Codes.MISSING) {
                    unseen++;
                }
            }
        }
        return new Coded(column, unseen);
    }
}
