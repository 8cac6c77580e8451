package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
    @Test
    void aTextBecomesAPartOfANameInLowerCaseWithHyphens() {
        assertThat(Metric.part("ZI_qrf 2")).isEqualTo("zi-qrf-2");
        assertThat(Metric.part("zi-qrf")).isEqualTo("zi-qrf");
    }

    @Test
    void namesThatAreTheSameAreNumberedInOrder() {
        assertThat(Metric.apart(List.of("a", "b", "a", "a"))).containsExactly("a", "b", "a-2", "a-3");
    }

    @Test
    void aNameThatNobodyElseHasIsKeptWhateverOthersAreCalled() {
        assertThat(Metric.apart(List.of("a", "a", "a-2", "a", "a-2")))
                .containsExactly("a", "a-3", "a-2", "a-4", "a-2-2");
        assertThat(Metric.apart(List.of("b", "a-2"))).containsExactly("b", "a-2");
    }
}
