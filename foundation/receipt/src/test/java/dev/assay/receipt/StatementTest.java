package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StatementTest {
    @TempDir
    Path folder;

    @Test
    void theBytesOfATestResultAreTheReferenceOnes() {
        // Made with a Python library; its signature was checked with OpenSSL 3.0.
        Statement statement = new Statement(
                List.of(ResourceDescriptor.of("empty.jsonl", Digest.of(""))),
                TestResults.of(List.of(), List.of("a"), List.of(), List.of()));
        byte[] payload = CanonicalJson.bytes(statement);
        assertThat(payload).hasSize(336);
        assertThat(Digest.of(payload).hex())
                .isEqualTo("5f9e7426c48dbdfdacf56d1a9e97e09a109e2dac140d336a9584341e4b700d78");
    }

    private JsonNode statement(String name) throws Exception {
        return CanonicalJson.parse(Files.readAllBytes(folder.resolve("receipts").resolve(name)));
    }

    @Test
    void provenanceSaysWhatWentInWhatCameOutAndHow() throws Exception {
        new Fabricated(folder).write();
        StageRecord record = ReceiptReader.at(folder).stage("export");
        JsonNode statement = statement("export.intoto.json");
        assertThat(statement.get("_type").stringValue()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.get("predicateType").stringValue()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(CanonicalJson.of(statement.get("subject")))
                .isEqualTo("[{\"digest\":{\"sha256\":\"" + Digest.of("a,b\n1,2\n")
                        + "\"},\"name\":\"outputs/export/rag.csv\"}]");
        JsonNode definition = statement.at("/predicate/buildDefinition");
        assertThat(definition.get("buildType").stringValue()).isEqualTo("https://assay.dev/stage/v1");
        assertThat(CanonicalJson.of(definition.get("externalParameters")))
                .isEqualTo(
                        "{\"config\":{\"id\":\"household\",\"seed\":7},\"pipeline\":\"made-up\",\"stage\":\"export\"}");
        assertThat(CanonicalJson.of(definition.get("internalParameters")))
                .isEqualTo(
                        "{\"config_digest\":\"" + record.configDigest() + "\",\"recorded_at\":\"2026-02-03T04:05:06Z\","
                                + "\"rule_digests\":{\"gsm\":\"" + Digest.of("rules") + "\"},\"seed\":\"7\"}");
        Digest scored = Digest.of("{\"accepted\":10}");
        assertThat(CanonicalJson.of(definition.get("resolvedDependencies")))
                .isEqualTo("[{\"annotations\":{\"contentDigest\":\"" + scored + "\"},\"digest\":{\"sha256\":\"" + scored
                        + "\"},\"mediaType\":\"application/json\",\"name\":\"outputs/score/scored.json\"},"
                        + "{\"digest\":{\"gitCommit\":\"" + Fabricated.COMMIT + "\"},\"name\":\"code\"}]");
        JsonNode details = statement.at("/predicate/runDetails");
        assertThat(CanonicalJson.of(details.get("builder")))
                .isEqualTo("{\"id\":\"https://assay.dev/cli\",\"version\":{\"assay\":\"0.1.0\",\"java\":\"25\"}}");
        assertThat(CanonicalJson.of(details.get("metadata")))
                .isEqualTo("{\"finishedOn\":\"2026-02-03T04:05:08Z\","
                        + "\"invocationId\":\"00000000-0000-4000-8000-000000000000\","
                        + "\"startedOn\":\"2026-02-03T04:05:07Z\"}");
        assertThat(CanonicalJson.of(details.get("byproducts")))
                .isEqualTo("[{\"digest\":{\"sha256\":\""
                        + Digest.ofFile(folder.resolve("receipts/export.record.json"))
                        + "\"},\"name\":\"receipts/export.record.json\"}]");
    }

    @Test
    void aStageWithoutOutputsIsItsOwnSubject() throws Exception {
        Fabricated fabricated = new Fabricated(folder);
        fabricated.scoreFails = true;
        fabricated.write();
        for (String stage : List.of("score", "export")) {
            String record = "receipts/" + stage + ".record.json";
            String subject = "[{\"digest\":{\"sha256\":\"" + Digest.ofFile(folder.resolve(record)) + "\"},\"name\":\""
                    + record + "\"}]";
            assertThat(CanonicalJson.of(statement(stage + ".intoto.json").get("subject")))
                    .isEqualTo(subject);
            JsonNode tests = statement(stage + ".tests.intoto.json");
            assertThat(CanonicalJson.of(tests.get("subject"))).isEqualTo(subject);
            assertThat(tests.at("/predicate/result").stringValue()).isEqualTo("FAILED");
        }
        assertThat(ReceiptReader.at(folder).stage("export").validation().errors())
                .containsExactly("upstream: score");
        assertThat(ReceiptReader.at(folder).summary().overallPassed()).isFalse();
    }

    @Test
    void testsAreListedByNameAndOneThatDidNotRunHasFailed() {
        Fabricated fabricated = new Fabricated(folder);
        fabricated.change = builder -> builder.validation(new Validation(
                        false,
                        List.of(),
                        List.of(),
                        List.of(
                                Validation.Test.of("counts balance", Validation.Result.PASSED),
                                Validation.Test.of("few skips", Validation.Result.WARNED),
                                Validation.Test.notRun("schema holds"))))
                .outputs(List.of());
        fabricated.write();
        TestResults results = TestResults.of(ReceiptReader.at(folder).stage("collect"));
        assertThat(results.passedTests()).containsExactly("counts balance");
        assertThat(results.warnedTests()).containsExactly("few skips");
        assertThat(results.failedTests()).containsExactly("stage validation", "schema holds");
        assertThat(results.result()).isEqualTo(TestResults.Result.FAILED);
    }

    @Test
    void warningsMakeAWarnedResult() {
        Fabricated fabricated = new Fabricated(folder);
        fabricated.change =
                builder -> builder.validation(new Validation(true, List.of(), List.of("few rows"), List.of()));
        fabricated.write();
        assertThat(TestResults.of(ReceiptReader.at(folder).stage("collect")).result())
                .isEqualTo(TestResults.Result.WARNED);
    }

    @Test
    void theConfigurationMustBeTheOneThatTheRecordStates() {
        new Fabricated(folder).write();
        StageRecord record = ReceiptReader.at(folder).stage("collect");
        assertThatThrownBy(() -> ReceiptWriter.at(folder).stage(record, List.of("another"), Fabricated.VERSIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("collect");
    }

    @Test
    void codeWithChangesKeepsItsCommitAndItsWholeVersion() {
        assertThat(CanonicalJson.of(ResourceDescriptor.code(Fabricated.COMMIT + "-dirty+0123456789ab")))
                .isEqualTo("{\"annotations\":{\"codeVersion\":\"" + Fabricated.COMMIT
                        + "-dirty+0123456789ab\"},\"digest\":{\"gitCommit\":\"" + Fabricated.COMMIT
                        + "\"},\"name\":\"code\"}");
        String archive = Digest.of("program").hex();
        assertThat(CanonicalJson.of(ResourceDescriptor.code(archive)))
                .isEqualTo("{\"digest\":{\"sha256\":\"" + archive + "\"},\"name\":\"code\"}");
    }

    @Test
    void filesCanBeCheckedWithoutThisProgram() throws Exception {
        Shell.needs("jq", "sha256sum");
        Fabricated fabricated = new Fabricated(folder);
        fabricated.write();
        String line = "jq -r '.subject[] | .digest.sha256 + \"  \" + .name' receipts/*.intoto.json | sha256sum -c";
        assertThat(Shell.run(folder, line).exit()).isZero();
        Files.writeString(folder.resolve("outputs/export/rag.csv"), "a,b\n1,3\n");
        Shell.Result after = Shell.run(folder, line);
        assertThat(after.exit()).isNotZero();
        assertThat(after.output()).contains("outputs/export/rag.csv: FAILED");
    }

    @Test
    void receiptsAreCanonicalAsAnotherToolSortsThem() throws Exception {
        Shell.needs("jq");
        new Fabricated(folder).write();
        // Names and values here are plain ASCII and small integers, for which jq's sorted form is the canonical
        // one.
        Shell.Result result = Shell.run(
                folder, "for f in receipts/*.json; do jq -cSj . \"$f\" | cmp - \"$f\" || exit 1; done; echo all");
        assertThat(result.output()).isEqualTo("all\n");
    }
}
