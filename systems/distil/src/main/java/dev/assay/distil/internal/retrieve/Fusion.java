package dev.assay.distil.internal.retrieve;

import dev.assay.distil.RetrievalMethod.Fused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sums of reciprocal ranks.
final class Fusion {
    private Fusion() {}

    static List<Ranked> of(List<List<Ranked>> rankings, int k) {
        Map<Integer, Ranked> sums = new LinkedHashMap<>();
        for (List<Ranked> ranking : rankings) {
            for (int i = 0; i < ranking.size(); i++) {
                Ranked each = ranking.get(i);
                double share = 1.0 / (Fused.RANK_CONSTANT + i + 1);
                Ranked before = sums.get(each.document());
                sums.put(
                        each.document(),
                        new Ranked(each.document(), each.id(), share + (before == null ? 0 : before.score())));
            }
        }
        List<Ranked> best = new ArrayList<>(sums.values());
        Collections.sort(best);
        return best.subList(0, Math.min(k, best.size()));
    }
}
