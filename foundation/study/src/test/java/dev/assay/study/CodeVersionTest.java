package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.study.internal.store.CodeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {
    @TempDir
    Path folder;

    private Path tree(String name, String code, String door) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("dev/assay/x"));
        Files.createDirectories(root.resolve("dev/assay/cli"));
        Files.createDirectories(root.resolve("org"));
        Files.writeString(root.resolve("dev/assay/x/A.class"), code);
        Files.writeString(root.resolve("dev/assay/x/B.class"), "b");
        Files.writeString(root.resolve("dev/assay/cli/Main.class"), door);
        Files.writeString(root.resolve("org/Other.class"), door);
        return root;
    }

    private Path jar(String name, List<String> entries, String time) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                ZipEntry zip = new ZipEntry("dev/assay/x/" + entry + ".class");
                zip.setLastModifiedTime(FileTime.from(Instant.parse(time)));
                out.putNextEntry(zip);
                out.write(entry.equals("A") ? 'a' : 'b');
            }
        }
        return jar;
    }

    @Test
    void itIsThatOfTheClassesWhereverTheyLieAndInWhateverOrder() throws IOException {
        String version = CodeVersion.of(List.of(tree("one", "a", "door")));
        assertThat(version).matches("[0-9a-f]{64}");
        assertThat(CodeVersion.of(List.of(jar("x.jar", List.of("A", "B"), "2020-01-01T00:00:00Z"))))
                .isEqualTo(version);
        assertThat(CodeVersion.of(List.of(jar("y.jar", List.of("B", "A"), "2021-01-01T00:00:00Z"))))
                .isEqualTo(version);
    }

    @Test
    void doorsAndOtherPeoplesClassesDoNotCountButEveryByteOfTheProgramDoes() throws IOException {
        String version = CodeVersion.of(List.of(tree("one", "a", "door")));
        assertThat(CodeVersion.of(List.of(tree("two", "a", "other door")))).isEqualTo(version);
        assertThat(CodeVersion.of(List.of(tree("three", "c", "door")))).isNotEqualTo(version);
        assertThat(CodeVersion.of(List.of(folder.resolve("one"), folder.resolve("nowhere"))))
                .isEqualTo(version);
    }

    @Test
    void theRunningProgramHasOne() {
        assertThat(CodeVersion.current()).matches("[0-9a-f]{64}").isEqualTo(CodeVersion.current());
    }
}
