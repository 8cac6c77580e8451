package dev.assay.files;

import dev.assay.fault.Fault;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder that the program keeps for the one who runs it, with everything below it.
///
/// Every path that it is given must lie below it. Between the folder and what is asked for there may be folders
/// only: a symbolic link on the way, or in the place of what is asked for, is refused, whether it leads out or
/// not. What is made is made for its owner alone (0700, 0600). Once [#claim()]ed, what belongs to somebody else
/// is refused, too, and since nobody else may write there, what was looked at stays as it was.
///
/// Owners are compared as the file system tells them: with that of a file made there just now. Where a file
/// system knows no owners or permissions, links alone are refused.
public final class OwnFolder {
    /// How large a file may be that is read as a whole.
    public static final long LARGEST_FILE_BYTES = 1L << 30;

    private final Path root;
    private final String what;
    private final Optional<UserPrincipal> owner;

    private OwnFolder(Path root, String what, Optional<UserPrincipal> owner) {
        this.root = root;
        this.what = what;
        this.owner = owner;
    }

    /// The folder, which need not exist; nothing is made or looked at.
    ///
    /// @param what what it is called in messages, such as `workspace`
    public static OwnFolder at(Path root, String what) {
        return new OwnFolder(root.toAbsolutePath().normalize(), what, Optional.empty());
    }

    /// The folder itself, absolute.
    public Path root() {
        return root;
    }

