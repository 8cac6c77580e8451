package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.fault.Fault;
import dev.assay.receipt.RunOutcome.StageOutcome;
import dev.assay.receipt.RunOutcome.StageStatus;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.testkit.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The last statement of a run: nothing in the run's folder can be edited, removed, added or swapped unseen.
class RunStatementTest {
    private static final String RUN = "20260203-040506-0a1b2c";
    private static final String LAST = "run.intoto.json";

    @TempDir
    Path runs;

    private Path run;
    private Fabricated fabricated;

    @BeforeEach
    void aRunWithDrift() {
        run = runs.resolve(RUN);
        fabricated = new Fabricated(run);
        write(fabricated);
    }

    private void write(Fabricated which) {
        Path folder = which.write();
        ReceiptWriter writer = ReceiptWriter.at(folder);
        which.key
                .map(writer::signing)
                .orElse(writer)
                .drift(Drift.compare(
                        Optional.empty(), folder, DriftSettings.standard(), Fabricated.NO_COLUMNS, which.clock()));
        which.closed();
    }

    private SigningKey signed() {
        SigningKey key = SigningKey.generate();
        fabricated.key = Optional.of(key);
        write(fabricated);
        return key;
    }

    private List<Finding> problems() {
        return ReceiptVerifier.verify(run).problems();
    }

    private List<Finding> problems(SigningKey key) {
        return ReceiptVerifier.verify(run, List.of(), List.of(key.verifyingKey()))
                .problems();
    }

    /// All files of the run by their names.
    private List<String> files() {
        return List.copyOf(FolderListing.of(run).keySet());
    }

    private JsonNode last() throws IOException {
        return CanonicalJson.parse(Files.readAllBytes(run.resolve(LAST)));
    }

    private void change(String name, String from, String to) throws IOException {
        String text = Files.readString(run.resolve(name), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        Files.writeString(run.resolve(name), text.replace(from, to), StandardCharsets.UTF_8);
    }

    /// Does something to a file and lets it be as it was afterwards.
    private void with(String name, IoAction action, Runnable check) throws IOException {
        Path file = run.resolve(name);
        byte[] good = Files.readAllBytes(file);
        action.run(file);
        try {
            check.run();
        } finally {
            Files.write(file, good);
        }
    }

    @FunctionalInterface
    private interface IoAction {
        void run(Path file) throws IOException;
    }

    @Test
    void itNamesTheRunItsStagesAndEveryFileInByteOrder() throws IOException {
        JsonNode last = last();
        assertThat(last.get("predicateType").stringValue()).isEqualTo("https://assay.dev/run/v1");
        assertThat(CanonicalJson.of(last.get("predicate")))
                .isEqualTo("{\"pipeline\":\"made-up\",\"recordedAt\":\"2026-02-03T04:05:06Z\",\"run\":\"" + RUN
                        + "\",\"runId\":\"" + ReceiptReader.at(run).summary().runId() + "\",\"stages\":["
                        + "{\"name\":\"collect\",\"status\":\"passed\"},{\"name\":\"score\",\"status\":\"passed\"},"
                        + "{\"name\":\"export\",\"status\":\"passed\"}],\"status\":\"passed\"}");
        List<String> names = new ArrayList<>();
        for (JsonNode subject : last.get("subject")) {
            String name = subject.get("name").stringValue();
            names.add(name);
            assertThat(CanonicalJson.of(subject.get("digest")))
                    .isEqualTo("{\"sha256\":\"" + Digest.ofFile(run.resolve(name)) + "\"}");
        }
        List<String> expected = new ArrayList<>(files());
        expected.removeAll(List.of(LAST, ".lock"));
        assertThat(names)
                .containsExactlyElementsOf(expected)
                .contains("run.json", "report.html", "events.jsonl", "study.yaml", "receipts/summary.md");
        assertThat(Files.readAllBytes(run.resolve(LAST))).isEqualTo(CanonicalJson.bytes(last));
    }

    @Test
    void theVerificationTellsWhatItSays() {
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.run()).contains(fabricated.outcome());
        assertThat(verification.stopped()).isFalse();
    }

