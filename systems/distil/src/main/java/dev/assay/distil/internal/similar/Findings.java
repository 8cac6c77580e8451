package dev.assay.distil.internal.similar;

import dev.assay.distil.NearDuplicateReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns what was found among rows into what is said of keys.
///
/// @param keys     of the rows that are in a pair or in a group of equal sets; others may be empty
/// @param equal    rows with equal sets, of which the first was searched
/// @param pairs    found among the searched rows
/// @param clusters with the pairs united
public record Findings(String[] keys, Groups equal, PairList pairs, Clusters clusters) {
    private static final Comparator<NearDuplicateReport.Pair> BY_KEYS = Comparator.comparing(
                    NearDuplicateReport.Pair::first, KeyOrder.BY_CODE_POINTS)
            .thenComparing(NearDuplicateReport.Pair::second, KeyOrder.BY_CODE_POINTS);

    /// The report; unites the equal sets.
    public NearDuplicateReport report(int withoutTokens, boolean exact) {
        List<NearDuplicateReport.Pair> listed = new ArrayList<>();
        Map<Integer, String> earliest = new HashMap<>();
        for (int g = 0; g < equal.count(); g++) {
            earliest.put(equal.row(equal.start(g)), unite(g, listed));
        }
        for (int i = 0; i < pairs.size(); i++) {
            String x = earliest.getOrDefault(pairs.first(i), keys[pairs.first(i)]);
            String y = earliest.getOrDefault(pairs.second(i), keys[pairs.second(i)]);
            boolean ordered = KeyOrder.BY_CODE_POINTS.compare(x, y) < 0;
            listed.add(new NearDuplicateReport.Pair(ordered ? x : y, ordered ? y : x, pairs.similarity(i)));
        }
        listed.sort(BY_KEYS);
        return new NearDuplicateReport(keys.length, withoutTokens, exact, listed, united());
    }

    /// Unites a group of equal sets and lists them.
    ///
    /// @return the earliest key
    private String unite(int group, List<NearDuplicateReport.Pair> listed) {
        int first = equal.row(equal.start(group));
        List<String> members = new ArrayList<>();
        for (int place = equal.start(group); place < equal.start(group + 1); place++) {
            clusters.unite(first, equal.row(place));
            members.add(keys[equal.row(place)]);
        }
        members.sort(KeyOrder.BY_CODE_POINTS);
        for (String other : members.subList(1, members.size())) {
            listed.add(new NearDuplicateReport.Pair(members.getFirst(), other, 1));
        }
        return members.getFirst();
    }

    private List<NearDuplicateReport.Cluster> united() {
        Map<Integer, List<String>> byRoot = new HashMap<>();
        for (int row = 0; row < keys.length; row++) {
            if (clusters.sizeAt(row) > 1) {
                byRoot.computeIfAbsent(clusters.root(row), r -> new ArrayList<>())
                        .add(keys[row]);
            }
        }
        Map<String, NearDuplicateReport.Cluster> byKept = new TreeMap<>(KeyOrder.BY_CODE_POINTS);
        for (List<String> members : byRoot.values()) {
            members.sort(KeyOrder.BY_CODE_POINTS);
            byKept.put(
                    members.getFirst(),
                    new NearDuplicateReport.Cluster(members.getFirst(), members.subList(1, members.size())));
        }
        return List.copyOf(byKept.values());
    }
}
