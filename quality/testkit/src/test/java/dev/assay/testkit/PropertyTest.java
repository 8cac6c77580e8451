package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PropertyTest {
    @Test
    void everyCaseIsChecked() {
        AtomicInteger cases = new AtomicInteger();
        Property.holds(25, seed -> cases.incrementAndGet());
        assertThat(cases).hasValue(25);
    }

    @Test
    void aFailureNamesTheSeedThatBringsItBack() {
        AtomicInteger cases = new AtomicInteger();
        assertThatThrownBy(() -> Property.holds(10, seed -> {
                    if (cases.incrementAndGet() == 4) {
                        throw new IllegalStateException("case four");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dassay.property.seed=20261124")
                .hasMessageContaining("case four");
    }
}
