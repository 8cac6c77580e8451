package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/// The launcher of an installation that is not built: one build at a time, whatever became of an earlier one.
@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest {
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
    void installUnbuilt() throws Exception {
        installation = Installation.in(Files.createDirectory(folder.resolve("all")), libraries.resolve("lib"));
        Assay.Outcome unbuilt = installation.bash("rm \"$app/built\"", "mv \"$app/lib\" \"$home/kept\"");
        assertThat(unbuilt.code()).as(unbuilt.err()).isZero();
    }

    @Test
    void ofTwoStartsAtOnceOneBuildsWithAHomeFolderEvenIfTheEnvironmentHasNone() throws Exception {
        Assay.Outcome outcome = installation.bash(
                "env -u HOME \"$assay\" --version &",
                "env -u HOME \"$assay\" --version",
                "code=$?",
                "wait $! && cat \"$home/home\" && exit $code");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).containsOnlyOnce("assay: building").containsOnlyOnce("assay: built in");
        assertThat(outcome.out().lines())
                .filteredOn(line -> line.startsWith("/"))
                .hasSize(1);
        assertThat(outcome.out().lines())
                .filteredOn(line -> line.startsWith("Assay "))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh -c 'echo $$' >\"$lock/pid\"", ": its holder died before it wrote its number"})
    void aLockThatNobodyHoldsAnyMoreIsTakenOver(String holder) throws Exception {
        Assay.Outcome outcome = installation.bash(
                "lock=$app/../building", "mkdir \"$lock\"", holder, "\"$assay\" --version && [ ! -e \"$lock\" ]");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("assay: built in");
    }

    @Test
    void waitingForAnotherBuildIsSaidAndCanBeInterrupted() throws Exception {
        Assay.Outcome outcome = installation.bash(
                "lock=$app/../building",
                "mkdir \"$lock\"",
                "echo $$ >\"$lock/pid\"",
                "set -m", // without job control the shell has its background processes ignore interrupts
                // nor does an interrupt arrive if the tests themselves were started so
                "listening=''; env --default-signal=INT true 2>&1 && listening='env --default-signal=INT'",
                "$listening \"$assay\" --version 2>said &",
                "until grep -q waiting said; do sleep 0.1; done",
                "kill -INT -- -$!",
                "wait $!",
                "code=$?",
                "[ -e \"$lock/pid\" ] && exit $code");

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(Fault.Kind.INTERRUPTED.exitCode());
    }

    @Test
    void whatAFailedBuildLeavesIsNotTakenForABuild() throws Exception {
        Assay.Outcome outcome = installation.bash(
                "touch -t 202001010000 \"$app/built\"",
                "touch \"$home/pom.xml\"",
                "printf '#!/bin/sh\\necho cannot reach anything; exit 1\\n' >\"$home/mvnw\"",
                "\"$assay\" --version",
                "code=$?",
                "[ ! -e \"$app/built\" ] && [ ! -e \"$app/../building\" ] && exit $code");

        assertThat(outcome.err()).contains("cannot reach anything", "the build failed");
        assertThat(outcome.code()).isEqualTo(1);
    }
}
