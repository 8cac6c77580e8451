package dev.assay.study.internal.store;

import dev.assay.receipt.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The version of the program: a digest over its own classes and resources, wherever they lie on the class
/// path.
///
/// Doors are left out, since they decide nothing about results. Class files and jars of the same sources give
/// the same version: a jar's directory already holds the CRC-32 of each entry. The versions of the libraries
/// are among the resources of this module. The Java release counts too.
public final class CodeVersion {
    private static final String ROOT = "dev/assay/";
    private static final List<String> DOORS = List.of(ROOT + "cli/", ROOT + "web/", ROOT + "spark/", ROOT + "report/");

    private CodeVersion() {}

    /// The version of the program that runs. Computed once.
    public static String current() {
        return Current.VERSION;
    }

    /// The version of what lies on this class path.
    ///
    /// @param classPath jars and folders; others and those that do not exist are ignored, as Java ignores them
    public static String of(List<Path> classPath) {
        Map<String, String> entries = new TreeMap<>();
        for (Path place : classPath) {
            try {
                if (Files.isDirectory(place)) {
                    folder(place, entries);
                } else if (Files.isRegularFile(place)) {
                    jar(place, entries);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        StringBuilder text =
                new StringBuilder("java ").append(Runtime.version().feature()).append('\n');
        entries.forEach(
                (name, mark) -> text.append(name).append(' ').append(mark).append('\n'));
        return Digest.of(text.toString()).hex();
    }

    private static void jar(Path jar, Map<String, String> entries) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Iterator<? extends ZipEntry> i = zip.stream().iterator(); i.hasNext(); ) {
                ZipEntry entry = i.next();
                if (!entry.isDirectory() && counts(entry.getName())) {
                    entries.putIfAbsent(entry.getName(), mark(entry.getCrc(), entry.getSize()));
                }
            }
        }
    }

    private static void folder(Path folder, Map<String, String> entries) throws IOException {
        Path root = folder.resolve(ROOT);
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Iterator<Path> i = files.filter(Files::isRegularFile).iterator(); i.hasNext(); ) {
                Path file = i.next();
                String name = folder.relativize(file)
                        .toString()
                        .replace(folder.getFileSystem().getSeparator(), "/");
                if (counts(name)) {
                    byte[] bytes = Files.readAllBytes(file);
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    entries.putIfAbsent(name, mark(crc.getValue(), bytes.length));
                }
            }
        }
    }

    private static boolean counts(String name) {
        return name.startsWith(ROOT) && DOORS.stream().noneMatch(name::startsWith);
    }

    private static String mark(long crc, long size) {
        return Long.toHexString(crc) + " " + size;
    }

    private static final class Current {
        static final String VERSION =
                of(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                        .filter(place -> !place.isEmpty())
                        .map(Path::of)
                        .toList());
    }
}