    @Test
    void allFilesAreCheckedWithoutThisProgram() throws Exception {
        Shell.needs("jq", "sha256sum");
        fabricated.put("errors/ö 'x' \"y\" $z *.txt", "text");
        fabricated.closed();
        String line = "jq -r '.subject[] | .digest.sha256 + \"  \" + .name' run.intoto.json | sha256sum -c";
        Shell.Result good = Shell.run(run, line);
        assertThat(good.exit()).as(good.output()).isZero();
        assertThat(good.output().lines()).hasSize(files().size() - 2);
        Files.writeString(run.resolve("report.html"), "<html>another</html>");
        Shell.Result bad = Shell.run(run, line);
        assertThat(bad.exit()).isNotZero();
        assertThat(bad.output()).contains("report.html: FAILED");
    }

    @Test
    void oneByteChangedInAnyFileIsFound() throws IOException {
        for (String name : files()) {
            with(
                    name,
                    file -> {
                        byte[] bytes = Files.readAllBytes(file);
                        if (bytes.length == 0) {
                            bytes = new byte[1];
                        }
                        bytes[bytes.length / 2] ^= 1;
                        Files.write(file, bytes);
                    },
                    () -> assertThat(problems()).as(name).isNotEmpty());
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void anyByteOfTheStatementItselfCountsThoughItIsUnsigned() throws IOException {
        byte[] good = Files.readAllBytes(run.resolve(LAST));
        Property.holds(60, seed -> {
            byte[] bad = good.clone();
            int at = seed.generator().nextInt(bad.length);
            bad[at] = (byte) (bad[at] ^ (1 << seed.generator().nextInt(8)));
            Files.write(run.resolve(LAST), bad);
            assertThat(problems()).as("at " + at).isNotEmpty();
        });
    }

    @Test
    void anyFileThatIsGoneIsFound() throws IOException {
        for (String name : files()) {
            if (!name.equals(".lock")) {
                with(name, Files::delete, () -> assertThat(problems()).as(name).isNotEmpty());
            }
        }
        SigningKey key = signed();
        for (String name : files()) {
            if (!name.equals(".lock")) {
                with(
                        name,
                        Files::delete,
                        () -> assertThat(problems(key)).as(name).isNotEmpty());
            }
        }
        Files.delete(run.resolve(".lock"));
        assertThat(problems(key)).isEmpty();
    }

    @Test
    void anyFileThatIsAddedIsFoundWhereverItLies() throws Exception {
        List<String> folders = new ArrayList<>(List.of("", "new/", ".hidden/", "outputs/new/deep/", "receipts/new/"));
        for (String name : files()) {
            int end = name.lastIndexOf('/');
            if (end >= 0 && !folders.contains(name.substring(0, end + 1))) {
                folders.add(name.substring(0, end + 1));
            }
        }
        assertThat(folders).contains("outputs/export/", "receipts/", "inputs/");
        for (String folder : folders) {
            for (String name : List.of("a", ".b", "c.dsse.json", "d.intoto.json", "e.record.json", "f\\g", "h\ni")) {
                Path file = Files.createDirectories(run.resolve(folder)).resolve(name);
                Files.createFile(file);
                assertThat(problems())
                        .as(folder + name)
                        .extracting(Finding::name, Finding::outcome)
                        .contains(tuple(folder + name, Outcome.UNRECEIPTED));
                Files.delete(file);
            }
            Files.createSymbolicLink(run.resolve(folder + "link"), run.resolve("run.json"));
            assertThat(problems()).as(folder).extracting(Finding::name).contains(folder + "link");
            Files.delete(run.resolve(folder + "link"));
        }
        assertThat(problems()).isEmpty();
        Files.createDirectories(run.resolve("outputs/sub"));
        Files.createFile(run.resolve("outputs/sub/.lock"));
        Files.createSymbolicLink(run.resolve("link-to-a-folder"), runs);
        Files.writeString(run.resolve(".lock"), "x");
        List<String> strays = new ArrayList<>(List.of(".lock", "link-to-a-folder", "outputs/sub/.lock"));
        if (Shell.run(run, "mkfifo pipe").exit() == 0) {
            strays.add("pipe");
        }
        assertThat(problems()).extracting(Finding::name).containsExactlyInAnyOrderElementsOf(strays);
    }

    @Test
    void aLinkInThePlaceOfAnExceptedFileIsFound() throws IOException {
        for (String name : List.of(".lock", LAST)) {
            Path other = Files.move(run.resolve(name), run.resolveSibling("moved"));
            Files.createSymbolicLink(run.resolve(name), other);
            assertThat(problems()).as(name).extracting(Finding::name).contains(name);
            Files.delete(run.resolve(name));
            Files.move(other, run.resolve(name));
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void twoFilesThatChangedPlacesAreFound() throws IOException {
        SigningKey key = signed();
        for (List<String> pair : List.of(
                List.of("report.html", "study.yaml"),
                List.of("run.json", "events.jsonl"),
                List.of("outputs/score/scored.json", "outputs/export/rag.csv"),
                List.of("receipts/score.record.json", "receipts/export.record.json"),
                List.of("receipts/score.intoto.json", "receipts/export.intoto.json"),
                List.of("receipts/score.dsse.json", "receipts/export.dsse.json"),
                List.of("run.dsse.json", "receipts/export.dsse.json"),
                List.of(LAST, "receipts/drift.tests.intoto.json"))) {
            swap(pair);
            assertThat(problems()).as("unsigned " + pair).isNotEmpty();
            assertThat(problems(key)).as("signed " + pair).isNotEmpty();
            swap(pair);
        }
        assertThat(problems(key)).isEmpty();
    }

    private void swap(List<String> pair) throws IOException {
        Path aside = runs.resolve("aside");
        Files.move(run.resolve(pair.getFirst()), aside);
        Files.move(run.resolve(pair.getLast()), run.resolve(pair.getFirst()));
        Files.move(aside, run.resolve(pair.getLast()));
    }

    @Test
    void anOlderRunInThePlaceOfAnotherIsFound() throws IOException {
        SigningKey key = signed();
        Fabricated older = new Fabricated(runs.resolve("20260101-000000-ffffff"));
        older.key = Optional.of(key);
        older.accepted = 15;
        write(older);
        Path there = runs.resolve("20260101-000000-ffffff");
        assertThat(ReceiptVerifier.verify(there, List.of(), List.of(key.verifyingKey()))
                        .problems())
                .isEmpty();
        Path kept = Files.move(run, runs.resolve("a copy of a run"));
        assertThat(ReceiptVerifier.verify(kept, List.of(), List.of(key.verifyingKey()))
                        .problems())
                .isEmpty();

        Files.createSymbolicLink(run, there);
        assertThat(problems(key))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.CONTRADICTION))
                .satisfies(finding -> assertThat(finding.note()).contains("is the statement of run 20260101-000000"));
        Files.delete(run);
        Files.move(there, run);
        assertThat(problems(key))
                .singleElement()
                .satisfies(finding -> assertThat(finding.name()).isEqualTo(LAST))
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.CONTRADICTION));
    }

