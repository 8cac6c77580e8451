package dev.assay.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// A built Assay in a folder whose name has a space and letters beyond ASCII, used as people use it: by lines of
/// bash.
///
/// The lines find these variables:
///
/// - `folder`: a folder for anything, open to every user; it is the current one
/// - `home`: the installation, `assay`: its launcher, `app`: what the build leaves behind
///
/// and the function `other`, which runs a command as a user who may not write the installation. In place of Maven
/// stands a script that builds by putting back the libraries from `$home/kept` and notes its `HOME`.
final class Installation {
    private static final int SECONDS = 180;

    /// What every session of lines begins with. Names are escaped: the JVM of the tests may know ASCII only.
    private static final String PRELUDE = """
            set -u
            umask 022
            folder=$1 libraries=$2 launcher=$3
            home=$folder/$'Pr\\303\\274f stand \\346\\244\\234\\346\\237\\273'
            assay=$home/assay
            app=$home/doors/cli/target/app
            other() {
                if [ "$(id -u)" -eq 0 ]; then
                    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
                else
                    find "$home" -type d -exec chmod a-w {} +
                    "$@"
                    local code=$?
                    find "$home" -type d -exec chmod u+w {} +
                    return $code
                fi
            }
            cd "$folder"
            """;

    private static final String BUILD = """
            chmod 755 . ..
            mkdir -p "$app/lib"
            ln "$libraries"/*.jar "$app/lib/"
            cp "$launcher" "$assay"
            cat >"$home/mvnw" <<'SCRIPT'
            #!/bin/sh
            echo "$HOME" >home
            mv kept doors/cli/target/app/lib
            SCRIPT
            chmod +x "$home/mvnw"
            touch "$app/built"
            """;

    private final Path folder;
    private final Path libraries;

    private Installation(Path folder, Path libraries) {
        this.folder = folder;
        this.libraries = libraries;
    }

    /// Installs Assay in an empty folder with the jars of another folder, which are linked.
    static Installation in(Path folder, Path libraries) throws Exception {
        Installation installation = new Installation(folder, libraries);
        Assay.Outcome built = installation.bash(BUILD);
        if (built.code() != 0) {
            throw new IOException("the installation could not be made: " + built.err());
        }
        return installation;
    }

    /// Makes a folder of jars from the class path of this JVM: jars are linked, or copied where that is
    /// impossible, and folders of classes packed.
    static void collectLibraries(Path into) throws IOException {
        Files.createDirectories(into);
        int packed = 0;
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                pack(path, into.resolve("classes-" + packed++ + ".jar"));
            } else if (Files.exists(path)) {
                link(path, into.resolve(path.getFileName()));
            }
        }
    }

    private static void link(Path jar, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        try {
            if (Files.getPosixFilePermissions(jar).contains(PosixFilePermission.OTHERS_READ)) {
                Files.createLink(to, jar);
                return;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system, or one without links.
        }
        Files.copy(jar, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /// Runs lines of bash in a process of its own and waits for its end.
    Assay.Outcome bash(String... lines) throws Exception {
        Path out = Files.createTempFile("assay", ".out");
        Path err = Files.createTempFile("assay", ".err");
        try {
            List<String> command = new ArrayList<>(List.of("bash", "-c", PRELUDE + String.join("\n", lines), "bash"));
            command.add(folder.toString());
            command.add(libraries.toString());
            command.add(Assay.project().resolve("assay").toString());
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            List.of("ASSAY_JVM", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                    .forEach(builder.environment()::remove);
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        "still running after " + SECONDS + " s: " + List.of(lines) + Files.readString(err));
            }
            return new Assay.Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
