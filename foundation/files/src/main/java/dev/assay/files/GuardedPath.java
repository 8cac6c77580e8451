package dev.assay.files;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Whether anybody but the user could exchange what lies at a path: whoever may write a folder may rename what
/// is in it. Nothing is looked at where the file system does not know owners.
public final class GuardedPath {
    private static final String UNIX = "unix";
    private static final int OTHERS_MAY_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;
    private static final Path SELF = Path.of("/proc/self");

    private GuardedPath() {}

    /// Refuses a path if a folder or link on it, up to the root, belongs to neither the user nor root, or if all
    /// may write in one of the folders and it is not sticky. What is in a sticky folder can be exchanged by its
    /// owner alone, so that is looked at in its turn.
    ///
    /// @param file what lies there, which is not looked at itself
    /// @param what what it is called in messages, such as `private key`
    /// @throws Fault (BAD_SETTING) if somebody else could exchange it
    /// @throws IOException         if a folder cannot be looked at
    public static void refuseOpen(Path file, String what) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null
                || !folder.getFileSystem().supportedFileAttributeViews().contains(UNIX)) {
            return;
        }
        Set<Path> steps = new LinkedHashSet<>();
        // The way as it was given has the links, and the real one the folders that they lead to.
        for (Path end : new Path[] {folder, folder.toRealPath()}) {
            for (Path at = end; at != null; at = at.getParent()) {
                steps.add(at);
            }
        }
        for (Path step : steps) {
            if (!Files.isSymbolicLink(step)) {
                int mode = (int) Files.getAttribute(step, UNIX + ":mode", LinkOption.NOFOLLOW_LINKS);
                if ((mode & OTHERS_MAY_WRITE) != 0 && (mode & STICKY) == 0) {
                    throw refused(
                            file,
                            "everybody may write in the folder " + OneLine.of(step.toString())
                                    + " and could exchange this " + what + ", so it is not used; close the folder with"
                                    + " 'chmod o-w " + OneLine.of(step.toString()) + "'");
                }
            }
            if (!isTrusted(step)) {
                throw refused(
                        file,
                        OneLine.of(step.toString()) + " belongs to " + owner(step) + ", who could exchange this " + what
                                + ", so it is not used; keep it in a folder of your own");
            }
        }
    }

    /// Whether a file, a folder or a link belongs to the user that this process runs as, or to root, or the file
    /// system does not know owners.
    ///
    /// @throws IOException if it cannot be looked at
    public static boolean isTrusted(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains(UNIX)
                || (int) Files.getAttribute(path, UNIX + ":uid", LinkOption.NOFOLLOW_LINKS) == ROOT) {
            return true;
        }
        return users().contains(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
    }

    /// The name of the owner, in one line.
    ///
    /// @throws IOException if it cannot be looked at
    public static String owner(Path path) throws IOException {
        return OneLine.of(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName());
    }

    /// Who this process runs as, by the system's own word and by the name that it has of it: either may be lacking.
    private static Set<UserPrincipal> users() throws IOException {
        Set<UserPrincipal> users = new HashSet<>();
        if (Files.exists(SELF)) {
            users.add(Files.getOwner(SELF));
        }
        try {
            users.add(SELF.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")));
        } catch (UserPrincipalNotFoundException | UnsupportedOperationException unknown) {
            // The other way must do.
        }
        return users;
    }

    private static Fault refused(Path file, String sentence) {
        return Fault.of(Fault.Kind.BAD_SETTING, sentence).at(file.toString());
    }
}
