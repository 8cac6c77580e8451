package dev.assay.study.internal.store;

import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.study.StageView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.internal.stored.StoredRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/// Results by the key of what they follow from: a folder each, with the artefacts and a `manifest.json` that
/// says what they are. Whoever changes an entry holds its lock.
public final class Store {
    private static final String MANIFEST = "manifest.json";
    /// With an underscore, which no artefact's name has.
    private static final String PROFILES = "column_profiles.json";

    private static final String FILES = "folder_files.json";

    private static final String DISCLOSED = "disclosed_manifest.json";

    private final Layout layout;

    public Store(Layout layout) {
        this.layout = layout;
    }

    /// What was found for a key.
    public sealed interface Found {
        /// Nothing.
        record Absent() implements Found {}

        /// Results whose bytes are as they were.
        record Whole(StageView manifest) implements Found {}

        /// Results that are not as they were.
        ///
        /// @param sentence what is wrong
        /// @param manifest what they were, if that can still be read
        record Damaged(String sentence, Optional<StageView> manifest) implements Found {}
    }

    /// The manifest for a key, without looking at the artefacts.
    public Optional<StageView> manifest(String key) {
        return stored(key, MANIFEST);
    }

    private Optional<StageView> stored(String key, String name) {
        try {
            return StoredRuns.stage(Files.readAllBytes(layout.entry(key).resolve(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The files of a stage's folders, by artefact, as they are kept beside the folders.
    private record Folders(Map<String, List<FileRef>> folders) {}

    /// Keeps the profiles of tables beside them, in a folder that is not published yet.
    public void keepProfiles(Path staged, Map<String, Map<String, Profile>> tables) throws IOException {
        Files.write(staged.resolve(PROFILES), Json.page(new Profiles.Tables(tables)));
    }

    /// The profiles of the columns of a table, as they were kept, or made anew where they are not.
    ///
    /// @param file the table in a run's folder
    /// @throws dev.assay.fault.Fault if it cannot be read
    public Map<String, Profile> profiles(String key, OutputView output, Path file) {
        return kept(key, PROFILES, Profiles.Tables.class)
                .map(kept -> kept.tables().get(output.artefact()))
                .orElseGet(() -> Profiles.of(Tables.read(file)));
    }

    /// Keeps the digests of the files of folders beside them, in a folder that is not published yet.
    public void keepFiles(Path staged, Map<String, List<FileRef>> folders) throws IOException {
        Files.write(staged.resolve(FILES), Json.page(new Folders(folders)));
    }

    /// The files of a folder, named from the folder on, as they were kept, or read anew where they are not
    /// or do not make up the folder's digest.
    ///
    /// @param folder the folder in a run's folder
    /// @throws dev.assay.fault.Fault if it cannot be read
    /// @throws IllegalArgumentException if it holds a name that no receipt may have
    public List<FileRef> files(String key, OutputView output, Path folder) {
        return kept(key, FILES, Folders.class)
                .map(kept -> kept.folders().get(output.artefact()))
                .filter(files -> make(output, files))
                .orElseGet(() -> FileRef.below(folder.resolveSibling(""), folder));
    }

    private static boolean make(OutputView output, List<FileRef> files) {
        return files.stream().allMatch(file -> file.name().startsWith(output.file() + "/"))
                && FileRef.folder(output.file(), files).sha256().hex().equals(output.sha256());
    }

    /// Keeps what may be told of a confidential stage beside its artefacts, in a folder that is not published
    /// yet.
    public void keepDisclosed(Path staged, StageView disclosed) throws IOException {
        Files.write(staged.resolve(DISCLOSED), StoredRuns.bytes(disclosed));
    }

    /// What may be told of the confidential stage that made the results of a key; nothing if it is not there.
    public Optional<StageView> disclosed(String key) {
        return stored(key, DISCLOSED);
    }

    /// What was kept beside artefacts. Empty if it is not there: another process may just have thrown the
    /// entry away.
    private <T> Optional<T> kept(String key, String name, Class<T> type) {
        try {
            return Optional.ofNullable(Json.read(layout.entry(key).resolve(name), type));
        } catch (IOException | JacksonException gone) {
            return Optional.empty();
        }
    }

    /// Looks for a key and hashes what it finds.
    public Found find(String key) {
        Path entry = layout.entry(key);
        if (!Files.isDirectory(entry)) {
            return new Found.Absent();
        }
        Optional<StageView> manifest = manifest(key);
        if (manifest.isEmpty()) {
            return new Found.Damaged("the manifest is missing or damaged", manifest);
        }
        for (OutputView output : manifest.get().outputs()) {
            Path file = entry.resolve(output.file());
            if (!Files.exists(file)) {
                return new Found.Damaged("artefact '" + output.artefact() + "' is missing", manifest);
            }
            if (ArtefactFiles.bytes(file) != output.bytes()
                    || !ArtefactFiles.digest(file).equals(output.sha256())) {
                return new Found.Damaged("artefact '" + output.artefact() + "' has other bytes than it had", manifest);
            }
        }
        return new Found.Whole(manifest.get());
    }

    /// Puts a folder of results in place of whatever is there for the key.
    ///
    /// @param staged   in the same workspace; holds the artefacts, and is gone afterwards
    /// @param manifest what they are
    public void publish(String key, Path staged, StageView manifest) throws IOException {
        Files.write(staged.resolve(MANIFEST), StoredRuns.bytes(manifest));
        protect(staged);
        Storage.force(staged);
        Path entry = layout.entry(key);
        Files.createDirectories(layout.shelf(key));
        discard(key);
        Files.move(staged, entry, StandardCopyOption.ATOMIC_MOVE);
        Storage.forceOne(layout.shelf(key));
    }

    /// Throws away what is there for a key. Renamed first, so that it is never half there under its name.
    public void discard(String key) throws IOException {
        Path entry = layout.entry(key);
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            Path gone = Storage.beside(entry, "gone");
            Files.move(entry, gone, StandardCopyOption.ATOMIC_MOVE);
            Storage.delete(gone);
        }
    }

    /// Shows the artefacts of a key in a run's folder: as further links to the same files, or as copies where
    /// the file system has no such links.
    public void show(String key, List<OutputView> outputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (OutputView output : outputs) {
            Path from = layout.entry(key).resolve(output.file());
            Path to = folder.resolve(output.file());
            Storage.delete(to);
            try (Stream<Path> paths = Files.walk(from)) {
                for (Iterator<Path> i = paths.iterator(); i.hasNext(); ) {
                    Path path = i.next();
                    Path target = to.resolve(from.relativize(path).toString());
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createDirectories(target);
                    } else {
                        link(path, from.equals(path) ? to : target);
                    }
                }
            }
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Takes away the permission to write: the files of a run are the same files, and an editor that saved
    /// into one would damage the entry.
    private static void protect(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path :
                    (Iterable<Path>) paths.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))::iterator) {
                PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
                if (view != null) {
                    EnumSet<PosixFilePermission> permissions =
                            EnumSet.copyOf(view.readAttributes().permissions());
                    permissions.removeAll(EnumSet.of(
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.GROUP_WRITE,
                            PosixFilePermission.OTHERS_WRITE));
                    view.setPermissions(permissions);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
