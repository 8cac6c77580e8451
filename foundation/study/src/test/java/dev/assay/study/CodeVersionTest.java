package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.study.internal.store.ClassPath;
import dev.assay.study.internal.store.CodeVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {
    private static final String LIST = "META-INF/assay/module.txt";

    @TempDir
    Path folder;

    /// A system on a method on a base and a library with a native part, and another system on the base alone.
    private Path system;
    private Path method;
    private Path base;
    private Path other;
    private Path door;
    private Path library;

    @BeforeEach
    void build() throws IOException {
        system = module("system", "method:jar", "base:jar", "org.example:lib:jar:1.0");
        method = module("method", "base:jar");
        base = module("base");
        other = module("other", "base:jar");
        door = module("door", "system:jar", "other:jar");
        library = jar("repository/org/example/lib/1.0/lib-1.0.jar", library("code", "native"));
    }

    private static Map<String, String> library(String code, String binary) {
        return Map.of(
                "org/example/Lib.class", code, "linux/lib.so", binary, "META-INF/MANIFEST.MF", "Multi-Release: true");
    }

    private Path module(String name, String... closure) throws IOException {
        code(name, "code");
        StringBuilder list = new StringBuilder("dev.assay:assay-" + name + ":jar:1\n");
        for (String each : closure) {
            list.append("   ")
                    .append(each.contains("example") ? each : "dev.assay:assay-" + each + ":1")
                    .append(":compile\n");
        }
        return tree(name + "/target/classes", Map.of(LIST, list.toString()));
    }

    private void code(String name, String code) throws IOException {
        tree(name + "/target/classes", Map.of("dev/assay/" + name + "/A.class", code));
    }

    private Path tree(String name, Map<String, String> files) throws IOException {
        Path root = folder.resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return root;
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        return jar(name, files, "2020-01-01T00:00:00Z", false);
    }

    private Path jar(String name, Map<String, String> files, String time, boolean backwards) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        TreeMap<String, String> ordered = new TreeMap<>(files);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : (backwards ? ordered.descendingMap() : ordered).entrySet()) {
                ZipEntry zip = new ZipEntry(entry.getKey());
                zip.setLastModifiedTime(FileTime.from(Instant.parse(time)));
                out.putNextEntry(zip);
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private CodeVersion of(Path place) {
        return ClassPath.of(List.of(door, system, method, base, other, library)).version(place);
    }

    @Test
    void itHoldsEveryModuleAndLibraryOfTheClosureAndNothingElse() {
        CodeVersion version = of(system);
        assertThat(version.parts())
                .containsOnlyKeys("assay-system", "assay-method", "assay-base", "java", "org.example:lib:1.0");
        assertThat(version.parts())
                .containsEntry("java", String.valueOf(Runtime.version().feature()));
        assertThat(version.parts().get("org.example:lib:1.0")).matches("[0-9a-f]{64}");
        assertThat(version.digest()).matches("[0-9a-f]{64}");
        assertThat(of(other).parts()).containsOnlyKeys("assay-other", "assay-base", "java");
    }

    @Test
    void aChangedModuleChangesWhatStandsOnItAndNothingElse() throws IOException {
        CodeVersion before = of(system);
        CodeVersion otherBefore = of(other);
        code("method", "changed");
        assertThat(of(system).digest()).isNotEqualTo(before.digest());
        assertThat(of(other)).isEqualTo(otherBefore);

        code("method", "code");
        code("other", "changed");
        code("door", "changed");
        assertThat(of(system)).isEqualTo(before);
        assertThat(of(other).digest()).isNotEqualTo(otherBefore.digest());

        code("other", "code");
        code("base", "changed");
        assertThat(of(system).digest()).isNotEqualTo(before.digest());
        assertThat(of(other).digest()).isNotEqualTo(otherBefore.digest());
    }

    @Test
    void aChangedLibraryChangesItEvenInItsNativePartAlone() throws IOException {
        String before = of(system).digest();
        CodeVersion otherBefore = of(other);
        jar("repository/org/example/lib/1.0/lib-1.0.jar", library("changed", "native"));
        assertThat(of(system).digest()).isNotEqualTo(before);
        jar("repository/org/example/lib/1.0/lib-1.0.jar", library("code", "another"));
        assertThat(of(system).digest()).isNotEqualTo(before);
        jar("repository/org/example/lib/1.0/lib-1.0.jar", library("code", "native"));
        assertThat(of(system).digest()).isEqualTo(before);
        assertThat(of(other)).isEqualTo(otherBefore);
    }

    @Test
    void theVersionOfALibraryCountsEvenIfItsContentIsTheSame() throws IOException {
        String before = of(system).digest();
        module("system", "method:jar", "base:jar", "org.example:lib:jar:1.1");
        library = jar("lib/lib-1.1.jar", library("code", "native"));
        assertThat(of(system).parts()).containsKey("org.example:lib:1.1");
        assertThat(of(system).digest()).isNotEqualTo(before);
    }

    @Test
    void aLibraryOfAnotherVersionThanTheBuildsIsReadAndOneThatIsMissingIsAbsent() throws IOException {
        String digest = of(system).parts().get("org.example:lib:1.0");
        library = jar("lib/lib-2.0.jar", library("code", "native"));
        assertThat(of(system).parts()).containsEntry("org.example:lib:1.0", digest);
        library = jar("lib/lib-2.0.jar", library("changed", "native"));
        assertThat(of(system).parts().get("org.example:lib:1.0")).isNotEqualTo(digest);
        library = jar("lib/lib-other-1.0.jar", library("code", "native"));
        assertThat(of(system).parts()).containsEntry("org.example:lib:1.0", "absent");
    }

    @Test
    void aLibraryWithAClassifierIsFoundByIt() throws IOException {
        module("system", "org.example:lib:jar:linux:1.0");
        assertThat(of(system).parts()).containsKey("org.example:lib:linux:1.0");
        String other = of(system).parts().get("org.example:lib:linux:1.0");
        library = jar("lib/lib-1.0-linux.jar", library("code", "linux"));
        assertThat(of(system).parts().get("org.example:lib:linux:1.0"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(other);
    }

    @Test
    void classesAndJarsOfTheSameSourcesHaveOneVersion() throws IOException {
        CodeVersion before = of(system);
        Map<String, String> packed = Map.of(
                LIST,
                Files.readString(base.resolve(LIST)),
                "dev/assay/base/A.class",
                "code",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0",
                "META-INF/maven/dev.assay/assay-base/pom.properties",
                "version=1");
        base = jar("lib/assay-base-1.jar", packed);
        assertThat(of(system)).isEqualTo(before);
        base = jar("lib/assay-base-1.jar", packed, "2021-01-01T00:00:00Z", true);
        assertThat(of(system)).isEqualTo(before);
    }

    @Test
    void aPlaceWithoutAListStandsOnTheWholeClassPathButTheDoors() throws IOException {
        Path foreign = tree("foreign/classes", Map.of("com/example/Stage.class", "stage"));
        Path cli = tree("cli/classes", Map.of("dev/assay/cli/Main.class", "door"));
        List<Path> classPath = List.of(cli, system, base, library, folder.resolve("nowhere"));
        CodeVersion before = ClassPath.of(classPath).version(foreign);
        assertThat(before.parts()).containsOnlyKeys("assay", "classes", "java", "lib-1.0.jar");

        tree("cli/classes", Map.of("dev/assay/cli/Main.class", "changed"));
        assertThat(ClassPath.of(classPath).version(foreign)).isEqualTo(before);
        tree("foreign/classes", Map.of("com/example/Stage.class", "changed"));
        assertThat(ClassPath.of(classPath).version(foreign)).isNotEqualTo(before);
        tree("foreign/classes", Map.of("com/example/Stage.class", "stage"));
        code("base", "changed");
        assertThat(ClassPath.of(classPath).version(foreign)).isNotEqualTo(before);
        code("base", "code");
        jar("repository/org/example/lib/1.0/lib-1.0.jar", library("code", "another"));
        assertThat(ClassPath.of(classPath).version(foreign)).isNotEqualTo(before);
    }

    @Test
    void aListThatTheBuildDidNotMakeIsRefused() throws IOException {
        tree("system/target/classes", Map.of(LIST, "something else"));
        assertThatThrownBy(() -> of(system))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("build the module again");
    }

    @Test
    void theRunningProgramHasOne() {
        assertThat(CodeVersion.of(Stage.class).parts())
                .containsKeys("assay-study", "assay-fault", "java")
                .doesNotContainKey("assay-testkit")
                .doesNotContainValue("absent");
        assertThat(CodeVersion.of(CodeVersionTest.class).parts()).containsKeys("assay", "java");
        assertThat(CodeVersion.of(String.class).parts()).containsKeys("assay", "java");
    }
}
