package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, from whatever folder, user and environment it is started, works or says in one sentence why not.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String NOTICE = "incubator";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before the first test
    static Path libraries;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @BeforeAll
    static void collectLibraries() throws Exception {
        Installation.collectLibraries(libraries.resolve("lib"));
    }

    @BeforeEach
    void install() throws Exception {
        installation = Installation.in(Files.createDirectory(folder.resolve("all")), libraries.resolve("lib"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$assay' stages",
                "env -u HOME '$assay' stages",
                "HOME= LC_ALL=xx_XX.UTF-8 '$assay' stages",
                "CDPATH=/usr:/tmp; export CDPATH; cd '$home/..'; '${home##*/}/assay' stages",
                "cd '$home'; PATH='$JAVA_HOME/bin:$PATH' JAVA_HOME=/nonexistent bash assay stages",
                "ASSAY_JVM='-Xmx500m -Xlog:gc*=off' '$assay' stages",
            })
    void itStarts(String line) throws Exception {
        Assay.Outcome outcome = installation.bash(line.replace('\'', '"'));

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("microdata.read");
    }

    @Test
    void itStartsThroughAChainOfLinks() throws Exception {
        Assay.Outcome outcome = installation.bash(
                "mkdir bin links",
                "ln -s \"$assay\" links/absolute",
                "ln -s absolute links/relative",
                "ln -s ../links/relative bin/assay",
                "cd /",
                "PATH=\"$folder/bin:$PATH\"",
                "assay stages");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("microdata.read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.1 javac java", "25 java"})
    void aJavaHomeThatDoesNotSuitIsPassedOver(String versionAndTools) throws Exception {
        Assay.Outcome outcome = installation.bash(
                "set -- " + versionAndTools,
                "mkdir -p jdk/bin",
                "echo \"JAVA_VERSION=\\\"$1\\\"\" >jdk/release",
                "shift",
                "for tool; do printf '#!/bin/sh\\nexit 77\\n' >jdk/bin/$tool; chmod +x jdk/bin/$tool; done",
                "PATH=\"$JAVA_HOME/bin:$PATH\" JAVA_HOME=$folder/jdk \"$assay\" stages");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("microdata.read");
    }

    @Test
    void aStudyWithNamesBeyondAsciiRunsInTheLocaleCWithNothingElseInTheEnvironment() throws Exception {
        Assay.Outcome outcome = runOfAStudy("env -i LC_ALL=C JAVA_HOME=\"$JAVA_HOME\"");

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain(NOTICE);
        assertThat(outcome.out()).contains("/Gr\u00f6\u00dfe \u5c3a/work/runs/");
    }

    @Test
    void aStudyRunsForAUserWhoMayNotWriteTheInstallation() throws Exception {
        needAnotherUser();

        Assay.Outcome outcome = runOfAStudy("other");

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain(NOTICE);
    }

    @Test
    void aBuildOlderThanTheSourcesIsUsedByAUserWhoMayNotRenewIt() throws Exception {
        needAnotherUser();

        Assay.Outcome outcome = installation.bash(
                "touch -t 202001010000 \"$app/built\"", "touch \"$home/pom.xml\"", "other \"$assay\" stages");

        assertThat(outcome.complaints()).hasSize(1).first().asString().contains("newer than the build");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("microdata.read");
    }

    @Test
    void aUserWhoMayNotBuildIsToldWhoMay() throws Exception {
        needAnotherUser();

        Assay.Outcome outcome = installation.bash("rm \"$app/built\"", "other \"$assay\" stages");

        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.complaints()).first().asString().contains("no finished build", "its owner is ");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.STORAGE.exitCode());
    }

    @Test
    void aUserWhoMayNotReadTheBuildIsTold() throws Exception {
        needAnotherUser();
        assumeTrue(installation.bash("[ \"$(id -u)\" -eq 0 ]").code() == 0, "the owner can always allow himself to");

        Assay.Outcome outcome = installation.bash("chmod 700 \"$app\"", "other \"$assay\" stages");

        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.complaints()).first().asString().contains("may not be read by you");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.MISSING_FILE.exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ASSAY_JVM=-Xmx1x",
                "ASSAY_JVM=--nonsense",
                "JAVA_TOOL_OPTIONS=-Xmx1x",
                "JDK_JAVA_OPTIONS=--nonsense"
            })
    void optionsThatTheJvmRefusesAreToldWithTheVariable(String setting) throws Exception {
        Assay.Outcome outcome = installation.bash(setting + " _JAVA_OPTIONS=-Xshare:auto \"$assay\" run study");

        assertThat(outcome.err()).contains(setting.contains("Xmx1x") ? "-Xmx1x" : "--nonsense");
        assertThat(outcome.complaints())
                .hasSize(1)
                .first()
                .asString()
                .contains(" " + setting.substring(0, setting.indexOf('=')) + ";");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.USAGE.exitCode());
    }

    @Test
    void whatTheJvmSaysBeforeTheProgramBeginsIsSeen() throws Exception {
        Assay.Outcome outcome = installation.bash(
                "set -o pipefail", // and a reader that waits for the last who may write
                "ASSAY_JVM=-javaagent:missing.jar \"$assay\" run study 2>&1 | cat");

        assertThat(outcome.out()).contains("missing.jar").doesNotContain(NOTICE);
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aDeletedFolderIsTold() throws Exception {
        Assay.Outcome outcome = installation.bash("mkdir gone", "cd gone", "rmdir ../gone", "\"$assay\" stages");

        assertThat(outcome.complaints()).hasSize(1).first().asString().contains("deleted");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.MISSING_FILE.exitCode());
    }

    @Test
    void aCopyOfTheLauncherAloneIsTold() throws Exception {
        Assay.Outcome outcome =
                installation.bash("cp \"$assay\" assay", "./assay stages", "code=$?", "ls", "exit $code");

        assertThat(outcome.complaints()).hasSize(1).first().asString().contains("no checkout");
        assertThat(outcome.code()).isEqualTo(Fault.Kind.MISSING_FILE.exitCode());
        assertThat(outcome.out()).doesNotContain("doors");
    }

    /// Runs a study of three rows by a command that is put in front of the launcher.
    private Assay.Outcome runOfAStudy(String by) throws Exception {
        return installation.bash(
                "study=$folder/$'Gr\\303\\266\\303\\237e \\345\\260\\272'",
                "mkdir \"$study\"",
                "chmod 777 \"$study\"",
                "printf 'id,stra\\303\\237e\\n1,\\303\\226lweg\\n2,\\345\\244\\247\\351\\200\\232\\343\\202\\212\\n3,x\\n' \\",
                "    >\"$study/\"$'H\\303\\244user \\345\\256\\266.csv'",
                "printf 'study: houses\\nseed: 1\\nstages:\\n  houses: { kind: microdata.read, file: %s }\\n' \\",
                "    $'\"H\\303\\244user \\345\\256\\266.csv\"' >\"$study/study.yaml\"",
                by + " \"$assay\" run \"$study\" --workspace \"$study/work\"");
    }

    private void needAnotherUser() throws Exception {
        assumeTrue(
                installation
                                .bash("other test -r \"$assay\" && ! other test -w \"$home\"")
                                .code()
                        == 0,
                "needs setpriv to become a user who may read the folder of temporary files and not write");
    }
}
