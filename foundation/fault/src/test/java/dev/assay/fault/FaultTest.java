package dev.assay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void placesNestOutwards() {
        Fault fault = Fault.of(Fault.Kind.BAD_DATA, "it is empty").at("line 7").at("a.csv");

        assertThat(fault).hasMessage("a.csv: line 7: it is empty");
        assertThat(fault.place()).contains("a.csv: line 7");
        assertThat(fault.sentence()).isEqualTo("it is empty");
    }

    @Test
    void aPlaceIsOneLine() {
        assertThat(Fault.of(Fault.Kind.BAD_DATA, "it is empty").at("a\nassay: passed"))
                .hasMessage("a\\u000aassay: passed: it is empty");
    }

    @Test
    void everyKindHasItsOwnExitCodeAndNoneIsSuccess() {
        assertThat(Arrays.stream(Fault.Kind.values()).map(Fault.Kind::exitCode))
                .doesNotHaveDuplicates()
                .allMatch(code -> code > 0 && code < 256);
    }

    @Test
    void theNearestNameIsSuggested() {
        assertThat(Nearest.to("tres", List.of("trees", "rows"))).contains("trees");
        assertThat(Nearest.to("minlaef", List.of("min-leaf", "max-depth"))).contains("min-leaf");
        assertThat(Nearest.clause("distnace", List.of("distance", "bounds"))).isEqualTo(" Did you mean 'distance'?");
    }

    @Test
    void nothingIsSuggestedWhenNothingIsNear() {
        assertThat(Nearest.to("zzzzzzzz", List.of("trees", "rows"))).isEmpty();
        assertThat(Nearest.clause("x", List.of())).isEmpty();
    }
}
