package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.assay.frame.Frame;
import dev.assay.frame.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Adult study from end to end with few trees and few rows: what it leaves behind, and its page in a
/// browser.
class AdultStudyTest {
    /// Totals of a few people in all of the survey, which a fifth of its rows need not have.
    private static final Pattern SMALL_CELLS = Pattern.compile("(education|marital|type_employer|occupation|race) .*");

    private static final List<String> REDUCED = List.of(
            "parts.training-share=0.2",
            "qrf.trees=4",
            "zi-qrf.trees=4",
            "fidelity.cap=400",
            "fidelity.replicates=100",
            "fidelity.expensive-replicates=50");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Assay.Outcome outcome;

    @SuppressWarnings("NullAway.Init")
    private static Path run;

    @BeforeAll
    static void runTheStudy() throws Exception {
        Path study = Assay.project().resolve("studies/adult");
        Path totals = folder.resolve("totals.csv");
        Files.write(
                totals,
                Files.readAllLines(study.resolve("data/totals.csv")).stream()
                        .filter(total -> !SMALL_CELLS.matcher(total).matches())
                        .toList());
        List<String> line = new ArrayList<>(List.of(
                "run",
                study.toString(),
                "--workspace",
                folder.resolve("work").toString(),
                "--set",
                "totals.definitions=" + totals));
        REDUCED.forEach(set -> line.addAll(List.of("--set", set)));
        outcome = Assay.here(line.toArray(String[]::new));
        int at = outcome.out().indexOf("report ") + "report ".length();
        run = Path.of(outcome.out().substring(at).strip()).resolveSibling("");
    }

    @Test
    void everyStagePassesAndEveryClaimIsJudged() {
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .containsPattern("covers +(holds|undecided|contradicted)")
                .containsPattern("zeros +(holds|undecided|contradicted)")
                .containsPattern("totals +holds");
    }

    @Test
    void theWeightsReproduceTheTotals() {
        Frame diagnostics = Frames.read(run.resolve("outputs/weights/diagnostics.parquet"));
        assertThat(diagnostics.rows()).isEqualTo(18);
        for (double error : diagnostics.numbers("rel_error_after")) {
            assertThat(Math.abs(error)).isLessThan(1e-9);
        }
    }

    @Test
    void theReceiptsVerify() {
        Assay.Outcome verified = Assay.here(
                "receipts", "verify", "--workspace", folder.resolve("work").toString());
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("2 input files lie outside the run");
    }

    @Test
    void thePageDrawsEveryChartFetchesNothingAndSaysNothing() throws Exception {
        Path page = run.resolve("report.html");
        assertThat(Files.size(page)).isGreaterThan(500_000);
        List<String> requests = new ArrayList<>();
        List<String> words = new ArrayList<>();
        try (Chromium chromium = Chromium.start();
                BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(1280, 900)
                                .setOffline(true));
                Page opened = context.newPage()) {
            context.onRequest(request -> requests.add(request.url()));
            context.onConsoleMessage(message -> words.add(message.type() + ": " + message.text()));
            opened.onPageError(words::add);
            String address = page.toUri().toString();
            opened.navigate(address);
            opened.waitForSelector("html[data-charts=drawn]");

            assertThat(opened.title()).contains("Adult");
            assertThat(opened.locator("body").innerText()).contains(" rows").doesNotContain("rowss");
            assertThat(opened.locator(".chart").count()).isGreaterThan(15);
            assertThat(opened.evaluate("[...document.querySelectorAll('.chart')]"
                            + ".filter(c => c.querySelectorAll('svg path').length < 3).length"))
                    .isEqualTo(0);
            assertThat(opened.evaluate("document.documentElement.scrollWidth")).isEqualTo(1280);
            assertThat(requests).containsOnly(address);
            assertThat(words).isEmpty();
        }
    }
}
