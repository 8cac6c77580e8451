package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.PersonalData.Kind;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What filters find in the sets of model runs. Counts of addresses and of benchmark questions are those of
/// an independent program; counts of pairs were measured apart from this one.
class FiltersOnRealRunsTest {
    private static final int SEEDS = 20;

    private static Engine engine;
    private static List<RunTexts.Run> zeroeval;
    private static List<RunTexts.Run> tauBench;
    private static List<KeyedText> accepted;
    private static Map<String, String> taskOf;

    @BeforeAll
    static void read() throws IOException {
        engine = LocalEngine.of(2);
        zeroeval = RunTexts.zeroeval();
        tauBench = RunTexts.tauBench();
        accepted = zeroeval.stream()
                .filter(RunTexts.Run::accepted)
                .map(RunTexts.Run::keyed)
                .toList();
        taskOf = new HashMap<>();
        zeroeval.forEach(run -> taskOf.put(run.runId(), run.taskId()));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void theSetsAreAsLargeAsTheyShouldBe() {
        assertThat(zeroeval).hasSize(7914);
        assertThat(accepted).hasSize(6499);
        assertThat(tauBench).hasSize(288);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 62, 58", "0.6, 26, 24", "0.7, 15, 15", "0.8, 5, 5", "0.9, 0, 0"})
    void acceptedAnswersHaveTheKnownNearDuplicates(double threshold, int pairs, int removed) {
        NearDuplicateReport report =
                NearDuplicates.find(accepted, NearDuplicateSettings.defaults().withThreshold(threshold), engine);

        assertThat(report.exact()).isTrue();
        assertThat(report.texts()).isEqualTo(6499);
        assertThat(report.withoutTokens()).isZero();
        assertThat(report.pairs()).hasSize(pairs);
        assertThat(report.removed()).hasSize(removed);
        assertThat(report.pairs())
                .allSatisfy(pair -> assertThat(taskOf.get(pair.first())).isEqualTo(taskOf.get(pair.second())));
    }

    @Test
    void minHashFindsWhatItIsExpectedToFind() {
        NearDuplicateSettings settings = NearDuplicateSettings.defaults();
        Set<NearDuplicateReport.Pair> all =
                new HashSet<>(NearDuplicates.find(accepted, settings, engine).pairs());
        int found = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            NearDuplicateReport report =
                    NearDuplicates.find(accepted, settings.withExactUpTo(0).withSeed(seed), engine);
            assertThat(report.exact()).isFalse();
            assertThat(all).containsAll(report.pairs());
            found += report.pairs().size();
        }
        // At least 0.92 is expected of pairs above 0.8; a hundred tries leave room for three standard deviations.
        assertThat((double) found / (SEEDS * all.size())).isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void everyPromptAndManyAnswersHoldAQuestionOfTheBenchmark() {
        List<KeyedText> questions = RunTexts.questions(zeroeval);
        Decontamination benchmark = Decontamination.of(questions);

        assertThat(benchmark.questions()).isEqualTo(1319);
        assertThat(benchmark.grams()).isEqualTo(47_598);
        assertThat(benchmark.onlyAlone()).isEmpty();
        assertThat(benchmark.unfindable()).isEmpty();
        assertThat(hits(benchmark, zeroeval, false)).isEqualTo(7914);
        assertThat(hits(benchmark, zeroeval, true)).isEqualTo(1227);
        assertThat(hits(benchmark, tauBench, false)).isZero();
    }

    @Test
    void dialoguesHoldTheKnownAddressesAndNothingElseIsPersonal() {
        int rows = 0;
        int hits = 0;
        Set<String> distinct = new HashSet<>();
        Map<String, Integer> byStream = new HashMap<>();
        for (RunTexts.Run run : tauBench) {
            String row = run.text() + "\n" + run.prompt();
            List<PersonalData.Finding> found = PersonalData.find(row);
            assertThat(found).allSatisfy(each -> assertThat(each.kind()).isEqualTo(Kind.EMAIL));
            found.forEach(
                    each -> distinct.add(row.substring(each.from(), each.to()).toLowerCase(Locale.ROOT)));
            hits += found.size();
            rows += found.isEmpty() ? 0 : 1;
            byStream.merge(run.runId().split(":", 2)[0], found.isEmpty() ? 0 : 1, Integer::sum);
        }
        assertThat(rows).isEqualTo(194);
        assertThat(hits).isEqualTo(237);
        assertThat(distinct).hasSize(93);
        assertThat(byStream)
                .containsEntry("gpt-4o-airline", 120)
                .containsEntry("MockAirlineDomainEnv-few_shot", 11)
                .containsEntry("MockRetailDomainEnv-few_shot", 63);
        assertThat(zeroeval)
                .allSatisfy(run -> assertThat(PersonalData.find(run.text() + "\n" + run.prompt()))
                        .isEmpty());
    }

    private static long hits(Decontamination benchmark, List<RunTexts.Run> runs, boolean textOnly) {
        return runs.stream()
                .filter(run -> benchmark.hit(run.prompt(), run.text(), textOnly).isPresent())
                .count();
    }
}