    @Test
    void aLinkToTheRunItselfIsItsFolder() throws IOException {
        Path latest = Files.createSymbolicLink(runs.resolve("latest"), run);
        assertThat(ReceiptVerifier.verify(latest).problems()).isEmpty();
        Files.writeString(run.resolve("more.txt"), "x");
        assertThat(ReceiptVerifier.verify(latest).problems())
                .extracting(Finding::name)
                .containsExactly("more.txt");
    }

    @Test
    void filesOfAnOlderRunAreFound() throws IOException {
        SigningKey key = signed();
        Fabricated older = new Fabricated(runs.resolve("20260101-000000-ffffff"));
        older.key = Optional.of(key);
        older.recordedAt = Fabricated.PINNED.minusSeconds(3600);
        older.pipeline = "made-up-before";
        older.source = "another source\n";
        write(older);
        Path there = runs.resolve("20260101-000000-ffffff");
        for (String name : files()) {
            byte[] old = Files.readAllBytes(there.resolve(name));
            if (Arrays.equals(old, Files.readAllBytes(run.resolve(name)))) {
                continue;
            }
            with(name, file -> Files.write(file, old), () -> {
                assertThat(problems()).as(name).isNotEmpty();
                assertThat(problems(key)).as(name).isNotEmpty();
            });
        }
        // The whole of its receipts, with the last statement left.
        for (String name : files()) {
            if (name.startsWith("receipts/") || name.startsWith("outputs/")) {
                Files.write(run.resolve(name), Files.readAllBytes(there.resolve(name)));
            }
        }
        assertThat(problems(key)).extracting(Finding::note).anyMatch(note -> note.contains("another run"));
    }

