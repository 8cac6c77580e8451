package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
    @TempDir
    Path folder;

    private Path put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @Test
    void theDigestOfAFolderListsItsFilesInByteOrder() throws IOException {
        put("b", "2");
        put("a/z", "1");
        put("a.txt", "3");
        put("B", "4");
        put("ä", "5");
        Files.createDirectories(folder.resolve("empty"));
        String listing = line("4", "B") + line("3", "a.txt") + line("1", "a/z") + line("2", "b") + line("5", "ä");
        assertThat(Digest.ofFolder(folder)).isEqualTo(Digest.of(listing));
        assertThat(Digest.ofFolder(folder.resolve("empty"))).isEqualTo(Digest.of(""));
    }

    private static String line(String content, String path) {
        return Digest.of(content).hex() + "  " + path + "\n";
    }

    @Test
    void theDigestOfAFolderIsThatOfTheShellLine() throws Exception {
        Shell.needs("sha256sum", "find", "xargs", "sort", "cut");
        put("one.csv", "a\n1\n");
        put("x/two-2.csv", "b\n");
        put("x.y/three", "");
        put("X", "upper");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("one.csv"));
        Shell.Result shell =
                Shell.run(folder, "find . -type f | cut -c3- | LC_ALL=C sort | xargs -r sha256sum | sha256sum");
        assertThat(shell.output()).startsWith(Digest.ofFolder(folder).hex());
    }

    @Test
    void namesWithABackslashAreListedAsCoreutilsListThem() throws Exception {
        Shell.needs("sha256sum");
        put("a\\nb", "1");
        Shell.Result shell = Shell.run(folder, "sha256sum * | sha256sum");
        assertThat(shell.output()).startsWith(Digest.ofFolder(folder).hex());
    }

    @Test
    void contentIdsLeaveOutWhatIsVolatileAtAnyDepth() {
        String plain = "{\"a\":[{\"b\":1}],\"c\":{}}";
        String dressed = "{\"id\":\"x\",\"a\":[{\"b\":1,\"recorded_at\":\"2026\",\"hostname\":\"h\"}],"
                + "\"c\":{\"duration_ms\":3,\"started_at\":1,\"finished_at\":2,\"invocation_id\":0},"
                + "\"generated_at\":1,\"created_at\":2,\"scored_at\":3}";
        assertThat(ContentId.of(CanonicalJson.parse(dressed))).isEqualTo(Digest.of(plain));
    }

    @Test
    void contentIdsKeepEverythingInsideMapsOfData() {
        for (String map : List.of("metrics", "metadata", "validation_results")) {
            String text = "{\"x\":{\"" + map + "\":{\"deeper\":{\"hostname\":1},\"id\":7}}}";
            assertThat(ContentId.of(CanonicalJson.parse(text))).isEqualTo(Digest.of(text));
        }
        // A list of that name is no map: its members' names are not data.
        assertThat(ContentId.of(CanonicalJson.parse("{\"metrics\":[{\"id\":1,\"n\":2}]}")))
                .isEqualTo(Digest.of("{\"metrics\":[{\"n\":2}]}"));
    }

    @Test
    void contentIdsTellOrderInLists() {
        assertThat(ContentId.of(List.of(1, 2))).isNotEqualTo(ContentId.of(List.of(2, 1)));
    }

    @Test
    void rowsOfJsonLinesCountInAnyOrderButEachOnce() throws IOException {
        String a = "{\"id\":1,\"x\":1}";
        String b = "{\"x\":2}";
        Digest expected = Digest.of(List.of(ContentId.of(Map.of("x", 1)), ContentId.of(Map.of("x", 2))).stream()
                .sorted()
                .map(id -> id.hex() + "\n")
                .collect(Collectors.joining()));
        assertThat(ContentId.ofJsonLinesFile(put("1.jsonl", a + "\n" + b + "\n")))
                .isEqualTo(expected);
        assertThat(ContentId.ofJsonLinesFile(put("2.jsonl", b + "\r\n\n" + a))).isEqualTo(expected);
        assertThat(ContentId.ofJsonLinesFile(put("3.jsonl", a + "\n" + b + "\n" + b + "\n")))
                .isNotEqualTo(expected);
        assertThat(ContentId.ofJsonLinesFile(put("4.jsonl", ""))).isEqualTo(Digest.of(""));
    }

    @Test
    void blocksOfRowsMergeIntoOneOrder() throws IOException {
        // More rows than one block holds.
        int rows = 70_000;
        StringBuilder text = new StringBuilder();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String row = "{\"row\":" + i + "}";
            text.append(row).append('\n');
            ids.add(Digest.of(row).hex());
        }
        ids.sort(null);
        assertThat(ContentId.ofJsonLinesFile(put("many.jsonl", text.toString())))
                .isEqualTo(Digest.of(String.join("\n", ids) + "\n"));
    }

    @Test
    void linesLongerThanABufferAreRead() throws IOException {
        Property.holds(20, seed -> {
            int length = seed.generator().nextInt(60_000, 140_000);
            String row = "{\"text\":\"" + "x".repeat(length) + "\"}";
            assertThat(ContentId.ofJsonLinesFile(put("long.jsonl", row + "\n" + row)))
                    .isEqualTo(Digest.of((Digest.of(row).hex() + "\n").repeat(2)));
        });
    }

    @Test
    void aDamagedRowIsNamedByItsLineAndNotQuoted() throws IOException {
        Path file = put("rows.jsonl", "{\"a\":1}\n{\"a\":1,\"a\":\"secret\"}\n");
        assertThatThrownBy(() -> ContentId.ofJsonLinesFile(file)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
            assertThat(fault.getMessage()).contains("rows.jsonl:2:").doesNotContain("secret");
        });
        assertThatThrownBy(() -> ContentId.ofJsonFile(folder.resolve("none.json")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.MISSING_FILE));
    }

    @Test
    void filesKnowTheirDigestsByTheirEnding() throws IOException {
        FileRef lines = FileRef.of(folder, put("a/rows.jsonl", "{\"id\":1}\n"));
        assertThat(lines.name()).isEqualTo("a/rows.jsonl");
        assertThat(lines.contentDigest()).isEqualTo(Digest.of(Digest.of("{}").hex() + "\n"));
        assertThat(lines.bytes()).isEqualTo(9);
        assertThat(FileRef.of(folder, put("one.json", " {\"id\": 3} ")).contentDigest())
                .isEqualTo(Digest.of("{}"));
        FileRef table = FileRef.of(folder, put("t.csv", "a\n"));
        assertThat(table.contentDigest()).isEqualTo(table.sha256()).isEqualTo(Digest.of("a\n"));
        FileRef damaged = FileRef.of(folder, put("big.json", "[9007199254740993]"));
        assertThat(damaged.contentDigest()).isEqualTo(damaged.sha256());
        assertThat(FileRef.of(folder, folder.resolve("a")).sha256()).isEqualTo(Digest.ofFolder(folder.resolve("a")));
        assertThat(FileRef.below(folder, folder.resolve("a"))).containsExactly(lines);
        assertThatThrownBy(() -> FileRef.of(folder.resolve("a"), folder.resolve("t.csv")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileRef.of(folder, folder.resolve("missing.csv")))
                .isInstanceOf(Fault.class);
    }

    @Test
    void aNameThatIsNoTextIsRefusedSinceTwoWouldBeOne() throws Exception {
        Path folder = Files.createDirectories(this.folder.resolve("names"));
        Shell.Result made =
                Shell.run(folder, "for b in 376 377; do printf x > \"$(printf \"a\\\\$b.csv\")\"; done; ls | wc -l");
        assertThat(made.output().strip()).isEqualTo("2");
        assertThat(FolderListing.ofAll(folder).keySet()).containsExactly("a\\xFE.csv", "a\\xFF.csv");
        assertThatThrownBy(() -> Digest.ofFolder(folder))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("a\\xFE.csv is no text");
        assertThatThrownBy(() -> FileRef.named("names", folder)).isInstanceOf(Fault.class);
        Path twin = Files.createDirectories(this.folder.resolve("twins"));
        Files.writeString(twin.resolve("\u00E9"), "");
        Files.writeString(twin.resolve("e\u0301"), "");
        Files.writeString(twin.resolve("\uFFFD"), "");
        assertThat(FolderListing.of(twin)).hasSize(3);
        Digest.ofFolder(twin);
    }
}
