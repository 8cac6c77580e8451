package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receipt.ReceiptReader;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.Verification;
import dev.assay.study.fake.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stages that depend on something that no key holds.
class OutsideTest {
    private static final String YAML = """
            study: o
            seed: 1
            stages:
              ask: { kind: test.ask }
              count: { kind: test.count, up-to: 3 }
            """;

    @TempDir
    Path folder;

    Bench bench;
    final AtomicLong answers = new AtomicLong();

    @BeforeEach
    void setUp() {
        bench = new Bench(folder);
        bench.with(
                "test.ask",
                (in, context) -> new Numbers("answer", List.of(answers.incrementAndGet())),
                Optional.of("the oracle at http://localhost:1"));
    }

    @Test
    void otherAnswersAreNoViolationAndEverybodyIsToldWhereTheyCameFrom() {
        RunView first = bench.run(YAML);
        bench.settings = bench.settings.withFresh(true);
        RunView second = bench.run(YAML);

        StageView then = Bench.stage(first, "ask");
        StageView now = Bench.stage(second, "ask");
        assertThat(now.key()).isEqualTo(then.key());
        assertThat(now.outputs()).isNotEqualTo(then.outputs());
        assertThat(now.violations()).isEmpty();
        assertThat(now.outside()).contains("the oracle at http://localhost:1");
        assertThat(bench.seen(Event.ResultChanged.class)).isEmpty();
        assertThat(second.drift().orElseThrow().severity()).isEqualTo(RunView.Severity.OK);
        assertThat(second.drift().orElseThrow().flags())
                .noneMatch(flag -> flag.check().equals("D1"))
                .anyMatch(flag -> flag.subject().equals("ask") && flag.text().contains("oracle"));
        assertThat(ReceiptReader.at(bench.workspace.folder(second)).stage("ask").outside())
                .contains("the oracle at http://localhost:1");
        Verification verification = ReceiptVerifier.verify(bench.workspace.folder(second));
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.outside()).containsOnlyKeys("ask");
        assertThat(Bench.stage(second, "count").outside()).isEmpty();
    }

    @Test
    void whatWasAnsweredIsTakenAgainLikeAnyResultAndStillSaysSo() {
        bench.run(YAML);
        RunView second = bench.run(YAML);
        assertThat(answers).hasValue(1);
        assertThat(Bench.stage(second, "ask").reused()).isTrue();
        assertThat(Bench.stage(second, "ask").outside()).contains("the oracle at http://localhost:1");
        assertThat(Bench.stage(bench.workspace.run("latest"), "ask").outside())
                .contains("the oracle at http://localhost:1");
    }

    @Test
    void aFailedOneSaysSoToo() {
        bench.with(
                "test.ask",
                (in, context) -> {
                    throw new IllegalStateException("no answer");
                },
                Optional.of("the oracle"));
        assertThat(Bench.stage(bench.run(YAML), "ask").outside()).contains("the oracle");
    }
}
