package dev.assay.study.internal.store;

import dev.assay.receipt.Digest;
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
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the file system says of a file, or of everything below a folder, and of the folders and links
/// that lead there, without reading a file: if two stamps are alike, nothing was written or put in
/// another's place in between; if not, that is in doubt.
///
/// The time of the last change of the inode, where there is one, cannot be set back as the time of the last
/// change of the contents can. It rises when a file or folder is renamed, so that one which was away for a
/// while is seen. It also rises when a further link to a file is made, which the number of links shows.
///
/// @param entries by path below the folder, folders included; of a file the one entry, under the empty name
/// @param way     the folders and links that lead there, by their paths
public record Stamp(SortedMap<String, Entry> entries, SortedMap<String, Entry> way) {
    /// Clocks of file systems tick: what is written within this time of a stamp could carry the same times.
    private static final Duration TICK = Duration.ofMillis(20);

    /// The same of file systems that keep whole seconds, of which FAT keeps every second one.
    private static final Duration COARSE_TICK = Duration.ofSeconds(2);

    /// What lies somewhere.
    public enum Kind {
        /// A regular file.
        FILE,
        /// A folder.
        FOLDER,
        /// A symbolic link.
        LINK,
        /// A pipe, a device, a socket.
        OTHER
    }

    /// One thing.
    ///
    /// @param kind     what it is
    /// @param bytes    the size of a file, else 0
    /// @param modified when its contents were written last; of a folder, when something came or went
    /// @param changed  when anything about it was changed last, where the file system tells
    /// @param identity the thing itself, whatever its name, where the file system tells
    /// @param links    how many names a file has, where the file system tells, else 0
    public record Entry(
            Kind kind,
            long bytes,
            FileTime modified,
            Optional<FileTime> changed,
            Optional<String> identity,
            int links) {
        /// Whether it is as it was, further names of a file aside.
        private boolean isButForLinks(Entry other) {
            return links != other.links
                    && kind == other.kind
                    && bytes == other.bytes
                    && modified.equals(other.modified)
                    && identity.equals(other.identity);
        }

        /// Whether the same thing stands in the way as before. In a folder other things may have come and
        /// gone, which makes both of its times new alike; renaming it makes one new.
        private boolean leadsAs(Entry other) {
            boolean same = kind == other.kind && identity.equals(other.identity);
            if (kind != Kind.FOLDER) {
                return same && changed.equals(other.changed) && modified.equals(other.modified);
            }
            return same && (changed.equals(other.changed) || other.changed.equals(Optional.of(other.modified)));
        }
    }

    /// Copies the maps.
    public Stamp {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        way = Collections.unmodifiableSortedMap(new TreeMap<>(way));
    }

    /// The stamp of a file or folder as it is now. A link that is given itself is followed; links below a
    /// folder are not.
    ///
    /// @throws UncheckedIOException if it cannot be looked at
    public static Stamp of(Path path) {
        try {
            Path real = path.toRealPath();
            SortedMap<String, Entry> entries = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(real)) {
                for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                    Path each = i.next();
                    entries.put(real.relativize(each).toString(), entry(each));
                }
            }
            SortedMap<String, Entry> way = new TreeMap<>();
            lead(path.toAbsolutePath(), real, way);
            lead(real.getParent(), real, way);
            return new Stamp(entries, way);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What leads to a path, from the root on, the thing itself left out.
    private static void lead(@Nullable Path path, Path real, SortedMap<String, Entry> way) throws IOException {
        for (Path each = path; each != null; each = each.getParent()) {
            if (!each.equals(real)) {
                way.put(each.toString(), entry(each));
            }
        }
    }

    private static Entry entry(Path path) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Kind kind = basic.isRegularFile()
                ? Kind.FILE
                : basic.isDirectory() ? Kind.FOLDER : basic.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
        Optional<FileTime> changed = Optional.empty();
        int links = 0;
        try {
            changed = Optional.of((FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS));
            links = kind == Kind.FILE ? (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) : 0;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Not a file system of Unix.
        }
        return new Entry(
                kind,
                kind == Kind.FILE ? basic.size() : 0,
                basic.lastModifiedTime(),
                changed,
                Optional.ofNullable(basic.fileKey()).map(Object::toString),
                links);
    }

    /// A path that leads to no regular file and no folder, if there is one: to a link, a pipe, a device.
    public Optional<String> irregular() {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().kind() == Kind.LINK || e.getValue().kind() == Kind.OTHER)
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

    /// The first path at which the same thing differs now; nothing if it is as it was. The empty path
    /// is the thing itself, or what leads to it.
    ///
    /// @param later another stamp of the same path
    public Optional<String> difference(Stamp later) {
        Set<String> all = new TreeSet<>(entries.keySet());
        all.addAll(later.entries.keySet());
        Optional<String> below = all.stream()
                .filter(name -> !Objects.equals(entries.get(name), later.entries.get(name)))
                // That something came or went in a folder is told by its name, if it is still there.
                .max(Comparator.comparing((String name) -> isFile(name) || later.isFile(name))
                        .thenComparing(Comparator.reverseOrder()));
        boolean leads = way.keySet().equals(later.way.keySet())
                && way.entrySet().stream()
                        .allMatch(e -> e.getValue().leadsAs(Objects.requireNonNull(later.way.get(e.getKey()))));
        return below.isPresent() || leads ? below : Optional.of("");
    }

    /// In a word or two, what became of the thing at a path: `grew`, `was replaced by another file`.
    ///
    /// @param later another stamp of the same path
    /// @param name  as [#difference(Stamp)] gives it
    public String change(Stamp later, String name) {
        Entry before = entries.get(name);
        Entry now = later.entries.get(name);
        if (before == null || now == null) {
            return before == null ? "is new" : "is gone";
        }
        if (before.kind() != Kind.FILE || now.kind() != Kind.FILE) {
            return "has other files";
        }
        if (!before.identity().equals(now.identity())) {
            return "was replaced by another file";
        }
        return now.bytes() > before.bytes() ? "grew" : now.bytes() < before.bytes() ? "was cut" : "was overwritten";
    }

    /// The same for files to which others may make links: that alone is no difference.
    public Optional<String> differenceButForLinks(Stamp later) {
        SortedMap<String, Entry> linked = new TreeMap<>(later.entries);
        linked.replaceAll((name, entry) -> {
            Entry before = entries.get(name);
            return before != null && before.isButForLinks(entry) ? before : entry;
        });
        return difference(new Stamp(linked, later.way));
    }

    private boolean isFile(String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.kind() != Kind.FOLDER;
    }

    /// A digest of all that must be the same for [#difference] to be nothing, so that two processes can
    /// compare.
    ///
    /// @param named whether the way and the identity of files count, which are other ones in each run's
    ///              folder
    public String digest(boolean named) {
        StringBuilder text = new StringBuilder();
        entries.forEach((name, e) -> text.append(name)
                .append(' ')
                .append(e.kind())
                .append(' ')
                .append(e.bytes())
                .append(' ')
                .append(e.modified())
                .append(named ? " " + e.changed() + " " + e.identity() : "")
                .append('\n'));
        if (named) {
            way.forEach((name, e) -> text.append(name)
                    .append(' ')
                    .append(e.kind())
                    .append(e.identity())
                    .append('\n'));
        }
        return Digest.of(text.toString()).hex();
    }
}