    /// Makes the folder, or takes the one that is there, for writing.
    ///
    /// A folder that holds nothing, or nothing but these parts, becomes the owner's alone; one that holds other
    /// things, too, keeps its permissions, and must not be written by others. The parts that are there become
    /// the owner's alone in any case.
    ///
    /// @param parts the names of what may lie directly in it
    /// @throws Fault (STORAGE) if it or one of the parts is a link, no folder, or somebody else's; if others may
    ///     write it; or if it cannot be made
    public OwnFolder claim(Set<String> parts) {
        try {
            if (Files.isSymbolicLink(root)) {
                throw refused(root, "is a link, and what is made in it would land elsewhere; name the folder itself");
            }
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                makeRoot();
            }
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(root, "is no folder; name another");
            }
            Optional<UserPrincipal> me = me();
            OwnFolder mine = new OwnFolder(root, what, me);
            mine.refuseForeign(root);
            Set<String> there = names();
            if (parts.containsAll(there)) {
                Modes.set(root, Modes.FOLDER);
            } else if (Modes.writtenByOthers(root)) {
                throw refused(
                        root,
                        "holds other things, too, and others may write there; close it with 'chmod go-w', or name"
                                + " another folder");
            }
            for (String part : parts) {
                if (there.contains(part)) {
                    Path place = root.resolve(part);
                    mine.refuseUnlessFolder(place);
                    Modes.set(place, Modes.FOLDER);
                }
            }
            return mine;
        } catch (IOException e) {
            throw storage(e, root);
        }
    }

    private void makeRoot() throws IOException {
        Path above = root.getParent();
        if (above != null) {
            Files.createDirectories(above);
            try {
                Files.createDirectory(root, Modes.of(above, Modes.FOLDER));
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker; what it made is looked at next.
            }
        }
    }

    private Optional<UserPrincipal> me() throws IOException {
        Path probe = Files.createTempFile(root, ".owner-", ".part");
        try {
            return owner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static Optional<UserPrincipal> owner(Path path) throws IOException {
        FileOwnerAttributeView view =
                Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null ? Optional.empty() : Optional.of(view.getOwner());
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.map(p -> String.valueOf(p.getFileName()))
                    .filter(name -> !name.startsWith(".owner-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// A folder below it, made with those above it if it is not there.
    ///
    /// @throws Fault (STORAGE) if it cannot be made, or what is there is refused
    public Path folder(Path folder) {
        walk(folder, true);
        return folder;
    }

    /// A folder below it with nothing in it: what was there is deleted.
    ///
    /// @throws Fault (STORAGE) as [#folder(Path)]
    public Path fresh(Path folder) {
        delete(folder);
        return folder(folder);
    }

    /// Makes a folder that is not there yet.
    ///
    /// @return whether it was made, rather than there already
    /// @throws Fault (STORAGE) as [#folder(Path)]
    public boolean claimed(Path folder) {
        Path above = above(folder);
        folder(above);
        try {
            Files.createDirectory(folder, Modes.of(above, Modes.FOLDER));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    /// Whether there is a folder of this name.
    ///
    /// @throws Fault (STORAGE) if a link is in the way
    public boolean isFolder(Path folder) {
        return attributes(folder).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /// Whether there is a regular file of this name.
    ///
    /// @throws Fault (STORAGE) if a link is in the way
    public boolean isFile(Path file) {
        return attributes(file).filter(BasicFileAttributes::isRegularFile).isPresent();
    }

    /// Whether anything of this name is there, a link too.
    ///
    /// @throws Fault (STORAGE) if a link is in the way to it
    public boolean exists(Path path) {
        return walk(above(path), false) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// What the file system says of something; nothing if it is not there.
    private Optional<BasicFileAttributes> attributes(Path path) {
        if (!path.equals(root) && !walk(above(path), false)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw storage(e, path);
        }
    }

    /// The names of the folders directly in a folder, in order; none if it is not there. Links are not among
    /// them.
    ///
    /// @throws Fault (STORAGE) if it cannot be read, or a link is in the way
    public List<String> folders(Path folder) {
        if (!walk(folder, false)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .map(p -> String.valueOf(p.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    /// The bytes of a regular file.
    ///
    /// @throws NoSuchFileException if there is none
    /// @throws IOException         if it cannot be read, is no regular file, is refused, or has more than
    ///     [#LARGEST_FILE_BYTES]
    public byte[] read(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is no regular file");
        }
        if (attributes.size() > LARGEST_FILE_BYTES) {
            throw new FileSystemException(file.toString(), null, "it is larger than anything that is kept here");
        }
        return Files.readAllBytes(file);
    }

    /// Writes a file as a whole: a reader sees the old bytes or the new ones.
    ///
    /// @throws Fault (STORAGE) if it cannot be written, or something is in the way
    public void write(Path file, byte[] bytes) {
        folder(above(file));
        try {
            AtomicFile.writeOwn(file, bytes);
        } catch (IOException e) {
            throw storage(e, file);
        }
    }

    /// Opens a new file that is written as time goes by.
    ///
    /// @throws Fault (STORAGE) if there is something of that name, or it cannot be made
    public OutputStream create(Path file) {
        folder(above(file));
        try {
            Files.createFile(file, Modes.of(above(file), Modes.FILE));
            // A stream: the interrupt of any thread that writes would close a channel.
            return new FileOutputStream(file.toFile());
        } catch (IOException e) {
            throw storage(e, file);
        }
    }

    /// Opens a file that is there only to be locked, and makes it if need be.
    ///
    /// @throws IOException if it cannot be made or opened, is a link or another name of a file elsewhere, or no
    ///     regular file
    public FileChannel openLock(Path file) throws IOException {
        folder(above(file));
        // Whoever holds it writes into it, and a further name of the file may lie anywhere.
        if (exists(file) && (!isFile(file) || Modes.names(file) > 1)) {
            throw new FileSystemException(file.toString(), null, "it is no file that was made here to be locked");
        }
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                Modes.of(above(file), Modes.FILE));
    }

    /// Deletes a file, a link, or a folder with all that is in it, if it is there.
    ///
    /// @throws Fault (STORAGE) if it cannot be deleted, or a link is in the way to it
    public void delete(Path path) {
        if (!walk(above(path), false)) {
            return;
        }
        try {
            Tree.delete(path);
        } catch (IOException e) {
            throw storage(e, path);
        }
    }

    /// Renames something onto a name that nothing has. Never half there under either name.
    ///
    /// @throws Fault (STORAGE) if it cannot be renamed, or something is in the way
    public void move(Path from, Path to) {
        walk(above(from), false);
        folder(above(to));
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.force(above(to));
        } catch (IOException e) {
            throw storage(e, to);
        }
    }

    /// Shows a file, or a folder with all that is in it, under another name, which must be free: as further
    /// links to the same files, or as copies where the file system has no such links.
    ///
    /// @throws Fault (STORAGE) if it cannot be shown, or something is in the way
    public void show(Path from, Path to) {
        walk(above(from), false);
        folder(above(to));
        try {
            for (Path each : Tree.all(from)) {
                Path place = each.equals(from)
                        ? to
                        : to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(place, Modes.of(above(place), Modes.FOLDER));
                } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    link(each, place);
                } else {
                    throw refused(each, "is neither a file nor a folder");
                }
            }
        } catch (IOException e) {
            throw storage(e, to);
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
            Modes.set(to, Modes.KEPT);
        }
    }

    /// Closes a folder with all that is in it: files can be read by the owner and written by nobody, folders
    /// are the owner's alone. Forces all of it to the disk.
    ///
    /// @throws Fault (STORAGE) if it cannot be done, or there is a link in it or something else that is neither a
    ///     file nor a folder
    public void seal(Path folder) {
        walk(folder, false);
        try {
            for (Path each : Tree.all(folder)) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Modes.set(each, Modes.FOLDER);
                } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    Modes.set(each, Modes.KEPT);
                } else {
                    throw refused(each, "is neither a file nor a folder");
                }
                AtomicFile.force(each);
            }
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    /// Takes a folder, with what others wrote into it, away from everybody but the owner. What can be written stays
    /// so.
    ///
    /// @throws Fault (STORAGE) if it cannot be done
    public void close(Path folder) {
        walk(folder, false);
        try {
            for (Path each : Tree.all(folder)) {
                if (!Files.isSymbolicLink(each)) {
                    Modes.close(each);
                }
            }
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    /// Makes a folder that can be told from others that take its name, see [#identity(Path)].
    ///
    /// @throws Fault (STORAGE) if it cannot be made
    public String identified(Path folder) {
        folder(folder);
        try {
            // So that the two times differ from the beginning, if there are two.
            FileTime made = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .creationTime();
            Files.setLastModifiedTime(folder, FileTime.from(made.toInstant().plusSeconds(1)));
        } catch (IOException e) {
            throw storage(e, folder);
        }
        return identity(folder);
    }

    /// What tells a folder that was made by [#identified(Path)] from others that took its name: its number
    /// in the file system, and when it was made, where the file system knows that. Whoever makes up a folder
    /// elsewhere can choose neither.
    ///
    /// @throws Fault (STORAGE) if it cannot be looked at
    public String identity(Path folder) {
        walk(folder, false);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String number = folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? String.valueOf(Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS))
                    : String.valueOf(attributes.fileKey());
            // Where the time of making is not known, that of the last change stands in.
            boolean known = !attributes.creationTime().equals(attributes.lastModifiedTime());
            return known ? number + " " + attributes.creationTime().toInstant() : number;
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    /// A path as one name, or more, below a folder of this one, each checked to be a plain name.
    ///
    /// @param names names that may come from a file: no separator, no `.` or `..`, no control character
    /// @throws Fault (MALFORMED_FILE) if one is none
    public static Path child(Path folder, String... names) {
        Path path = folder;
        for (String name : names) {
            if (!isPlainName(name)) {
                throw Fault.of(
                                Fault.Kind.MALFORMED_FILE,
                                "a record names something that is no name of a file in it; the record is damaged or"
                                        + " forged")
                        .at(folder.toString());
            }
            path = path.resolve(name);
        }
        return path;
    }

    /// Whether something is the name of one file or folder: 1 to 255 characters, no separator of any system, no
    /// colon, no control character, neither `.` nor `..`.
    public static boolean isPlainName(String name) {
        return !name.isEmpty()
                && name.length() <= 255
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }

    /// Goes from the folder down to one below it.
    ///
    /// @param make whether to make what is not there
    /// @return whether all of it is there
    private boolean walk(Path folder, boolean make) {
        Path path = folder.toAbsolutePath();
        if (!path.startsWith(root) || !path.normalize().equals(path)) {
            throw new IllegalArgumentException(path + " does not lie below " + root);
        }
        try {
            if (!looked(root, make)) {
                return false;
            }
            Path place = root;
            for (Path name : root.relativize(path)) {
                if (name.toString().isEmpty()) {
                    continue;
                }
                place = place.resolve(name);
                if (!looked(place, make)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw storage(e, folder);
        }
    }

    private boolean looked(Path place, boolean make) throws IOException {
        if (make && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            if (place.equals(root)) {
                makeRoot();
            } else {
                try {
                    Files.createDirectory(place, Modes.of(above(place), Modes.FOLDER));
                } catch (FileAlreadyExistsException e) {
                    // Looked at next.
                }
            }
        }
        try {
            Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return false;
        }
        refuseUnlessFolder(place);
        return true;
    }

    private void refuseUnlessFolder(Path place) throws IOException {
        if (Files.isSymbolicLink(place)) {
            throw refused(place, "is a link, which a " + what + " never holds; take it away, or use another " + what);
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(place, "stands where a folder of the " + what + " belongs; take it away");
        }
        refuseForeign(place);
    }

    private void refuseForeign(Path place) throws IOException {
        if (owner.isPresent()) {
            Optional<UserPrincipal> theirs = owner(place);
            if (theirs.isPresent() && !theirs.equals(owner)) {
                throw refused(place, "belongs to '" + theirs.get().getName() + "' and not to you; use another " + what);
            }
        }
    }

    private static Path above(Path path) {
        Path above = path.toAbsolutePath().getParent();
        if (above == null) {
            throw new IllegalArgumentException("the root of a file system is no file");
        }
        return above;
    }

    private static Fault refused(Path place, String sentence) {
        return Fault.of(Fault.Kind.STORAGE, "this " + sentence).at(place.toString());
    }

    private Fault storage(@Nullable IOException e, Path path) {
        return Unwritable.fault(e, path, what);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnFolder folder && root.equals(folder.root) && owner.equals(folder.owner);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {root, owner});
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
