package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.frame.Frame;
import dev.assay.measure.GateMetrics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against scikit-learn 1.2.1's HistGradientBoostingClassifier on the same rows: gate_reference.json.
class BoostedClassifierReferenceTest {
    private static final List<String> PREDICTORS =
            List.of("age", "education_num", "sex_male", "married", "hr_per_week", "self_emp");

    private final Frame x = Adult.features();
    private final Frame people = Adult.people();

    @ParameterizedTest
    @ValueSource(strings = {"capital_gain_nonzero", "capital_loss_nonzero", "income_gt_50k"})
    void isAsGoodAsTheReferenceOnNewPeople(String target) {
        int[] labels = labels(target);
        int[] train = Adult.training(labels.length);
        int[] valid = Adult.validation(labels.length);
        try (Engine engine = LocalEngine.ofAllCores()) {
            BoostedClassifier gate = BoostedClassifier.fit(
                    BoostingSettings.DEFAULT,
                    Predictors.of(x.at(train), PREDICTORS),
                    new Response.Classes(labels, 2).at(train),
                    Adult.ones(train.length),
                    Seed.of(1),
                    engine,
                    Progress.none());
            double[] p = gate.probabilities(Predictors.of(x.at(valid), PREDICTORS), engine);
            GateMetrics metrics = GateMetrics.binary(
                    IntStream.range(0, valid.length).mapToDouble(i -> p[2 * i + 1]).toArray(),
                    IntStream.of(valid).map(i -> labels[i]).toArray());
            System.out.println(target + " " + metrics + " rounds " + gate.rounds() + " ref " + Adult.gateReference(target, "log_loss"));
            assertThat(metrics.logLoss()).isLessThan(1.02 * Adult.gateReference(target, "log_loss"));
            assertThat(metrics.ece()).isLessThan(0.015);
        }
    }

    private int[] labels(String target) {
        double[] gain = people.numbers("capital_gain");
        double[] loss = people.numbers("capital_loss");
        return IntStream.range(0, people.rows())
                .map(i -> switch (target) {
                    case "capital_gain_nonzero" -> gain[i] != 0 ? 1 : 0;
                    case "capital_loss_nonzero" -> loss[i] != 0 ? 1 : 0;
                    default -> ">50K".equals(people.column("income").text(i)) ? 1 : 0;
                })
                .toArray();
    }
}
