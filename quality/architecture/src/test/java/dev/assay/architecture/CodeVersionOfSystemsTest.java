package dev.assay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Main;
import dev.assay.distil.ScoreStage;
import dev.assay.fault.Fault;
import dev.assay.inference.Bootstrap;
import dev.assay.measure.Sample;
import dev.assay.microdata.FidelityStage;
import dev.assay.report.ReportPage;
import dev.assay.study.Stage;
import dev.assay.study.internal.store.ClassPath;
import dev.assay.study.internal.store.CodeVersion;
import dev.assay.weigh.Distance;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.index.IndexWriter;
import org.hipparchus.optim.linear.SimplexSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What a change of the real modules and libraries does to the versions of the two systems' code.
class CodeVersionOfSystemsTest {
    private static final List<Path> CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .toList();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {FidelityStage.class, Sample.class, Distance.class, SimplexSolver.class})
    void microdataAndItsMethodsChangeMicrodataAlone(Class<?> type) throws IOException {
        assertChanges(type, true, false);
    }

    @ParameterizedTest
    @ValueSource(classes = {ScoreStage.class, IndexWriter.class})
    void distilAndItsLibrariesChangeDistilAlone(Class<?> type) throws IOException {
        assertChanges(type, false, true);
    }

    @ParameterizedTest
    @ValueSource(classes = {Fault.class, Stage.class, Bootstrap.class, JsonMapper.class})
    void whatBothStandOnChangesBoth(Class<?> type) throws IOException {
        assertChanges(type, true, true);
    }

    @ParameterizedTest
    @ValueSource(classes = {Main.class, ReportPage.class})
    void doorsAndReportsChangeNeither(Class<?> type) throws IOException {
        assertChanges(type, false, false);
    }

    @Test
    void nothingThatASystemReachesIsMissingOrOfAnotherVersion() throws IOException {
        Set<String> files = Set.copyOf(
                CLASS_PATH.stream().map(place -> place.getFileName().toString()).toList());
        for (Class<?> system : List.of(FidelityStage.class, ScoreStage.class)) {
            CodeVersion version = CodeVersion.of(system);
            assertThat(version.parts()).doesNotContainValue("absent").containsKey("assay-study");
            assertThat(version.parts().keySet().stream()
                            .filter(part -> part.contains(":"))
                            .map(part -> part.substring(part.indexOf(':') + 1).replace(':', '-') + ".jar"))
                    .isNotEmpty()
                    .allMatch(files::contains);
        }
    }

    @Test
    void aSystemReachesWhateverItsModulesReach() {
        Set<String> microdata = CodeVersion.of(FidelityStage.class).parts().keySet();
        Set<String> distil = CodeVersion.of(ScoreStage.class).parts().keySet();
        for (Class<?> module : List.of(Stage.class, Bootstrap.class)) {
            assertThat(microdata).containsAll(CodeVersion.of(module).parts().keySet());
            assertThat(distil).containsAll(CodeVersion.of(module).parts().keySet());
        }
        for (Class<?> module : List.of(Sample.class, Distance.class)) {
            assertThat(microdata).containsAll(CodeVersion.of(module).parts().keySet());
        }
    }

    /// Puts a copy of the place of this class on the class path, as it is and with the class changed.
    private void assertChanges(Class<?> type, boolean microdata, boolean distil) throws IOException {
        Path place = placeOf(type);
        assertThat(CLASS_PATH).contains(place);
        Path same = copy(place, folder.resolve("same"), "");
        assertThat(version(FidelityStage.class, place, same)).isEqualTo(CodeVersion.of(FidelityStage.class));
        assertThat(version(ScoreStage.class, place, same)).isEqualTo(CodeVersion.of(ScoreStage.class));

        Path changed = copy(place, folder.resolve("changed"), type.getName().replace('.', '/') + ".class");
        assertThat(version(FidelityStage.class, place, changed)
                        .digest()
                        .equals(CodeVersion.of(FidelityStage.class).digest()))
                .as("microdata stays the same when %s changes", type)
                .isNotEqualTo(microdata);
        assertThat(version(ScoreStage.class, place, changed)
                        .digest()
                        .equals(CodeVersion.of(ScoreStage.class).digest()))
                .as("distil stays the same when %s changes", type)
                .isNotEqualTo(distil);
    }

    private static CodeVersion version(Class<?> system, Path place, Path instead) {
        Path start = placeOf(system);
        return ClassPath.of(CLASS_PATH.stream()
                        .map(each -> each.equals(place) ? instead : each)
                        .toList())
                .version(start.equals(place) ? instead : start);
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A copy of a jar or folder with a byte more in one entry. Modules of the house become jars if they are
    /// folders and folders if they are jars.
    private static Path copy(Path place, Path to, String longer) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(place)) {
            return pack(place, to.resolve("packed.jar"), longer);
        }
        try (ZipFile zip = new ZipFile(place.toFile())) {
            if (zip.getEntry("META-INF/assay/module.txt") != null) {
                return unpack(zip, to.resolve("classes"), longer);
            }
            Path jar = to.resolve(place.getFileName());
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
                for (Iterator<? extends ZipEntry> i = zip.stream().iterator(); i.hasNext(); ) {
                    ZipEntry entry = i.next();
                    add(out, entry.getName(), bytes(zip.getInputStream(entry).readAllBytes(), entry.getName(), longer));
                }
            }
            return jar;
        }
    }

    private static Path pack(Path place, Path jar, String longer) throws IOException {
        try (Stream<Path> files = Files.walk(place);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(out, "META-INF/MANIFEST.MF", new byte[] {'\n'});
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = place.relativize(file).toString().replace(File.separatorChar, '/');
                add(out, name, bytes(Files.readAllBytes(file), name, longer));
            }
        }
        return jar;
    }

    private static Path unpack(ZipFile zip, Path to, String longer) throws IOException {
        for (Iterator<? extends ZipEntry> i = zip.stream().iterator(); i.hasNext(); ) {
            ZipEntry entry = i.next();
            if (!entry.isDirectory()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, bytes(zip.getInputStream(entry).readAllBytes(), entry.getName(), longer));
            }
        }
        return to;
    }

    private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private static byte[] bytes(byte[] bytes, String name, String longer) {
        return name.equals(longer) ? Arrays.copyOf(bytes, bytes.length + 1) : bytes;
    }
}
