package dev.assay.bench;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Measures of one ranking against judgements, as `trec_eval` defines them. Relevant is a judgement above 0.
///
/// @param averagePrecision the mean over relevant documents of the precision at their rank, 0 for those not
///                         ranked
/// @param precisionAt30    relevant among the first 30, divided by 30
/// @param ndcgAt10         discounted gain of the first 10 (gain: the judgement, discount: log2(rank + 1)),
///                         divided by that of the best order
/// @param recallAt1000     relevant among the first 1000, divided by all that are relevant
record RankingMeasures(double averagePrecision, double precisionAt30, double ndcgAt10, double recallAt1000) {
    static RankingMeasures of(List<String> ranking, Map<String, Integer> judged) {
        long relevant = judged.values().stream().filter(r -> r > 0).count();
        if (relevant == 0) {
            throw new IllegalArgumentException("a topic without relevant documents has no measures");
        }
        double precisions = 0;
        double gain = 0;
        int found = 0;
        int within30 = 0;
        for (int rank = 1; rank <= Math.min(1000, ranking.size()); rank++) {
            int relevance = judged.getOrDefault(ranking.get(rank - 1), 0);
            if (relevance > 0) {
                found++;
                precisions += (double) found / rank;
                within30 += rank <= 30 ? 1 : 0;
                gain += rank <= 10 ? relevance / log2(rank + 1) : 0;
            }
        }
        return new RankingMeasures(
                precisions / relevant, within30 / 30.0, gain / best(judged.values()), (double) found / relevant);
    }

    private static double best(Collection<Integer> judgements) {
        List<Integer> order = judgements.stream()
                .filter(r -> r > 0)
                .sorted(Collections.reverseOrder())
                .limit(10)
                .toList();
        double gain = 0;
        for (int i = 0; i < order.size(); i++) {
            gain += order.get(i) / log2(i + 2);
        }
        return gain;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