    @Test
    void aFailedStageThatIsDroppedIsFound() throws IOException {
        fabricated = new Fabricated(run);
        fabricated.scoreFails = true;
        for (String name : files()) {
            Files.delete(run.resolve(name));
        }
        write(fabricated);
        assertThat(ReceiptVerifier.verify(run).run().orElseThrow().status()).isEqualTo(RunOutcome.Status.FAILED);
        assertThat(problems()).isEmpty();

        RunSummary full = ReceiptReader.at(run).summary();
        StageRecord collect = ReceiptReader.at(run).stage("collect");
        for (String name : files()) {
            if (name.matches("receipts/(score|export|drift).*|errors/.*")) {
                Files.delete(run.resolve(name));
            }
        }
        RunSummary dropped = RunSummary.of(List.of(collect), full.priorRunId(), fabricated.clock());
        assertThat(dropped.overallPassed()).isTrue();
        ReceiptWriter.at(run).summary(dropped);
        assertThat(problems())
                .filteredOn(finding -> finding.outcome() == Outcome.CONTRADICTION)
                .extracting(Finding::note)
                .containsExactly(
                        "it does not say how the run ended as the summary does",
                        "its stages are collect, score, export, those of the summary are collect");
        assertThat(problems()).extracting(Finding::name).contains("receipts/score.record.json", "errors/score.txt");
    }

    @Test
    void everyMemberMustAgreeWithTheOtherReceipts() throws IOException {
        for (List<String> edit : List.of(
                List.of("\"pipeline\":\"made-up\"", "\"pipeline\":\"made-out\""),
                List.of("2026-02-03T04:05:06Z", "2026-02-03T04:05:07Z"),
                List.of(RUN, "20260203-040506-0a1b2d"),
                List.of("\"runId\":\"", "\"runId\":\"0"),
                List.of("\"status\":\"passed\"}", "\"status\":\"failed\"}"),
                List.of("{\"name\":\"score\",\"status\":\"passed\"},", ""),
                List.of("\"score\",\"status\":\"passed\"", "\"score\",\"outside\":\"a server\",\"status\":\"passed\""),
                List.of("https://assay.dev/run/v1", "https://slsa.dev/provenance/v1"),
                List.of("{\"name\":\"collect\"", "{\"colour\":\"red\",\"name\":\"collect\""))) {
            with(
                    LAST,
                    file -> change(LAST, edit.getFirst(), edit.getLast()),
                    () -> assertThat(problems()).as(edit.getLast()).isNotEmpty());
        }
        // The statement of a stage in its place.
        Files.copy(run.resolve("receipts/score.intoto.json"), runs.resolve("other"));
        with(
                LAST,
                file -> Files.write(file, Files.readAllBytes(runs.resolve("other"))),
                () -> assertThat(problems()).extracting(Finding::note).contains("it is no statement of a run"));
    }

    @Test
    void subjectsStandInOrderAndOnce() throws IOException {
        String first = CanonicalJson.of(last().get("subject").get(0));
        change(LAST, "\"subject\":[" + first, "\"subject\":[" + first + "," + first);
        assertThat(problems()).extracting(Finding::note).anyMatch(note -> note.contains("byte order"));
    }

