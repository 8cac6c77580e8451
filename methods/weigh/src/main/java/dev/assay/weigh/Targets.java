package dev.assay.weigh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The targets of a calibration; the j-th belongs to the design's column j.
public record Targets(List<Target> list) {
    /// @throws IllegalArgumentException if there are none or two share a name
    public Targets {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("calibration needs at least one target");
        }
        Set<String> names = new HashSet<>();
        for (Target target : list) {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException("two targets are named '" + target.name() + "'");
            }
        }
    }

    /// Exact targets named `t0`, `t1`, ...
    public static Targets of(double... values) {
        List<Target> list = new ArrayList<>();
        for (double value : values) {
            list.add(Target.exact("t" + list.size(), value));
        }
        return new Targets(list);
    }

    /// Number of targets.
    public int size() {
        return list.size();
    }

    /// The j-th target.
    public Target get(int j) {
        return list.get(j);
    }

    /// The totals, in order.
    public double[] values() {
        return list.stream().mapToDouble(Target::value).toArray();
    }

    /// The names, in order.
    public List<String> names() {
        return list.stream().map(Target::name).toList();
    }
}
