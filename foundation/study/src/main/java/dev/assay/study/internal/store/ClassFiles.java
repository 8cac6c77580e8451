package dev.assay.study.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads jars and folders of classes alike.
final class ClassFiles {
    private ClassFiles() {}

    /// The text of an entry, if there is one. Places that do not exist have none, as for Java.
    static Optional<String> text(Path place, String name) {
        try {
            if (Files.isDirectory(place)) {
                Path file = place.resolve(name);
                return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
            }
            if (!Files.isRegularFile(place)) {
                return Optional.empty();
            }
            try (ZipFile zip = new ZipFile(place.toFile())) {
                ZipEntry entry = zip.getEntry(name);
                if (entry == null) {
                    return Optional.empty();
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// CRC-32 and size of every entry, by name. Those of a jar stand in its directory, so that none is unpacked.
    /// Places that do not exist have none.
    static SortedMap<String, String> entries(Path place) {
        SortedMap<String, String> entries = new TreeMap<>();
        try {
            if (Files.isDirectory(place)) {
                folder(place, entries);
            } else if (Files.isRegularFile(place)) {
                jar(place, entries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static void jar(Path jar, SortedMap<String, String> entries) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Iterator<? extends ZipEntry> i = zip.stream().iterator(); i.hasNext(); ) {
                ZipEntry entry = i.next();
                if (!entry.isDirectory()) {
                    entries.putIfAbsent(entry.getName(), mark(entry.getCrc(), entry.getSize()));
                }
            }
        }
    }

    private static void folder(Path folder, SortedMap<String, String> entries) throws IOException {
        String separator = folder.getFileSystem().getSeparator();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Iterator<Path> i = files.filter(Files::isRegularFile).iterator(); i.hasNext(); ) {
                Path file = i.next();
                byte[] bytes = Files.readAllBytes(file);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                entries.put(
                        folder.relativize(file).toString().replace(separator, "/"), mark(crc.getValue(), bytes.length));
            }
        }
    }

    private static String mark(long crc, long size) {
        return Long.toHexString(crc) + " " + size;
    }
}
