package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.assay.study.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opens the page from a file, without a network, in the system's Chromium.
class ReportInBrowserTest {
    private static final String DRAWN = "html[data-charts=drawn]";
    private static final int WIDE = 1280;
    private static final int PHONE = 390;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    static Path folder;

    private static @Nullable Chromium chromium;

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
        ReportPage.write(SampleReport.rich(), folder.resolve("rich.html"));
        ReportPage.write(Reports.hostile(), folder.resolve("hostile.html"));
        ReportPage.write(Reports.empty(), folder.resolve("empty.html"));
        ReportPage.write(flow(), folder.resolve("flow.html"));
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void everyChartDrawsNothingIsFetchedAndTheConsoleIsClean(int width) {
        try (Visit visit = new Visit("rich.html", width, ColorScheme.LIGHT)) {
            assertThat(visit.page.locator(".chart").count()).isEqualTo(21);
            assertThat(visit.chartsWithFewerPathsThan(3)).isEqualTo(0);
            assertThat((String) visit.page.evaluate(
                            "[...document.querySelectorAll('.chart')].map(c => c.innerHTML).join()"))
                    .doesNotContain("NaN", "Infinity", "undefined");
            visit.assertQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void theNamesOfAFlowsPlacesStandApartHoweverLittleFlows(int width) {
        try (Visit visit = new Visit("flow.html", width, ColorScheme.LIGHT)) {
            Object overlaps = visit.page.evaluate("""
                    (() => {
                      const boxes = [...document.querySelectorAll('.chart svg text')].map(t => t.getBoundingClientRect());
                      const svg = document.querySelector('.chart svg').getBoundingClientRect();
                      let found = 0;
                      boxes.forEach((a, i) => {
                        if (a.left < svg.left - 1 || a.right > svg.right + 1 || a.top < svg.top - 1 || a.bottom > svg.bottom + 1) found++;
                        boxes.slice(i + 1).forEach(b => {
                          if (Math.abs(a.left - b.left) < 4 && a.bottom > b.top + 2 && b.bottom > a.top + 2) found++;
                        });
                      });
                      return boxes.length + ' names, ' + found + ' in the way';
                    })()""");
            assertThat(overlaps).isEqualTo("33 names, 0 in the way");
            visit.assertQuiet();
        }
    }

    /// Thirty streams, of which one has nearly all the rows, through two categories to one end.
    private static Report flow() {
        List<Figure.Link> links = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            links.add(new Figure.Link("stream_" + i, i % 3 == 0 ? "rejected" : "accepted", i == 0 ? 9_000 : 1 + i % 4));
        }
        for (String category : List.of("accepted", "rejected")) {
            links.add(new Figure.Link(
                    category,
                    "an end",
                    links.stream()
                            .filter(link -> link.to().equals(category))
                            .mapToLong(Figure.Link::amount)
                            .sum()));
        }
        return Reports.of(List.of(new Figure.Flow("Every row", "", "rows", links)));
    }

    @Test
    void aReportOfNothingOpensToo() {
        try (Visit visit = new Visit("empty.html", PHONE, ColorScheme.LIGHT)) {
            visit.assertQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, PHONE})
    void hostileTextsRunNothingFetchNothingAndBuildNothing(int width) {
        try (Visit visit = new Visit("hostile.html", width, ColorScheme.DARK)) {
            assertThat(visit.chartsWithFewerPathsThan(2)).isEqualTo(0);
            // Tooltips of every kind of chart, with markup in them and with the chart library's own text language.
            for (int chart : new int[] {0, 1, 2, 3, 4, 25, 26, 27, 28, 29}) {
                visit.page.locator(".chart").nth(chart).hover();
            }
            assertThat(visit.page.evaluate("typeof window.broken")).isEqualTo("undefined");
            assertThat(visit.page.locator("script").count()).isEqualTo(3);
            assertThat(visit.page.locator("style").count()).isEqualTo(1);
            assertThat(visit.page
                            .locator("img, image, iframe, object, embed, [onload], [onerror], a[href^='javascript']")
                            .count())
                    .isZero();
            visit.assertQuiet();
        }
    }

    @Test
    void paperGetsEveryChartInLightColoursAndTheScreenItsOwnBack() {
        try (Visit visit = new Visit("rich.html", WIDE, ColorScheme.DARK)) {
            String first = "document.querySelector('.chart svg').outerHTML";
            Object before = visit.page.evaluate(first);
            visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
            assertThat(visit.page.evaluate(
                            "[...document.querySelectorAll('.chart svg')].map(s => s.viewBox.baseVal.width)"
                                    + ".filter(w => w !== 690 && w !== 330).length"))
                    .isEqualTo(0);
            assertThat((String) visit.page.evaluate(first)).contains("#0072b2").doesNotContain("#4ba6e3");
            visit.page.evaluate("window.dispatchEvent(new Event('afterprint'))");
            assertThat((String) visit.page.evaluate(first)).contains("#4ba6e3");
            assertThat(before).asString().contains("#4ba6e3");
            visit.assertQuiet();
        }
    }

    @Test
    void aSeriesCanBeHiddenAndShownAgain() {
        try (Visit visit = new Visit("rich.html", WIDE, ColorScheme.LIGHT)) {
            Locator figure = visit.page.locator("figure").first();
            Locator paths = figure.locator(".chart svg path");
            int all = paths.count();
            figure.locator(".legend button").first().click();
            assertThat(paths.count()).isLessThan(all);
            assertThat(figure.locator(".legend button").first().getAttribute("aria-pressed"))
                    .isEqualTo("false");
            figure.locator(".legend button").first().click();
            assertThat(paths.count()).isEqualTo(all);
        }
    }

    @Test
    void theNumbersOfAChartCanBeReadWithoutScripts() {
        try (BrowserContext context =
                        browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
                Page page = context.newPage()) {
            page.navigate(folder.resolve("rich.html").toUri().toString());
            assertThat(page.locator("noscript").innerText()).contains("Their numbers are below each");
            page.locator("figure summary").first().click();
            assertThat(page.locator("figure details table").first().isVisible()).isTrue();
        }
    }

    private static Browser browser() {
        if (chromium == null) {
            throw new IllegalStateException("no browser was started");
        }
        return chromium.browser();
    }

    /// A page opened in a fresh, offline browser context, and what it asked for and said.
    private static final class Visit implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final String address;
        private final List<String> requests = new ArrayList<>();
        private final List<String> words = new ArrayList<>();

        Visit(String name, int width, ColorScheme scheme) {
            context = browser()
                    .newContext(new Browser.NewContextOptions()
                            .setViewportSize(width, 900)
                            .setColorScheme(scheme)
                            .setOffline(true));
            page = context.newPage();
            context.onRequest(request -> requests.add(request.url()));
            context.onConsoleMessage(message -> words.add(message.type() + ": " + message.text()));
            page.onPageError(words::add);
            address = folder.resolve(name).toUri().toString();
            page.navigate(address);
            page.waitForSelector(DRAWN);
        }

        Object chartsWithFewerPathsThan(int paths) {
            return page.evaluate(
                    "n => [...document.querySelectorAll('.chart')]"
                            + ".filter(c => c.querySelectorAll('svg path').length < n).length",
                    paths);
        }

        /// Nothing was fetched but the page, the console is empty, and the page does not scroll sideways.
        void assertQuiet() {
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(page.viewportSize().width);
            assertThat(requests).as("what was fetched").containsOnly(address);
            assertThat(words).as("what the console says").isEmpty();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
