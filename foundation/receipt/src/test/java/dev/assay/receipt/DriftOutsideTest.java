package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.DriftReport.Severity;
import dev.assay.receipt.DriftReport.StageDrift;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where other outputs are no violation: stages that depend on something outside, and digests of two kinds.
class DriftOutsideTest {
    @TempDir
    Path runs;

    private Fabricated then;
    private Fabricated now;

    @BeforeEach
    void twoRunsWithOtherOutputs() {
        then = new Fabricated(runs.resolve("then"));
        now = new Fabricated(runs.resolve("now"));
        now.noise = " 0.123";
    }

    private DriftReport compare() {
        return compare(DriftSettings.standard());
    }

    private DriftReport compare(DriftSettings settings) {
        then.write();
        now.write();
        return Drift.compare(
                Optional.of(runs.resolve("then")), runs.resolve("now"), settings, Fabricated.NO_COLUMNS, now.clock());
    }

    private static StageDrift collect(DriftReport report) {
        return report.stages().getFirst();
    }

    private static List<Flag> flags(DriftReport report, Check check) {
        return report.flags().stream().filter(flag -> flag.check() == check).toList();
    }

    @Test
    void otherOutputsOfAStageThatNeedsNothingOutsideAreAViolation() {
        assertThat(flags(compare(), Check.D1)).hasSize(1);
        assertThat(collect(compare()).deterministicViolation()).isTrue();
    }

    @Test
    void otherOutputsOfAStageThatDependsOnSomethingOutsideAreNoted() {
        then.change = builder -> builder.outside("a model server, gemma-2-2b");
        now.change = builder -> builder.outside("a model server, gemma-2-2b");
        DriftReport report = compare();
        StageDrift stage = collect(report);
        assertThat(stage.deterministicViolation()).isFalse();
        assertThat(stage.outputDigestMatch()).contains(false);
        assertThat(stage.notes()).singleElement().asString().contains("a model server, gemma-2-2b");
        assertThat(flags(report, Check.D1)).isEmpty();
        assertThat(flags(report, Check.D2)).extracting(Flag::subject).containsExactly("collect");
        assertThat(report.severity()).isEqualTo(Severity.OK);
        ReceiptWriter.at(runs.resolve("now")).drift(report);
        assertThat(ReceiptReader.at(runs.resolve("now")).drift()).isEqualTo(report);
    }

    @Test
    void oneOfTheRunsThatDependsOnSomethingOutsideIsEnough() {
        then.change = builder -> builder.outside("a model server");
        DriftReport report = compare();
        assertThat(flags(report, Check.D1)).isEmpty();
        assertThat(flags(report, Check.D9))
                .extracting(Flag::text)
                .containsExactly("it was a model server and is nothing");
    }

    @Test
    void equalOutputsNeedNoNote() {
        now.noise = "";
        then.change = builder -> builder.outside("a model server");
        now.change = builder -> builder.outside("a model server");
        assertThat(compare().flags()).isEmpty();
    }

    @Test
    void aViolationIsNeitherHiddenNorClaimed() {
        StageDrift stage = collect(compare());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drift(stage, stage.outputDigestMatch(), false, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> drift(stage, Optional.of(true), true, List.of("a note")));
        assertThat(drift(stage, stage.outputDigestMatch(), false, List.of("a note"))
                        .notes())
                .isNotEmpty();
    }

    private static StageDrift drift(StageDrift like, Optional<Boolean> outputs, boolean violation, List<String> notes) {
        return new StageDrift(
                like.stage(),
                like.deltas(),
                like.pctChangeOut(),
                like.inputDigestMatch(),
                like.configMatch(),
                like.codeMatch(),
                outputs,
                violation,
                notes);
    }

    @Test
    void theStatementAndTheVerificationSayWhatLiesOutside() {
        now.change = builder -> builder.outside("a model server");
        now.write();
        Verification verification = ReceiptVerifier.verify(runs.resolve("now"));
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.outside()).isEqualTo(Map.of("collect", "a model server"));
        assertThat(verification.run().orElseThrow().stages().getFirst().outside())
                .contains("a model server");
        StageRecord record = ReceiptReader.at(runs.resolve("now")).stage("collect");
        Statement statement = Statement.provenance(record, now.configuration, Fabricated.VERSIONS);
        assertThat(((Provenance) statement.predicate())
                        .buildDefinition()
                        .internalParameters()
                        .outside())
                .contains("a model server");
    }

    @Test
    void keyedDigestsAreComparedWithKeyedOnes() {
        DigestKey key = DigestKey.generate();
        then.named = file -> file.keyedBy(key);
        now.named = file -> file.keyedBy(key);
        assertThat(flags(compare(), Check.D1)).extracting(Flag::subject).containsExactly("collect");
        now.noise = "";
        assertThat(compare().flags()).isEmpty();
        assertThat(collect(compare()).outputDigestMatch()).contains(true);
    }

    @Test
    void aKeyedDigestAndAPlainOneCannotBeCompared() {
        now.named = file -> file.name().startsWith("outputs/collect") ? file.keyedBy(DigestKey.generate()) : file;
        DriftReport report = compare();
        assertThat(flags(report, Check.D1)).isEmpty();
        StageDrift stage = collect(report);
        assertThat(stage.inputDigestMatch()).contains(true);
        assertThat(stage.outputDigestMatch()).isEmpty();
        assertThat(stage.notes())
                .containsExactly("a keyed digest and a plain one cannot be compared: outputs/collect/evidence.jsonl");
        assertThat(flags(report, Check.D2)).extracting(Flag::subject).containsExactly("collect", "score");
        assertThat(report.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void theColumnsOfAConfidentialOutputAreNotRead() {
        DigestKey key = DigestKey.generate();
        then.named = file -> file.keyedBy(key);
        now.named = file -> file.keyedBy(key);
        DriftReport report = compare(DriftSettings.standard(List.of("export.rag.a")));
        assertThat(flags(report, Check.D2))
                .extracting(Flag::text)
                .containsExactly(
                        "its distribution is not compared: the digest of the output is keyed in the earlier run");
    }
}