    @Test
    void anOutcomeThatTheReceiptsDoNotShowIsNotWritten() throws IOException {
        RunOutcome good = fabricated.outcome();
        List<StageOutcome> stages = good.stages();
        List<RunOutcome> wrong = List.of(
                outcome("20260203-040506-0a1b2d", RunOutcome.Status.PASSED, stages),
                outcome(RUN, RunOutcome.Status.FAILED, stages),
                outcome(RUN, RunOutcome.Status.INTERRUPTED, stages),
                outcome(RUN, RunOutcome.Status.PASSED, stages.subList(0, 2)),
                outcome(RUN, RunOutcome.Status.PASSED, stages.reversed()));
        byte[] before = Files.readAllBytes(run.resolve(LAST));
        for (RunOutcome each : wrong) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReceiptWriter.at(run).outcome(each));
        }
        assertThat(Files.readAllBytes(run.resolve(LAST))).isEqualTo(before);
        Files.delete(run.resolve("receipts/summary.json"));
        assertThatThrownBy(() -> ReceiptWriter.at(run).outcome(good)).isInstanceOf(Fault.class);
    }

    private RunOutcome outcome(String name, RunOutcome.Status status, List<StageOutcome> stages) {
        RunOutcome good = fabricated.outcome();
        return new RunOutcome(name, good.runId(), good.pipeline(), status, good.recordedAt(), stages);
    }

    @Test
    void anOutcomeDoesNotContradictItself() {
        StageOutcome passed = new StageOutcome("a", StageStatus.PASSED, Optional.empty());
        StageOutcome failed = new StageOutcome("b", StageStatus.FAILED, Optional.empty());
        StageOutcome waiting = StageOutcome.unfinished("c", StageStatus.WAITING);
        List<Runnable> broken = List.of(
                () -> outcome(RUN, RunOutcome.Status.PASSED, List.of(passed, failed)),
                () -> outcome(RUN, RunOutcome.Status.FAILED, List.of(passed, waiting)),
                () -> outcome(RUN, RunOutcome.Status.PASSED, List.of()),
                () -> outcome(RUN, RunOutcome.Status.PASSED, List.of(passed, passed)),
                () -> outcome("a/b", RunOutcome.Status.PASSED, List.of(passed)),
                () -> outcome("..", RunOutcome.Status.PASSED, List.of(passed)),
                () -> StageOutcome.unfinished("c", StageStatus.PASSED),
                () -> new StageOutcome("c", StageStatus.PASSED, Optional.of(" ")));
        for (Runnable each : broken) {
            assertThatIllegalArgumentException().isThrownBy(each::run);
        }
    }

    @Test
    void withoutItARunIsNotSound() throws IOException {
        Files.delete(run.resolve(LAST));
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems())
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.ABSENT))
                .satisfies(finding -> assertThat(finding.role()).isEqualTo(Role.RECEIPT))
                .satisfies(finding -> assertThat(finding.note())
                        .isEqualTo("run.json, report.html, events.jsonl and study.yaml are covered by nothing: the run"
                                + " was stopped before its end, or made by an earlier version, or its last statement"
                                + " was removed"));
        assertThat(verification.run()).isEmpty();
        assertThatThrownBy(() -> ReceiptSigner.sign(run, SigningKey.generate())).isInstanceOf(Fault.class);
    }

    @Test
    void whatAStageWroteIsNotReadAgainWhenTheRunIsClosed() throws IOException {
        Digest stated = Digest.ofFile(run.resolve("outputs/export/rag.csv"));
        Files.writeString(run.resolve("outputs/export/rag.csv"), "changed meanwhile");
        fabricated.closed();
        assertThat(Files.readString(run.resolve(LAST))).contains(stated.hex());
        assertThat(problems()).extracting(Finding::name).containsOnly("outputs/export/rag.csv");
    }

    @Test
    void filesWithoutBytesAreCovered() throws IOException {
        fabricated.exported = "";
        fabricated.exportName = "empty.csv";
        Files.delete(run.resolve("outputs/export/rag.csv"));
        write(fabricated);
        fabricated.put("report.html", "");
        fabricated.closed();
        assertThat(problems()).isEmpty();
        Files.writeString(run.resolve("report.html"), "x");
        Files.writeString(run.resolve("outputs/export/empty.csv"), "x");
        assertThat(problems()).extracting(Finding::name).containsOnly("report.html", "outputs/export/empty.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two words.csv", "it's \"quoted\".csv", "größe–Ω-😀.csv", "-dash.csv", "%2e%2e.csv", "$(x) `y`"})
    void namesThatRecordsAllowAreCovered(String name) throws IOException {
        Files.delete(run.resolve("outputs/export/rag.csv"));
        fabricated.exportName = name;
        write(fabricated);
        fabricated.put("errors/" + name, "x");
        fabricated.closed();
        assertThat(problems()).isEmpty();
        Files.writeString(run.resolve("errors/" + name), "y");
        Files.writeString(run.resolve("outputs/export/" + name), "y");
        assertThat(problems()).extracting(Finding::name).containsOnly("errors/" + name, "outputs/export/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"back\\slash", "line\nfeed", "bell\u0007"})
    void namesThatNoReceiptCanHoldAreReported(String name) throws IOException {
        fabricated.put(name, "x");
        fabricated.closed();
        assertThat(problems())
                .extracting(Finding::name, Finding::outcome)
                .containsExactly(tuple(name, Outcome.UNRECEIPTED));
    }

    @Test
    @Timeout(60)
    void thousandsOfFilesAreNamedAndChecked() throws IOException {
        int many = 10_000;
        Path folder = Files.createDirectories(run.resolve("errors"));
        for (int i = 0; i < many; i++) {
            Files.createFile(folder.resolve("e" + i));
        }
        fabricated.closed();
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.with(Outcome.MATCH)).hasSizeGreaterThan(many);
        for (int i = 0; i < many; i += 2) {
            Files.delete(folder.resolve("e" + i));
            Files.createFile(folder.resolve("f" + i));
        }
        assertThat(ReceiptVerifier.verify(run).problems()).hasSize(many);
    }

    @Test
    void aRunThatWasStoppedIsCheckedWithoutASummary() throws IOException {
        Path stopped = runs.resolve("20260203-040506-aaaaaa");
        Fabricated half = new Fabricated(stopped);
        half.stopped = true;
        half.write();
        Verification verification = ReceiptVerifier.verify(stopped);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.stopped()).isTrue();
        assertThat(verification.run().orElseThrow().stages().getLast())
                .isEqualTo(StageOutcome.unfinished("export", StageStatus.INTERRUPTED));
        for (String name : FolderListing.of(stopped).keySet()) {
            byte[] good = Files.readAllBytes(stopped.resolve(name));
            Files.writeString(stopped.resolve(name), "other");
            assertThat(ReceiptVerifier.verify(stopped).problems()).as(name).isNotEmpty();
            Files.write(stopped.resolve(name), good);
        }
        // Neither can it be made to look as if it had come further, nor less far.
        for (String name : List.of("receipts/summary.json", "receipts/export.record.json", "receipts/drift.json")) {
            Files.copy(run.resolve(name), stopped.resolve(name));
            assertThat(ReceiptVerifier.verify(stopped).problems())
                    .as(name)
                    .extracting(Finding::name)
                    .contains(name);
            Files.delete(stopped.resolve(name));
        }
        Files.delete(stopped.resolve("receipts/score.tests.intoto.json"));
        half.closed();
        assertThat(ReceiptVerifier.verify(stopped).problems())
                .extracting(Finding::name)
                .containsExactly("receipts/score.tests.intoto.json");
    }

    @Test
    void aRunThatWasStoppedAtOnceHasNoReceiptsOfStages() throws IOException {
        Path stopped = runs.resolve("20260203-040506-bbbbbb");
        Files.createDirectories(stopped);
        Files.writeString(stopped.resolve("study.yaml"), "study: x\n");
        RunOutcome outcome = new RunOutcome(
                "20260203-040506-bbbbbb",
                fabricated.outcome().runId(),
                "made-up",
                RunOutcome.Status.INTERRUPTED,
                Fabricated.PINNED,
                List.of(StageOutcome.unfinished("collect", StageStatus.WAITING)));
        ReceiptWriter.at(stopped).outcome(outcome);
        assertThat(ReceiptVerifier.verify(stopped).problems()).isEmpty();
        assertThat(ReceiptSigner.sign(stopped, SigningKey.generate())).isOne();
        Files.createDirectories(stopped.resolve("receipts"));
        Files.copy(run.resolve("receipts/collect.record.json"), stopped.resolve("receipts/collect.record.json"));
        assertThat(ReceiptVerifier.verify(stopped).problems())
                .extracting(Finding::name)
                .containsExactly("receipts/collect.record.json");
    }

    @Test
    void withKeysItIsReadOnlyIfOneOfThemSignedIt() throws IOException {
        SigningKey key = signed();
        Verification verification = ReceiptVerifier.verify(run, List.of(), List.of(key.verifyingKey()));
        assertThat(verification.run()).isPresent();
        Files.delete(run.resolve("run.dsse.json"));
        Verification unsigned = ReceiptVerifier.verify(run, List.of(), List.of(key.verifyingKey()));
        assertThat(unsigned.problems())
                .extracting(Finding::name, Finding::outcome)
                .containsExactly(tuple(LAST, Outcome.SIGNATURE_MISSING));
        assertThat(unsigned.run()).isEmpty();
    }

    @Test
    void aRunThatSomebodyElseSignedAnewIsFound() throws IOException {
        SigningKey key = signed();
        SigningKey other = SigningKey.generate();
        for (String name : files()) {
            if (name.endsWith(".dsse.json")) {
                Files.delete(run.resolve(name));
            }
        }
        fabricated.accepted = 14;
        fabricated.key = Optional.of(other);
        write(fabricated);
        assertThat(problems(other)).isEmpty();
        Verification verification = ReceiptVerifier.verify(run, List.of(), List.of(key.verifyingKey()));
        assertThat(verification.problems()).hasSize(8).allMatch(finding -> finding.outcome() == Outcome.BAD_SIGNATURE);
        assertThat(verification.run()).isEmpty();
    }

    @Test
    void signingThatWasInterruptedIsMendedBySigningAgain() throws IOException {
        SigningKey key = SigningKey.generate();
        assertThat(ReceiptSigner.sign(run, key)).isEqualTo(8);
        List<String> envelopes =
                files().stream().filter(name -> name.endsWith(".dsse.json")).toList();
        assertThat(envelopes).hasSize(8).contains("run.dsse.json");
        Files.delete(run.resolve("run.dsse.json"));
        Files.delete(run.resolve("receipts/score.tests.dsse.json"));
        Files.writeString(run.resolve("receipts/.score.tests.dsse.json.part"), "{\"payl");
        assertThat(ReceiptSigner.sign(run, key)).isEqualTo(8);
        assertThat(problems(key)).isEmpty();
        assertThat(files()).containsAll(envelopes).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void anEnvelopeThatIsTakenAwayIsMissedWithoutAKeyToo() throws IOException {
        signed();
        Files.delete(run.resolve("receipts/score.dsse.json"));
        assertThat(problems())
                .extracting(Finding::name, Finding::outcome)
                .containsExactly(tuple("receipts/score.intoto.json", Outcome.SIGNATURE_MISSING));
        assertThatThrownBy(() -> ReceiptSigner.sign(run, SigningKey.generate())).isInstanceOf(Fault.class);
    }

    @Test
    void furtherSignersMayComeLater() throws IOException {
        SigningKey first = signed();
        SigningKey second = SigningKey.generate();
        byte[] before = Files.readAllBytes(run.resolve(LAST));
        ReceiptSigner.sign(run, second);
        assertThat(Files.readAllBytes(run.resolve(LAST))).isEqualTo(before);
        assertThat(problems(first)).isEmpty();
        assertThat(problems(second)).isEmpty();
    }

    @Test
    void anEnvelopeInAnotherFolderIsAFileLikeAnyOther() throws IOException {
        fabricated.put("errors/x.dsse.json", "{}");
        fabricated.closed();
        assertThat(problems()).isEmpty();
        assertThat(Files.readString(run.resolve(LAST))).contains("errors/x.dsse.json");
        Files.writeString(run.resolve("errors/x.dsse.json"), "[]");
        assertThat(problems()).extracting(Finding::name).containsExactly("errors/x.dsse.json");
    }
}
