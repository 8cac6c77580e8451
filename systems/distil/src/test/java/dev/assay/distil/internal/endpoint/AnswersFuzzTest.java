package dev.assay.distil.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswersFuzzTest {
    @Test
    @Timeout(120)
    void whateverAServerSaysIsAnAnswerOrAFailure() {
        int inputs = Fuzz.inputs(2_000);
        EndPointFuzz.Outcome outcome = EndPointFuzz.run(inputs, Fuzz.seed(20_260_131));
        assertThat(outcome.answers()).isGreaterThan(inputs / 2);
        assertThat(outcome.failures()).isGreaterThan(inputs / 2);
    }
}
