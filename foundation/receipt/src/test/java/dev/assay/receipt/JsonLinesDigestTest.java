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
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The one pass over a file gives what the definition says, row by row with the parser, and what other passes give.
class JsonLinesDigestTest {
    /// As the class has it: rows are laid across its borders.
    private static final int BATCH_BYTES = 4 << 20;

    private static final List<IntFunction<String>> ROWS = List.of(
            n -> "{\"a\":" + n + ",\"text\":\"plain\"}",
            n -> "{\"text\":\"unsorted\",\"a\":" + n + "}",
            n -> " { \"a\" : " + n + ".0 ,\t\"b\" : [ 1e2, -0 ] } ",
            n -> "{\"id\":" + n + ",\"a\":1,\"recorded_at\":\"x\"}",
            n -> "{\"a\":{\"id\":[1,{\"b\":\"\\u0041\"}],\"n\":" + n + "},\"metrics\":{\"id\":2}}",
            n -> "{\"text\":\"\\u00e9 \\/ \\\" \\\\ \\n é € \uD83D\uDE00\",\"n\":" + n + "}",
            n -> "{\"\\u006eame\":" + n + "}",
            n -> "{\"n\":" + n + ",\"text\":\"\uFFFD\"}",
            n -> "[" + n + ",true,null]",
            n -> "\"row " + n + "\"",
            n -> "",
            n -> " \t",
            n -> "{\"n\":" + n + "}\r");

    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("rows.jsonl"), bytes);
    }

    private static Digest expected(String text) {
        return Digest.of(text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> ContentId.of(CanonicalJson.parse(line)).hex() + "\n")
                .sorted()
                .collect(Collectors.joining()));
    }

    private void agrees(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path file = file(bytes);
        FileRef ref = FileRef.of(folder, file);
        assertThat(ref.sha256()).isEqualTo(Digest.of(bytes)).isEqualTo(Digest.ofFile(file));
        assertThat(ref.contentDigest()).isEqualTo(expected(text)).isEqualTo(ContentId.ofJsonLinesFile(file));
        assertThat(ref.bytes()).isEqualTo(bytes.length);
    }

    @Test
    void rowsOfAllKindsInAllEndings() throws IOException {
        Property.holds(60, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(ROWS.get(random.nextInt(ROWS.size())).apply(random.nextInt(5)));
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            text.append(random.nextBoolean() ? "" : ROWS.get(random.nextInt(9)).apply(7));
            agrees(text.toString());
        });
    }

    @Test
    void rowsLieAcrossBatchesAndParts() throws IOException {
        Property.holds(4, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            StringBuilder text = new StringBuilder();
            while (text.length() < 2 * BATCH_BYTES + BATCH_BYTES / 2) {
                int kind = random.nextInt(ROWS.size() + 1);
                int number = random.nextInt(1_000);
                text.append(
                        kind < ROWS.size()
                                ? ROWS.get(kind).apply(number)
                                : "{\"text\":\"" + "long ".repeat(random.nextInt(20_000)) + "\"}");
                text.append('\n');
            }
            agrees(text.toString());
        });
    }

    /// A line feed as the last byte of a batch, the first of the next, and around both.
    @Test
    void filesAndRowsEndWhereABatchEnds() throws IOException {
        for (int more = -2; more <= 2; more++) {
            String row = "{\"text\":\"" + "x".repeat(BATCH_BYTES - 12 + more) + "\"}\n";
            assertThat(row).hasSize(BATCH_BYTES + more);
            agrees(row);
            agrees(row.stripTrailing());
            agrees(row + "{\"a\":1}\n" + row);
            agrees(row + "\n\n{\"a\":1}");
        }
    }

    @Test
    void aLineMayBeLongerThanManyBatches() throws IOException {
        String row = "{\"text\":\"" + "long line ".repeat(3 * BATCH_BYTES / 10) + "\"}";
        agrees("{\"a\":1}\n" + row + "\n{\"a\":2}\n");
        agrees(row);
    }

    @Test
    void manyRowsThatAreTheSameCountEach() throws IOException {
        agrees("{\"a\":1}\n".repeat(70_000) + "{\"a\":2}\n".repeat(70_000));
    }

    @Test
    void theFirstDamagedRowIsNamedWhereverItStands() throws IOException {
        List<String> damaged = List.of("{\"a\":1,\"a\":2}", "{\"open", "nonsense", "[9007199254740993]", "{} {}");
        Property.holds(12, seed -> {
            SplittableRandom random = new SplittableRandom(seed.asLong());
            List<String> lines = new ArrayList<>();
            int rows = random.nextInt(1, 12_000);
            for (int i = 0; i < rows; i++) {
                lines.add(random.nextInt(10) == 0 ? "" : "{\"n\":" + i + ",\"text\":\"" + "y".repeat(900) + "\"}");
            }
            int bad = random.nextInt(rows);
            lines.set(random.nextInt(bad, rows), "{\"a\":");
            lines.set(bad, damaged.get(random.nextInt(damaged.size())));
            byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            Path file = file(bytes);
            assertThatThrownBy(() -> ContentId.ofJsonLinesFile(file)).isInstanceOfSatisfying(Fault.class, fault -> {
                assertThat(fault.kind()).isEqualTo(Fault.Kind.MALFORMED_FILE);
                assertThat(fault.getMessage()).contains("rows.jsonl:" + (bad + 1) + ":");
            });
            FileRef ref = FileRef.of(folder, file);
            assertThat(ref.sha256()).isEqualTo(Digest.of(bytes));
            assertThat(ref.contentDigest()).isEqualTo(ref.sha256());
        });
    }

    @Test
    void whatIsNoUtf8IsNoRow() throws IOException {
        byte[] good = "{\"a\":1}\n{\"a\":\"??\"}\n".getBytes(StandardCharsets.UTF_8);
        for (int[] pair :
                new int[][] {{0xC0, 0x80}, {0xED, 0xA0}, {0xC3, '('}, {0x80, 0x80}, {0xF5, 0x80}, {'a', 0xE2}}) {
            byte[] bad = good.clone();
            bad[14] = (byte) pair[0];
            bad[15] = (byte) pair[1];
            Path file = file(bad);
            assertThatThrownBy(() -> ContentId.ofJsonLinesFile(file)).hasMessageContaining("rows.jsonl:2:");
        }
    }

    @Test
    void aFolderIsTheSameFromItsFiles() throws IOException {
        Path parts = Files.createDirectories(folder.resolve("out/parts/deep"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(parts.resolve(i + (i % 2 == 0 ? ".jsonl" : ".txt")), "{\"id\":" + i + "}\n");
        }
        Files.writeString(folder.resolve("out/parts/Z"), "z");
        Files.writeString(folder.resolve("out/parts/deep.json"), "{ }");
        Path top = folder.resolve("out/parts");
        List<FileRef> files = FileRef.below(folder.resolve("out"), top);
        assertThat(files).hasSize(32).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
        for (FileRef file : files) {
            Path place = folder.resolve("out").resolve(file.name());
            assertThat(file).isEqualTo(FileRef.named(file.name(), place));
            assertThat(file.sha256()).isEqualTo(Digest.of(Files.readAllBytes(place)));
        }
        assertThat(FileRef.folder("parts", files))
                .isEqualTo(FileRef.named("parts", top))
                .isEqualTo(FileRef.folder("parts", files.reversed()));
        assertThat(files.getFirst().withName("else").name()).isEqualTo("else");
        assertThatThrownBy(() -> FileRef.folder("part", files)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void canonicalBytesAreNotCopied() {
        byte[] canonical = "{\"a\":[1,2.5,\"\\n é\"],\"b\":{}}".getBytes(StandardCharsets.UTF_8);
        assertThat(CanonicalJson.canonical(canonical)).isSameAs(canonical);
        byte[] other = "{\"a\":1} ".getBytes(StandardCharsets.UTF_8);
        assertThat(CanonicalJson.canonical(other)).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void digestsAreHexadecimalAndLower() {
        String good = "0123456789abcdef".repeat(4);
        assertThat(new Digest(good).hex()).isEqualTo(good);
        for (String bad : List.of(
                "",
                good + "0",
                good.substring(1),
                good.toUpperCase(Locale.ROOT),
                "g" + good.substring(1),
                good.substring(1) + "/",
                good.substring(1) + "`",
                good.substring(1) + "\n")) {
            assertThatThrownBy(() -> new Digest(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
