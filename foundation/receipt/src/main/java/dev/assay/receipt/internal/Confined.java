package dev.assay.receipt.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Names from papers that nobody vouches for, looked up below one folder and nowhere else.
public final class Confined {
    private Confined() {}

    /// What a name leads to.
    public sealed interface Place {
        /// A regular file or a folder, by its real path below the real root.
        record Found(Path path, boolean folder) implements Place {}

        /// Nothing of that name.
        record Nothing() implements Place {}

        /// A name that must not be followed.
        record Refused(String reason) implements Place {}
    }

    /// What is wrong with a name as a relative path of plain parts with `/` between them, or null.
    public static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            return "has a control character or a backslash";
        }
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
            return "is absolute";
        }
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                return "leads out of its folder";
            }
            if (part.isEmpty() || part.equals(".")) {
                return "has an empty part or a single dot";
            }
        }
        return null;
    }

    /// Looks up what a run wrote itself below `root`: no symbolic link leads to it, since it writes none.
    public static Place findOwn(Path root, String name) {
        Place place = find(root, name);
        if (place instanceof Place.Found(Path real, boolean folder)) {
            try {
                if (!root.toRealPath()
                        .resolve(name)
                        .toRealPath(LinkOption.NOFOLLOW_LINKS)
                        .equals(real)) {
                    return new Place.Refused("it is a symbolic link, or lies behind one");
                }
            } catch (IOException e) {
                return new Place.Refused("the name cannot be looked up");
            }
        }
        return place;
    }

    /// Looks a name up below `root`; symbolic links are followed only to places below the real root.
    public static Place find(Path root, String name) {
        String fault = fault(name);
        if (fault != null) {
            return new Place.Refused("the name " + fault);
        }
        try {
            Path realRoot = root.toRealPath();
            Path real = realRoot.resolve(name).toRealPath();
            if (!real.startsWith(realRoot)) {
                return new Place.Refused("a link leads out of the folder");
            }
            boolean folder = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
            if (!folder && !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                // A pipe would hold the reader up for ever.
                return new Place.Refused("it is neither a regular file nor a folder");
            }
            return new Place.Found(real, folder);
        } catch (NoSuchFileException e) {
            return new Place.Nothing();
        } catch (InvalidPathException | IOException e) {
            return new Place.Refused("the name cannot be looked up");
        }
    }
}
