package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.receipt.FileRef;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.internal.store.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files that a study was given, each hashed once for a run and held to that: a result must not be
/// filed under the digest of other bytes than those it was made of.
///
/// A file is stamped before and after it is hashed, when a stage that reads it begins, and when that stage
/// ends. Where stamps differ it is hashed again. Before a stage, equal bytes are then as good as untouched
/// ones. After it they are not: whoever wrote others and put the first ones back has been read in between.
final class UserFiles {
    /// How often a file that is being written to is hashed anew before it is given up.
    private static final int TRIES = 3;

    private static final String AT_REST = "run again when it is at rest, or on a copy of it";

    private final Clock clock;
    private final ConcurrentHashMap<Path, Known> known = new ConcurrentHashMap<>();

    UserFiles(Clock clock) {
        this.clock = clock;
    }

    /// A file as it was when it was hashed.
    ///
    /// @param ref   its digests and size; the name is its own
    /// @param stamp what the file system said of it before and after
    record Known(FileRef ref, Stamp stamp) {}

    /// The file as it was when this run first looked, if it is still so.
    ///
    /// @throws Fault (MISSING_FILE) if it has gone or cannot be read; (BAD_DATA) if it holds other bytes
    ///     than at first, is written to all the time, or is or holds something that is no file
    Known current(Source.UserFile file) {
        return known.compute(file.path(), (path, before) -> {
            try {
                if (before == null) {
                    return hashed(file);
                }
                if (before.stamp().difference(stamp(file)).isEmpty()) {
                    return before;
                }
                Known now = hashed(file);
                if (!now.ref().sha256().equals(before.ref().sha256())) {
                    throw changed(
                            file,
                            before.stamp().difference(now.stamp()).orElse(""),
                            "it has been changed since the run began: it "
                                    + before.stamp()
                                            .change(
                                                    now.stamp(),
                                                    before.stamp()
                                                            .difference(now.stamp())
                                                            .orElse(""))
                                    + "; " + AT_REST);
                }
                return now;
            } catch (UncheckedIOException e) {
                throw unreadable(file, e);
            } catch (Fault e) {
                throw e.kind() == Fault.Kind.MISSING_FILE ? unreadable(file, e) : e;
            }
        });
    }

    /// The file as it was when it was last looked at.
    ///
    /// @throws IllegalStateException if it never was
    Known known(Source.UserFile file) {
        Known last = known.get(file.path());
        if (last == null) {
            throw new IllegalStateException("the file of an input has not been hashed");
        }
        return last;
    }

    /// Checks, when a stage ends, that nobody wrote to a file while the stage ran.
    ///
    /// @param begun the file as it was when the stage began
    /// @throws Fault (BAD_DATA) with the file's name if somebody did, or if it cannot be told
    void checkUntouched(Source.UserFile file, Known begun) {
        Optional<String> difference;
        String what;
        boolean same;
        try {
            Stamp now = stamp(file);
            difference = begun.stamp().difference(now);
            if (difference.isEmpty()) {
                return;
            }
            what = begun.stamp().change(now, difference.get());
            same = FileRef.named(begun.ref().name(), real(file.path()))
                    .sha256()
                    .equals(begun.ref().sha256());
        } catch (UncheckedIOException | Fault gone) {
            throw changed(file, "", "it went away while the stage ran; " + AT_REST);
        }
        throw changed(
                file,
                difference.get(),
                same
                        ? "it was written to or touched while the stage ran, so the stage may have read other contents than "
                                + "it has again; " + AT_REST
                        : "it was changed while the stage read it: it " + what + "; " + AT_REST);
    }

    private Known hashed(Source.UserFile file) {
        String name = String.valueOf(file.path().getFileName());
        if (name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw changed(
                    file,
                    "",
                    "its name has a control character or a backslash, which no receipt can hold; rename the file");
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Stamp before = stamp(file);
            rest(before);
            FileRef ref = FileRef.named(String.valueOf(file.path().getFileName()), real(file.path()));
            if (before.difference(stamp(file)).isEmpty()) {
                return new Known(ref, before);
            }
        }
        throw changed(file, "", "it is being written to while it is hashed; " + AT_REST);
    }

    /// Where a path leads: a walk through a folder does not follow the link that leads to it.
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stamp stamp(Source.UserFile file) {
        Stamp stamp = Stamp.of(file.path());
        stamp.irregular().ifPresent(name -> {
            throw changed(
                    file,
                    name,
                    name.isEmpty()
                            ? "it is neither a file nor a folder; give a regular file"
                            : "a folder that is an input holds regular files only, and this is a link or something else; put "
                                    + "the file itself there, or take it away");
        });
        return stamp;
    }

    /// Waits until the file system's clock has moved on from what the stamp says, so that no later
    /// change can carry the same times.
    private void rest(Stamp stamp) {
        try {
            Thread.sleep(stamp.unsafeFor(clock.instant()));
        } catch (InterruptedException e) {
            // Only the waiting is cut short; who hashes notices the interrupt by himself.
            Thread.currentThread().interrupt();
        }
    }

    /// A confidential file is not named, nor is a part of a confidential folder.
    private static Fault changed(Source.UserFile file, String part, String sentence) {
        return Fault.of(Fault.Kind.BAD_DATA, sentence)
                .at(part.isEmpty() || file.confidential() ? file.toString() : file.given() + "/" + part);
    }

    private static Fault unreadable(Source.UserFile file, Exception e) {
        Fault fault = Fault.of(
                        Fault.Kind.MISSING_FILE, "the file cannot be read; check that it exists and its permissions")
                .at(file.toString());
        // The cause names the path.
        return file.confidential() ? fault : fault.causedBy(e);
    }
}
