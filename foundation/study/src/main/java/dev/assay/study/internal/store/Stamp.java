package dev.assay.study.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the file system says of a file, or of every file below a folder, without reading them: if two stamps
/// are equal, nothing was written in between; if not, that is in doubt.
///
/// The time of the last change of the inode, where there is one, cannot be set back as the time of the last
/// change of the contents can. Links make it new too, so for files that are linked by others it is left out.
///
/// @param real    where the path leads to
/// @param entries by path below the folder; of a file the one entry, under the empty name
public record Stamp(Path real, SortedMap<String, Entry> entries) {
    /// Clocks of file systems tick: what is written within this time of a stamp could carry the same times.
    private static final Duration TICK = Duration.ofMillis(20);

    /// The same of file systems that keep whole seconds, of which FAT keeps every second one.
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    /// One file.
    ///
    /// @param bytes    its size
    /// @param modified when its contents were written last
    /// @param changed  when anything about it was changed last, where that is known and asked for
    /// @param identity the file itself, whatever its name, where the file system tells
    /// @param regular  false of links, pipes, devices and the like
    public record Entry(
            long bytes, FileTime modified, Optional<FileTime> changed, Optional<String> identity, boolean regular) {}

    /// Copies the map.
    public Stamp {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// The stamp of a file or folder as it is now. A link that is given itself is followed; links below a
    /// folder are not.
    ///
    /// @param changes whether the time of the last change of the inode counts
    /// @throws UncheckedIOException if it cannot be looked at
    public static Stamp of(Path path, boolean changes) {
        try {
            Path real = path.toRealPath();
            SortedMap<String, Entry> entries = new TreeMap<>();
            if (Files.isDirectory(real)) {
                try (Stream<Path> paths = Files.walk(real)) {
                    for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                        Path each = i.next();
                        if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                            entries.put(real.relativize(each).toString(), entry(each, changes));
                        }
                    }
                }
            } else {
                entries.put("", entry(real, changes));
            }
            return new Stamp(real, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(Path file, boolean changes) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Entry(
                basic.size(),
                basic.lastModifiedTime(),
                changes ? changed(file) : Optional.empty(),
                Optional.ofNullable(basic.fileKey()).map(Object::toString),
                basic.isRegularFile());
    }

    private static Optional<FileTime> changed(Path file) throws IOException {
        try {
            return Optional.of((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Size of all files.
    public long bytes() {
        return entries.values().stream().mapToLong(Entry::bytes).sum();
    }

    /// A path below the folder that is no regular file, if there is one: a link, a pipe, a device.
    public Optional<String> irregular() {
        return entries.entrySet().stream()
                .filter(e -> !e.getValue().regular())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// How long to wait from `now` on until whatever is written carries other times than these.
    public Duration unsafeFor(Instant now) {
        Duration longest = Duration.ZERO;
        for (Entry entry : entries.values()) {
            Instant last = entry.changed().orElse(entry.modified()).toInstant();
            Duration tick = last.getNano() == 0 ? COARSE_TICK : TICK;
            Duration left = Duration.between(now, last.plus(tick));
            // A time in the future by more than that comes from another clock, and waiting would not help.
            if (left.compareTo(longest) > 0 && left.compareTo(tick) <= 0) {
                longest = left;
            }
        }
        return longest;
    }

    /// The first path at which two stamps of the same thing differ; nothing if they are equal. The empty path
    /// is the thing itself.
    public Optional<String> difference(Stamp other) {
        if (!real.equals(other.real)) {
            return Optional.of("");
        }
        SortedMap<String, Entry> all = new TreeMap<>(entries);
        all.putAll(other.entries);
        return all.keySet().stream()
                .filter(name ->
                        !Optional.ofNullable(entries.get(name)).equals(Optional.ofNullable(other.entries.get(name))))
                .findFirst();
    }
}
