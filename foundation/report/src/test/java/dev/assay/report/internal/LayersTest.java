package dev.assay.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.report.PlanRow;
import dev.assay.report.StageStatus;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayersTest {

    @Test
    void aStageStandsRightOfAllItDependsOn() {
        Layers layers = new Layers(List.of(row("a"), row("b", "a"), row("c", "b"), row("d", "a", "c")));
        assertThat(layers.layers()).hasSize(4);
        assertThat(layerOf(layers, 0)).isZero();
        assertThat(layerOf(layers, 3)).isEqualTo(3);
    }

    @Test
    void aLineOverSeveralLayersHasAPlaceInEach() {
        Layers layers = new Layers(List.of(row("a"), row("b", "a"), row("c", "b"), row("d", "a", "c")));
        Layers.Line longest = layers.lines().stream()
                .filter(line -> line.places().size() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(longest.places()).extracting(Layers.Place::layer).containsExactly(0, 1, 2, 3);
        assertThat(longest.places().subList(1, 3)).allMatch(place -> place.stage() < 0);
    }

    @Test
    void linesThatCrossAsPlannedAreUncrossed() {
        Layers layers = new Layers(List.of(row("a"), row("b"), row("under", "b"), row("over", "a")));
        List<Integer> right =
                layers.layers().get(1).stream().map(Layers.Place::stage).toList();
        List<Integer> left =
                layers.layers().getFirst().stream().map(Layers.Place::stage).toList();
        assertThat(right.indexOf(3) < right.indexOf(2)).isEqualTo(left.indexOf(0) < left.indexOf(1));
    }

    @Test
    void namesThatAreNotInThePlanAndCirclesAreNoLines() {
        Layers layers = new Layers(List.of(row("a", "b", "nowhere", "a"), row("b", "a", "a")));
        assertThat(layers.lines()).hasSize(1);
        assertThat(layers.layers()).hasSize(2);
    }

    private static int layerOf(Layers layers, int stage) {
        for (int i = 0; i < layers.layers().size(); i++) {
            if (layers.layers().get(i).stream().anyMatch(place -> place.stage() == stage)) {
                return i;
            }
        }
        throw new AssertionError("stage " + stage + " is in no layer");
    }

    private static PlanRow row(String stage, String... needs) {
        return new PlanRow(
                stage,
                "kind.verb",
                "",
                StageStatus.PASSED,
                "",
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(needs));
    }
}
