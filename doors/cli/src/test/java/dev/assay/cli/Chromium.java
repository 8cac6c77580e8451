package dev.assay.cli;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The system's Chromium, driven by Playwright; nothing is downloaded. Where there is none, tests that need
/// it are skipped with a word, or fail if `ASSAY_REQUIRE_BROWSER` is `true` (environment or system property).
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(FLAGS));
    }

    static Chromium start() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            String word = "no Chromium on the PATH (looked for " + String.join(", ", NAMES) + ")";
            if (required()) {
                fail("ASSAY_REQUIRE_BROWSER is set, and there is " + word);
            }
            abort("The page is not looked at in a browser: there is " + word);
        }
        return new Chromium(found.orElseThrow());
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static boolean required() {
        return Boolean.parseBoolean(System.getenv("ASSAY_REQUIRE_BROWSER"))
                || Boolean.getBoolean("ASSAY_REQUIRE_BROWSER");
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Stream.concat(
                        Arrays.stream(path.split(File.pathSeparator, -1)).filter(s -> !s.isEmpty()),
                        Stream.of("/usr/bin"))
                .map(Path::of)
                .toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
