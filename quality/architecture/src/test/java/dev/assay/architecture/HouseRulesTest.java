package dev.assay.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    /// Floors from the ground up; within the foundation a module uses only the modules before it.
    private static final List<String> FOUNDATION =
            List.of("fault", "files", "chance", "engine", "receipt", "frame", "inference", "study", "report");

    private static final List<String> METHODS = List.of("measure", "trees", "weigh");
    private static final List<String> SYSTEMS = List.of("microdata", "distil");
    private static final List<String> DOORS = List.of("cli");

    /// The modules that know where a workspace is, or what lies in a run's folder.
    private static final List<String> WORKSPACE = List.of("receipt", "study", "report", "cli");

    /// What may be asked of a file without changing it.
    private static final Set<String> READING = Set.of(
            "length",
            "toPath",
            "getPath",
            "getName",
            "exists",
            "isDirectory",
            "isFile",
            "pathSeparator",
            "separatorChar");

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.assay");
        assertThat(house.size()).isGreaterThan(50);
    }

    @Test
    void everyModuleStandsOnAKnownFloor() {
        Set<String> modules =
                house.stream().map(HouseRulesTest::moduleOf).collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(FOUNDATION);
        known.addAll(METHODS);
        known.addAll(SYSTEMS);
        known.addAll(DOORS);
        known.add("testkit");
        assertThat(known).containsAll(modules);
    }

    @Test
    void aFoundationOrMethodModuleUsesOnlyEarlierModules() {
        List<String> order = new java.util.ArrayList<>(FOUNDATION);
        order.addAll(METHODS);
        for (int i = 0; i < order.size(); i++) {
            String[] later = order.subList(i + 1, order.size()).stream()
                    .map(m -> "dev.assay." + m + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.assay." + order.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .check(house);
            }
        }
    }

    @Test
    void methodsNeverKnowStudiesSystemsOrDoors() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(METHODS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.assay.study..",
                        "dev.assay.report..",
                        "dev.assay.microdata..",
                        "dev.assay.distil..",
                        "dev.assay.cli..")
                .check(house);
    }

    @Test
    void systemsNeverKnowDoors() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(SYSTEMS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.assay.cli..", "dev.assay.report..")
                .check(house);
    }

    @Test
    void internalPackagesBelongToTheirModuleAlone() {
        for (JavaClass user : house) {
            for (JavaClass used : user.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass())
                    .filter(c -> c.getPackageName().startsWith("dev.assay."))
                    .filter(c -> c.getPackageName().contains(".internal"))
                    .toList()) {
                assertThat(moduleOf(user))
                        .as("%s uses %s", user.getName(), used.getName())
                        .isEqualTo(moduleOf(used));
            }
        }
    }

    @Test
    void packagesHaveNamesThatSaySomethingAndAreNullMarked() {
        for (JavaPackage each : house.getPackage("dev.assay").getSubpackagesInTree()) {
            if (each.getClasses().isEmpty()) {
                continue;
            }
            assertThat(each.getRelativeName()).isNotIn("util", "utils", "common", "helper", "helpers", "misc");
            assertThat(each.isAnnotatedWith(NullMarked.class))
                    .as("%s has a package-info with @NullMarked", each.getName())
                    .isTrue();
        }
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("dev.assay.(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void randomnessComesFromChance() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .check(house);
    }

    @Test
    void standardStreamsAreUsedInTheCommandLineOnly() {
        for (JavaClass each : house) {
            if (moduleOf(each).equals("cli")) {
                continue;
            }
            for (JavaAccess<?> access : each.getFieldAccessesFromSelf()) {
                boolean stream = access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err", "in").contains(access.getName());
                assertThat(stream).as(access.getDescription()).isFalse();
            }
        }
    }

    @Test
    void theWallClockIsReadThroughAClock() {
        for (JavaClass each : house) {
            for (JavaAccess<?> access : each.getMethodCallsFromSelf()) {
                String owner = access.getTargetOwner().getName();
                boolean wall = owner.equals("java.lang.System")
                                && access.getName().equals("currentTimeMillis")
                        || owner.startsWith("java.time.") && access.getName().equals("now");
                assertThat(wall).as(access.getDescription()).isFalse();
            }
        }
    }

    @Test
    void theDatabaseNeverLeavesFrame() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.assay.frame..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..")
                .check(house);
    }

    /// Whoever knows a workspace, or is handed a run of somebody else, changes files through one module alone: it
    /// follows no link, knows owners and permissions, and takes no name from a file as a path. What a stage writes
    /// lies in folders that were made there, of which it knows nothing but the path.
    @Test
    void oneModuleMakesLinksSweepsAndDeletesInAWorkspace() {
        Set<String> changing = Set.of(
                "write",
                "writeString",
                "newOutputStream",
                "newBufferedWriter",
                "newByteChannel",
                "createFile",
                "createDirectory",
                "createDirectories",
                "createLink",
                "createSymbolicLink",
                "createTempFile",
                "createTempDirectory",
                "delete",
                "deleteIfExists",
                "move",
                "copy",
                "setAttribute",
                "setOwner",
                "setPosixFilePermissions",
                "setLastModifiedTime");
        Set<String> writers = Set.of(
                "java.io.FileOutputStream",
                "java.io.FileWriter",
                "java.io.PrintWriter",
                "java.io.PrintStream",
                "java.io.RandomAccessFile");
        int seen = 0;
        for (JavaClass each : house) {
            boolean files = moduleOf(each).equals("files");
            if (!files && !WORKSPACE.contains(moduleOf(each))) {
                continue;
            }
            for (JavaAccess<?> access : each.getAccessesFromSelf()) {
                String owner = access.getTargetOwner().getName();
                boolean changes = owner.equals("java.nio.file.Files") && changing.contains(access.getName())
                        || owner.equals("java.nio.channels.FileChannel")
                                && access.getName().equals("open")
                        || owner.equals("java.io.File") && !READING.contains(access.getName())
                        || writers.contains(owner)
                                && access.getName().equals("<init>")
                                && access.getDescription().contains("<init>(java.io.File")
                        || writers.contains(owner) && access.getDescription().contains("<init>(java.lang.String");
                seen += changes && files ? 1 : 0;
                assertThat(changes && !files).as(access.getDescription()).isFalse();
            }
        }
        assertThat(seen).as("the rule sees what it looks for").isGreaterThan(10);
    }

    @Test
    void systemsAndMethodsNeverKnowWorkspaces() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(SYSTEMS))
                .or()
                .resideInAnyPackage(packages(METHODS))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.assay.study.Workspace")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.assay.study.Runner")
                .check(house);
    }

    /// What sends needs a permission, and no other class can send.
    @Test
    void oneClassAloneSpeaksToOtherMachines() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.assay.distil.internal.endpoint.Courier")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.http\\.(HttpClient|HttpRequest|WebSocket).*")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|DatagramSocket|MulticastSocket|URLConnection|HttpURLConnection)"
                        + "|javax\\.net\\..*|java\\.nio\\.channels\\.(Asynchronous)?(Socket|Datagram)Channel")
                .orShould()
                .callMethod("java.net.URL", "openStream")
                .orShould()
                .callMethod("java.net.URL", "openConnection")
                .check(house);
    }

    /// Systems take the consent of whoever runs them, and give none themselves.
    @Test
    void systemsGiveNoConsent() {
        for (JavaClass each : house) {
            if (!SYSTEMS.contains(moduleOf(each))) {
                continue;
            }
            assertThat(each.isAssignableTo("dev.assay.study.Consent")).isFalse();
            for (JavaAccess<?> access : each.getMethodCallsFromSelf()) {
                boolean gives = access.getTargetOwner().getName().equals("dev.assay.study.Permissions")
                        && Set.of("of", "only").contains(access.getName());
                assertThat(gives).as(access.getDescription()).isFalse();
            }
        }
    }

    /// A study cannot make anything else of the environment known than keys for which consent was
    /// given.
    @Test
    void theEnvironmentIsReadInFourPlaces() {
        Set<String> readers = new TreeSet<>();
        for (JavaClass each : house) {
            each.getAccessesFromSelf().stream()
                    .filter(access -> access.getTargetOwner().isEquivalentTo(System.class)
                            && access.getName().equals("getenv"))
                    .forEach(access -> readers.add(each.getName()));
            each.getMethodReferencesFromSelf().stream()
                    .filter(reference -> reference.getTargetOwner().isEquivalentTo(System.class)
                            && reference.getName().equals("getenv"))
                    .forEach(reference -> readers.add(each.getName()));
        }
        assertThat(readers)
                .containsExactly(
                        "dev.assay.cli.internal.Configuration",
                        "dev.assay.distil.Replay",
                        "dev.assay.distil.internal.endpoint.Courier",
                        // Where the user keeps the state of programs.
                        "dev.assay.study.internal.store.UserKey");
    }

    private static String[] packages(List<String> modules) {
        return modules.stream().map(m -> "dev.assay." + m + "..").toArray(String[]::new);
    }

    private static String moduleOf(JavaClass each) {
        return each.getPackageName().split("\\.")[2];
    }
}
