package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.assay.chance.Seed;
import dev.assay.distil.ReplayRun;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import dev.assay.study.StageView;
import dev.assay.study.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The study of model runs from end to end: what it leaves behind, why a row is where it is, what a kill
/// does, and its page.
class ModelRunsTest {
    private static final int KILLS = Integer.getInteger("assay.kills", 2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static String study;

    @BeforeAll
    static void runTheStudy() {
        study = Assay.project().resolve("studies/model-runs").toString();
        Assay.Outcome outcome = Assay.here("run", study, "--workspace", work().toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static Path work() {
        return folder.resolve("work");
    }

    private static Path run(Path work) throws Exception {
        try (Stream<Path> runs = Files.list(work.resolve("runs"))) {
            return runs.sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    @Test
    void everyRowCanBeExplained() throws Exception {
        Path quarantine = run(work()).resolve("outputs/sft/quarantine.jsonl");
        String line = Files.readAllLines(quarantine).getFirst();
        String id = line.replaceAll(".*\"evidence_id\":\"([0-9a-f]{64})\".*", "$1");
        Assay.Outcome why = Assay.here("distil", "why", id, "--workspace", work().toString());
        assertThat(why.code()).as(why.err()).isZero();
        assertThat(why.out())
                .contains("evidence " + id)
                .contains("scored ")
                .contains("kept out of sft: ")
                .contains("collect/evidence/");
        Assay.Outcome unknown = Assay.here("distil", "why", "0".repeat(64), "--workspace", work().toString());
        assertThat(unknown.code()).isEqualTo(7);
        assertThat(unknown.complaints()).singleElement().asString().contains("nothing in run", "of study model-runs");
        Assay.Outcome empty = Assay.here("distil", "why", " ", "--workspace", work().toString());
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.complaints()).singleElement().asString().contains("the id is empty");
    }

    @Test
    void aSimilarityThatCannotBeIsToldBeforeAnythingRuns() {
        Path nothing = folder.resolve("nothing");
        Assay.Outcome outcome =
                Assay.here("run", study, "--set", "sft.near-duplicates=8", "--workspace", nothing.toString());
        assertThat(outcome.code()).isEqualTo(8);
        assertThat(outcome.complaints())
                .singleElement()
                .asString()
                .contains("'near-duplicates' must be between 0 and 1");
        assertThat(nothing.resolve("runs")).doesNotExist();
    }

    @Test
    void aChangedRuleIsNamedAsWhatTheDriftComesFrom() throws Exception {
        Path changed = copy(folder.resolve("changed"));
        Path rules = changed.resolve("rules/tau.yml");
        Files.writeString(rules, Files.readString(rules).replace("[ $.verdict, 1 ]", "[ $.verdict, 0.5 ]"));
        String work = folder.resolve("drifting").toString();
        assertThat(Assay.here("run", study, "--workspace", work).code()).isZero();
        // What the study claims does not hold by that rule.
        assertThat(Assay.here("run", changed.toString(), "--workspace", work).code())
                .isEqualTo(Fault.Kind.CONTRADICTED.exitCode());
        Assay.Outcome drift = Assay.here("drift", "--workspace", work);
        assertThat(drift.out())
                .startsWith("drift: warn, run " + run(Path.of(work)).getFileName() + " against ")
                .containsPattern("warn +D3 counts +score/needs_human +it went from 102 to 186")
                .containsPattern("rag.quarantine.reason +ok +(chi-square|two-proportion)")
                .contains("\nscore reads another rules/tau.yml\n");
        assertThat(Files.readString(run(Path.of(work)).resolve("report.html")))
                .contains("score reads another rules/tau.yml", "rag.quarantine.reason", "it went from 102 to 186");
    }

    private static Path copy(Path to) throws Exception {
        Path from = Path.of(study);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    @Test
    void whatIsOnlyRememberedIsToldFromWhatHelps() throws Exception {
        Path outputs = run(work()).resolve("outputs");
        Map<String, String> sources = new HashMap<>();
        for (String line : Files.readAllLines(outputs.resolve("rag/dataset/rag.jsonl"))) {
            JsonNode sample = CanonicalJson.parse(line);
            sources.put(
                    sample.get("id").stringValue(), sample.get("source_run_id").stringValue());
        }
        // Runs of these questions are named MODEL:QUESTION.
        long remembered = 0;
        for (ReplayRun run : ReplayRun.read(outputs.resolve("replay/runs.jsonl"))) {
            long own = run.bundle().ragIds().stream()
                    .filter(id -> String.valueOf(sources.get(id)).endsWith(":" + run.taskId()))
                    .count();
            assertThat(run.bundle().ownRuns()).as(run.taskId()).hasValue((int) own);
            remembered += own > 0 ? 1 : 0;
        }
        assertThat(remembered).isGreaterThan(20);
        for (ReplayRun run : ReplayRun.read(outputs.resolve("others/runs.jsonl"))) {
            assertThat(run.bundle().ragIds())
                    .as(run.taskId())
                    .allSatisfy(id -> assertThat(sources).containsKey(id))
                    .noneMatch(id -> String.valueOf(sources.get(id)).endsWith(":" + run.taskId()));
        }
        assertThat(right("compared")).isGreaterThan(2 * right("compared-others"));
        assertThat(warnings("replay"))
                .contains(remembered + " of 30 tasks were shown earlier runs of themselves: what comes out right there "
                        + "shows memory; set own-runs of distil.replay to leave-out to measure help.");
        assertThat(warnings("compared")).anyMatch(warning -> warning.contains("shows memory"));
        assertThat(warnings("compared-others")).noneMatch(warning -> warning.contains("shows memory"));
    }

    private static StageView stage(String name) {
        return Workspace.at(work()).run("latest").stage(name).orElseThrow();
    }

    private static double right(String stage) {
        return stage(stage).metrics().stream()
                .filter(metric -> metric.name().equals("right.treatment"))
                .findFirst()
                .orElseThrow()
                .value()
                .orElseThrow();
    }

    private static List<String> warnings(String stage) {
        return stage(stage).warnings();
    }

    @Test
    void receiptsHoldAndSayWhatWasLost() {
        Assay.Outcome verified = Assay.here("receipts", "verify", "latest", "--workspace", work().toString());
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    void aRunThatWasKilledGoesOnAndEndsTheSame() throws Exception {
        RandomGenerator random = Seed.of(KILLS).generator();
        Path killed = folder.resolve("killed");
        int kills = 0;
        for (int workspace = 0; kills < KILLS; ) {
            Path here = killed.resolve(String.valueOf(workspace));
            Path err = folder.resolve("err.txt");
            Process process =
                    Assay.start(folder, folder.resolve("out.txt"), err, "run", study, "--workspace", here.toString());
            // What is done stays done: later kills meet later stages, and a run that was faster begins
            // anew elsewhere.
            if (process.waitFor(random.nextLong(1_200, 6_000), TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).as(Files.readString(err)).isZero();
                same(here);
                workspace++;
            } else {
                process.destroyForcibly().waitFor();
                kills++;
            }
            if (kills == KILLS) {
                Assay.Outcome last = Assay.run(folder, "run", study, "--workspace", here.toString());
                assertThat(last.code()).as(last.err()).isZero();
                same(here);
            }
        }
    }

    private static void same(Path workspace) throws Exception {
        for (String stage :
                List.of("collect", "score", "rag", "sft", "preference", "kto", "replay", "compared", "replay-scores")) {
            assertThat(Digest.ofFolder(run(workspace).resolve("outputs").resolve(stage)))
                    .as(stage)
                    .isEqualTo(Digest.ofFolder(run(work()).resolve("outputs").resolve(stage)));
        }
        assertThat(workspace.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void thePageShowsTheWayOfEveryRow() throws Exception {
        try (Chromium chromium = Chromium.start();
                BrowserContext context =
                        chromium.browser().newContext(new Browser.NewContextOptions().setOffline(true))) {
            Page page = context.newPage();
            page.navigate(run(work()).resolve("report.html").toUri().toString());
            assertThat(page.locator("body").innerText())
                    .contains("Every row on its way to sft", "unsafe_sft_category", "Categories by stream");
            assertThat(page.locator("figure svg").count()).isGreaterThan(3);
            // 300 and 300.0 are one default.
            assertThat(page.locator(".pairs div:has(dt:text-is('answer-seconds'))")
                            .first()
                            .innerText())
                    .contains("default");
            // A flow for each export, preferences included, and each stage's own number once.
            assertThat(page.locator("figure h4:has-text('Every row on its way to')")
                            .count())
                    .isEqualTo(4);
            assertThat(page.locator("#numbers .where").allInnerTexts())
                    .doesNotHaveDuplicates()
                    .contains("sft \u00B7 exported", "compared \u00B7 right.difference");
            assertThat(page.locator("#numbers .value").allInnerTexts()).containsOnlyOnce("8441");
        }
    }
}
