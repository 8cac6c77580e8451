package dev.assay.study.internal.store;

import dev.assay.fault.Fault;
import dev.assay.files.OwnFolder;
import dev.assay.receipt.Digest;
import dev.assay.receipt.DigestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A secret of the user on this machine, by which a run knows what the user's own runs left in a workspace.
///
/// It lies in the user's folder for the state of programs and never in a workspace: a workspace can be handed
/// around, and whoever makes one up must not be able to make up this.
///
/// @param key     the secret
/// @param warning what to tell if it could not be kept, so that it is good for this process alone
public record UserKey(DigestKey key, Optional<String> warning) {
    /// The system property that names another folder than the user's.
    public static final String PROPERTY = "assay.state";

    private static final String FILE = "store.key";

    /// The key of the user who runs this process, made when it is first asked for.
    public static UserKey ofProcess() {
        Path folder;
        try {
            folder = folder(
                    System.getProperty(PROPERTY), System.getenv("XDG_STATE_HOME"), System.getProperty("user.home"));
        } catch (InvalidPathException e) {
            return passing("the folder of the user's state has no name");
        }
        return in(folder);
    }

    /// Where the key lies.
    static Path folder(@Nullable String given, @Nullable String state, @Nullable String home) {
        if (given != null && !given.isBlank()) {
            return Path.of(given).toAbsolutePath();
        }
        // As the XDG base directory specification has it: a relative path is to be ignored.
        if (state != null && !state.isBlank() && Path.of(state).isAbsolute()) {
            return Path.of(state, "assay");
        }
        // A relative one would lie in the folder at work, which may be somebody else's project.
        if (home == null || !Path.of(home).isAbsolute()) {
            throw new InvalidPathException(String.valueOf(home), "the user has no home");
        }
        return Path.of(home, ".local", "state", "assay");
    }

    /// The key in this folder, made if it is not there; one for this process alone if it cannot be made, is damaged,
    /// or others could read or exchange it.
    static UserKey in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            OwnFolder own = OwnFolder.at(folder, "folder of state").claim(Set.of());
            if (!own.isFile(file)) {
                make(own, file);
            }
            return new UserKey(DigestKey.read(file), Optional.empty());
        } catch (Fault unusable) {
            return passing(String.valueOf(unusable.getMessage()));
        }
    }

    private static void make(OwnFolder own, Path file) {
        try {
            DigestKey.generate().write(file);
        } catch (Fault notWritten) {
            // Another process may have made it meanwhile.
            if (!own.isFile(file)) {
                throw notWritten;
            }
        }
    }

    private static UserKey passing(String why) {
        return new UserKey(
                DigestKey.generate(),
                Optional.of("Results of earlier runs are not reused, nor are those of this run later, because the"
                        + " key that proves whose they are cannot be used: " + why + "; mend that, or name another"
                        + " folder with XDG_STATE_HOME."));
    }

    /// The code of a text.
    ///
    /// @param use what it is for: codes for one use are none for another
    String code(String use, String text) {
        return key.keyed(Digest.of((use + "\n" + text).getBytes(StandardCharsets.UTF_8)))
                .hex();
    }

    /// Whether something is the code of a text, in the same time whether or not it is.
    boolean isCode(String use, String text, String code) {
        return MessageDigest.isEqual(
                code(use, text).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
    }
}
