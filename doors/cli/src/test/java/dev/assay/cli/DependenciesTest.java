package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page of libraries is what the build resolves.
class DependenciesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| [^|]+ \\|$");
    private static final Pattern RESOLVED =
            Pattern.compile("(?m)^\\s*([^:\\s]+:[^:\\s]+):jar:([^:\\s]+):(?:compile|runtime)");

    @Test
    void thePageListsWhatRunsAndEachHasAPermissiveLicence() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Assay.project().resolve("docs/reference/dependencies.md")));
        while (row.find()) {
            if (!row.group(1).equals("library") && !row.group(1).startsWith("-")) {
                listed.put(row.group(1), row.group(2));
                assertThat(row.group(3)).as(row.group(1)).matches("(Apache-2\\.0|MIT|BSD-3-Clause|, parts )+");
            }
        }
        Map<String, String> resolved = new TreeMap<>();
        try (InputStream in = Main.class.getResourceAsStream("/META-INF/assay/module.txt")) {
            Path own = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String text = Files.isDirectory(own)
                    ? Files.readString(own.resolve("META-INF/assay/module.txt"))
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher library = RESOLVED.matcher(text);
            while (library.find()) {
                if (!library.group(1).startsWith("dev.assay:")) {
                    resolved.put(library.group(1), library.group(2));
                }
            }
        }
        assertThat(resolved).hasSizeGreaterThan(20);
        resolved.put("echarts (a file in `foundation/report`, unchanged)", "6.1.0");
        assertThat(listed).isEqualTo(resolved);
    }
}
