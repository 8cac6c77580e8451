package dev.assay.report.internal;

import dev.assay.report.PlanRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the stages of a plan into layers from left to right, each stage right of all it depends on, with few
/// crossings.
///
/// The steps of Sugiyama, Tagawa and Toda (1981): layers by the longest path; a place in every layer that a
/// long line passes through, so that it runs between the boxes; order within a layer by the middle of the
/// neighbours, a few sweeps forth and back.
final class Layers {
    /// Sweeps over the layers; plans are small, and later sweeps change nothing.
    private static final int SWEEPS = 6;

    /// A place in a layer: a stage, or a place that a line passes through.
    ///
    /// @param stage index in the plan, -1 for a place that a line passes through
    /// @param layer layer from the left
    record Place(int stage, int layer) {}

    /// A line from a stage to one that depends on it, by the places it touches.
    record Line(List<Place> places) {}

    private final List<List<Place>> layers = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    Layers(List<PlanRow> plan) {
        int[][] needs = needs(plan);
        int[] depth = depths(needs);
        List<Place> stages = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            stages.add(place(i, depth[i]));
        }
        for (int i = 0; i < plan.size(); i++) {
            for (int need : needs[i]) {
                List<Place> places = new ArrayList<>();
                places.add(stages.get(need));
                for (int layer = depth[need] + 1; layer < depth[i]; layer++) {
                    places.add(passing(layer));
                }
                places.add(stages.get(i));
                lines.add(new Line(places));
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            sort(sweep % 2 == 0);
        }
    }

    /// The layers from left to right, each from top to bottom.
    List<List<Place>> layers() {
        return layers;
    }

    /// The lines between stages.
    List<Line> lines() {
        return lines;
    }

    private Place place(int stage, int layer) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Place place = new Place(stage, layer);
        layers.get(layer).add(place);
        return place;
    }

    /// Numbers below zero tell the places that lines pass through apart.
    private Place passing(int layer) {
        return place(-1 - layers.get(layer).size(), layer);
    }

    /// The stages each stage depends on. A name that is not in the plan, or stands later in it, is no line: a
    /// plan is in an order in which it can run, and what is not cannot be drawn from left to right.
    private static int[][] needs(List<PlanRow> plan) {
        Map<String, Integer> byName = new HashMap<>();
        int[][] needs = new int[plan.size()][];
        for (int i = 0; i < plan.size(); i++) {
            needs[i] = plan.get(i).dependsOn().stream()
                    .filter(byName::containsKey)
                    .mapToInt(byName::get)
                    .distinct()
                    .toArray();
            byName.putIfAbsent(plan.get(i).stage(), i);
        }
        return needs;
    }

    private static int[] depths(int[][] needs) {
        int[] depth = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            for (int need : needs[i]) {
                depth[i] = Math.max(depth[i], depth[need] + 1);
            }
        }
        return depth;
    }

    private void sort(boolean forth) {
        Map<Place, List<Place>> neighbours = new LinkedHashMap<>();
        for (Line line : lines) {
            for (int i = 0; i + 1 < line.places().size(); i++) {
                Place left = line.places().get(i);
                Place right = line.places().get(i + 1);
                neighbours
                        .computeIfAbsent(forth ? right : left, p -> new ArrayList<>())
                        .add(forth ? left : right);
            }
        }
        for (int step = 1; step < layers.size(); step++) {
            int at = forth ? step : layers.size() - 1 - step;
            List<Place> fixed = layers.get(forth ? at - 1 : at + 1);
            List<Place> layer = layers.get(at);
            Map<Place, Double> middle = new HashMap<>();
            for (int i = 0; i < layer.size(); i++) {
                double own = (i + 0.5) / layer.size();
                middle.put(
                        layer.get(i),
                        neighbours.getOrDefault(layer.get(i), List.of()).stream()
                                .mapToDouble(p -> (fixed.indexOf(p) + 0.5) / fixed.size())
                                .average()
                                .orElse(own));
            }
            layer.sort(Comparator.comparingDouble(p -> middle.getOrDefault(p, 0.0)));
        }
    }
}
