package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.study.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

    private static final Pattern CODE = Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL);

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"charts\">[^<>&\u2028\u2029]*</script>");

    @Test
    void theSameReportGivesTheSameBytes() {
        assertThat(ReportPage.render(SampleReport.rich())).isEqualTo(ReportPage.render(SampleReport.rich()));
    }

    @Test
    void theVerdictComesBeforeThePlanTheStagesAndTheirProvenance() {
        String page = ReportPage.render(SampleReport.rich());
        assertThat(List.of(
                        "id=\"verdict\"",
                        "id=\"claims\"",
                        "id=\"numbers\"",
                        "id=\"plan\"",
                        "id=\"stage-0\"",
                        "id=\"drift\"",
                        "id=\"provenance\""))
                .isSortedAccordingTo(java.util.Comparator.comparingInt(page::indexOf))
                .allMatch(page::contains);
        assertThat(page)
                .contains("9 stages: 5 passed, 2 reused, 1 failed, 1 skipped.")
                .contains("4 claims: 1 holds, 1 contradicted, 1 undecided, 1 not measured.")
                .contains("./assay receipts verify 2026-11-21T010203Z-3f9c2a")
                .contains("0.934")
                .contains("[0.926, 0.941]");
    }

    @Test
    void headlinesAreOnceEachTakeTurnsAndLeaveOutWhatAClaimShows() {
        List<StageSection> stages = List.of(
                Reports.measured("read", List.of("rows"), Metric.exact("rows", 900, 900)),
                Reports.measured(
                        "first",
                        List.of("share.a", "share.b", "gone", "claimed"),
                        Metric.exact("unmarked", 77, 900),
                        Metric.exact("share.a", 0.25, 900),
                        Metric.exact("share.b", 0.5, 900),
                        Metric.absent("gone", 900, "none"),
                        Metric.exact("claimed", 5, 900)),
                Reports.measured(
                        "second",
                        List.of("share.a", "more"),
                        Metric.exact("share.a", 0.25, 900),
                        Metric.exact("more", 8, 900)));
        String page = ReportPage.render(Reports.of(stages, "first.claimed"));
        String tiles = page.substring(page.indexOf("id=\"numbers\""), page.indexOf("id=\"plan\""));
        assertThat(tiles.replaceAll("<[^>]*>", "|"))
                .containsSubsequence(
                        "read", "rows", "900", "first", "share.b", "0.5", "second", "share.a", "0.25", "more")
                .doesNotContain("unmarked", "gone", "claimed");
        assertThat(tiles.split("share.a", -1)).hasSize(2);
    }

    @Test
    void thereAreAtMostEightHeadlinesAndEveryStageHasOneBeforeAnyHasTwo() {
        List<StageSection> stages = new ArrayList<>();
        stages.add(Reports.measured(
                "many",
                IntStream.range(0, 20).mapToObj(i -> "m" + i).toList(),
                IntStream.range(0, 20)
                        .mapToObj(i -> Metric.exact("m" + i, i + 0.5, 9))
                        .toArray(Metric[]::new)));
        for (int i = 0; i < 5; i++) {
            stages.add(Reports.measured("one" + i, List.of("n"), Metric.exact("n", i + 100, 9)));
        }
        String page = ReportPage.render(Reports.of(stages, ""));
        String tiles = page.substring(page.indexOf("id=\"numbers\""), page.indexOf("id=\"plan\""));
        assertThat(tiles.split("<li>", -1)).hasSize(9);
        assertThat(tiles).contains("one0", "one4", ">m0<", ">m2<").doesNotContain(">m3<");
    }

    @Test
    void distributionsShowTheirStatisticAndVerdict() {
        String page = ReportPage.render(SampleReport.rich());
        String table = page.substring(page.indexOf("<h3>Distributions"), page.indexOf("id=\"provenance\""));
        assertThat(table)
                .contains("sample.table.income", "Wasserstein-1 / sd", "0.1347", "drifted", "29\u202F305")
                .contains("sample.table.region", "0.3546", "sample.table.sector", "not judged");
        assertThat(table.split("drifted", -1)).hasSize(2);
    }

    @Test
    void thePolicyKnowsEveryScriptAndStyleByItsDigestAndAllowsNothingElse() throws Exception {
        String page = ReportPage.render(SampleReport.rich());
        String policy = page.substring(page.indexOf("content=\"default-src"), page.indexOf("form-action"))
                .replace("&#39;", "'");
        List<String> digests = new ArrayList<>();
        Matcher code = CODE.matcher(page);
        while (code.find()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(code.group(2).getBytes(StandardCharsets.UTF_8));
            digests.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(digests).hasSize(3).allMatch(policy::contains);
        assertThat(policy)
                .startsWith("content=\"default-src 'none'; script-src 'sha256-")
                .doesNotContain("http", "*");
        assertThat(policy.split("script-src", -1)[1].split(";", -1)[0]).doesNotContain("unsafe");
    }

    @Test
    void hostileTextsStandInThePageAsTextOnly() {
        String page = ReportPage.render(Reports.hostile());
        String markup = DATA.matcher(CODE.matcher(page).replaceAll("")).replaceAll("");
        assertThat(markup)
                .doesNotContain("<script", "<img", "onload='", "<!--", "\u2028", "\u2029", "\u202E")
                .contains("&lt;/script&gt;&lt;script&gt;window.broken = 1")
                .contains("[U+202E]")
                .contains("./assay receipts verify &#39;run &#39;\\&#39;&#39;&lt;/script&gt;");
    }

    @Test
    void aReportOfNothingIsAPageToo() {
        assertThat(ReportPage.render(Reports.empty()))
                .contains("Nothing was planned.")
                .endsWith("</html>\n");
    }

    @Test
    void aNewPageTakesThePlaceOfTheOldOneAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run/report.html");
        ReportPage.write(Reports.empty(), file);
        ReportPage.write(SampleReport.rich(), file);
        assertThat(file).hasContent(ReportPage.render(SampleReport.rich()));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
        Path blocked = Files.writeString(folder.resolve("a-file"), "");
        assertThatThrownBy(() -> ReportPage.write(Reports.empty(), blocked.resolve("report.html")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.STORAGE))
                .hasMessageContaining("report.html");
    }
}
