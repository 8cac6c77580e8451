package dev.assay.files;

import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What to tell when something could not be written.
public final class Unwritable {
    private static final int DEEPEST_CAUSE = 20;

    private Unwritable() {}

    /// The fault of a path that could not be written.
    ///
    /// @param where what lies there, such as `workspace`: what to choose another of
    public static Fault fault(@Nullable IOException e, Path path, String where) {
        Optional<Fault> full = full(e);
        if (full.isPresent()) {
            return full.get().at(path.toString());
        }
        String why = e instanceof AccessDeniedException
                        || (e != null && e.getCause() instanceof ReadOnlyFileSystemException)
                ? "may not be written; check its permissions or choose another " + where
                : e instanceof NoSuchFileException
                        ? "has gone; was the " + where + " deleted meanwhile?"
                        : "cannot be written ("
                                + (e == null ? "unknown" : e.getClass().getSimpleName()) + "); choose another " + where;
        Fault fault = Fault.of(Fault.Kind.STORAGE, why).at(path.toString());
        return e == null ? fault : fault.causedBy(e);
    }

    /// The fault of a full disk, if that is what stands behind a failure.
    public static Optional<Fault> full(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if ((cause instanceof IOException || cause instanceof RuntimeException)
                    && (message.contains("no space left on device")
                            || message.contains("disk quota exceeded")
                            || message.contains("not enough space on the disk"))) {
                return Optional.of(Fault.of(
                                Fault.Kind.STORAGE,
                                "the disk is full; free some space and run again, finished stages are kept")
                        .causedBy(cause));
            }
        }
        return Optional.empty();
    }
}
