package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
    @ParameterizedTest
    @CsvSource({
        "ABOVE, 0.91, 0.95, HOLDS",
        "ABOVE, 0.90, 0.95, UNDECIDED",
        "ABOVE, 0.85, 0.95, UNDECIDED",
        "ABOVE, 0.80, 0.90, CONTRADICTED",
        "ABOVE, NaN,  NaN,  NOT_MEASURED",
        "BELOW, 0.80, 0.89, HOLDS",
        "BELOW, 0.80, 0.90, UNDECIDED",
        "BELOW, 0.90, 0.95, CONTRADICTED"
    })
    void anIntervalDecidesOnlyIfItLiesWhollyOnOneSide(Claim.Side side, double low, double high, Claim.Verdict verdict) {
        Claim claim = new Claim("c", "says", "s", "m", side, 0.9);
        assertThat(claim.judge(Metric.estimate("m", (low + high) / 2, low, high, 10, "row")))
                .isEqualTo(verdict);
    }

    @Test
    void anExactMetricIsJudgedByItsValueAndAnAbsentOneNot() {
        Claim claim = new Claim("c", "says", "s", "m", Claim.Side.ABOVE, 0.9);
        assertThat(claim.judge(Metric.exact("m", 0.91, 1))).isEqualTo(Claim.Verdict.HOLDS);
        assertThat(claim.judge(Metric.exact("m", 0.9, 1))).isEqualTo(Claim.Verdict.CONTRADICTED);
        assertThat(claim.judge(Metric.absent("m", 1, "no rows"))).isEqualTo(Claim.Verdict.NOT_MEASURED);
    }

    @Test
    void theClaimsOfAStudyAreJudgedAfterTheRun(@TempDir Path folder) {
        Bench bench = new Bench(folder);
        RunView run = bench.run("""
                study: claims
                seed: 1
                stages:
                  a: { kind: test.count, up-to: 10 }
                claims:
                  - { id: ten, says: "the last is above nine", at: a.last, above: 9 }
                  - { id: mean, says: "the mean is above five", at: a.mean, above: 5 }
                  - { id: none, says: "nobody measures this", at: a.spread, below: 1 }
                """);
        assertThat(run.claims())
                .extracting(RunView.ClaimView::verdict)
                .containsExactly(Claim.Verdict.HOLDS, Claim.Verdict.UNDECIDED, Claim.Verdict.NOT_MEASURED);
        assertThat(bench.seen(Event.ClaimJudged.class)).hasSize(3);
        assertThat(bench.workspace.run("latest").claims()).isEqualTo(run.claims());
    }
}
