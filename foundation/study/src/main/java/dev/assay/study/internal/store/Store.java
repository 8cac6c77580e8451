package dev.assay.study.internal.store;

import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.files.AtomicFile;
import dev.assay.files.OwnFolder;
import dev.assay.frame.FrameFile;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.Profile;
import dev.assay.study.StageView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.internal.stored.StoredRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/// Results by the key of what they follow from: a folder each, with the artefacts and a `manifest.json`
/// that says what they are. Whoever changes an entry holds its lock. Only what this user's runs made
/// counts: each entry is sealed, and so is what an attempt leaves to the next one.
public final class Store {
    private static final String MANIFEST = "manifest.json";
    /// With an underscore, which no artefact's name has.
    private static final String PROFILES = "column_profiles.json";

    private static final String FILES = "folder_files.json";

    private static final String DISCLOSED = "disclosed_manifest.json";
    private static final String RESUMABLE = "assay resumable state";

    private final Layout layout;
    private final UserKey user;

    /// @param user whose results count
    public Store(Layout layout, UserKey user) {
        this.layout = layout;
        this.user = user;
    }

    /// What was found for a key.
    public sealed interface Found {
        /// Nothing.
        record Absent() implements Found {}

        /// Results whose bytes are as they were when a run of this user made them.
        ///
        /// @param run the run that did
        record Whole(StageView manifest, String run) implements Found {}

        /// Results that are not as they were, or that no run of this user made here.
        ///
        /// @param sentence what is wrong
        /// @param manifest what they were, if that can still be read
        record Damaged(String sentence, Optional<StageView> manifest) implements Found {}
    }

    /// The manifest for a key, if it is sealed, without looking at the artefacts.
    public Optional<StageView> manifest(String key) {
        return layout.files().isFolder(layout.entry(key))
                ? Seal.of(user, key, layout.entry(key)).flatMap(seal -> stored(key, MANIFEST))
                : Optional.empty();
    }

    private Optional<StageView> stored(String key, String name) {
        try {
            return StoredRuns.stage(layout.files().read(layout.entry(key).resolve(name)));
        } catch (IOException | Fault e) {
            return Optional.empty();
        }
    }

    /// The files of a stage's folders, by artefact, as they are kept beside the folders.
    private record Folders(Map<String, List<FileRef>> folders) {}

    /// Keeps the profiles of tables beside them, in a folder that is not published yet.
    public void keepProfiles(Path staged, Map<String, Map<String, Profile>> tables) {
        layout.files().write(staged.resolve(PROFILES), Json.page(new Profiles.Tables(tables)));
    }

    /// The profiles of the columns of a table, as they were kept, or made anew where they are not.
    ///
    /// @param file the table in a run's folder
    /// @throws dev.assay.fault.Fault if it cannot be read
    public Map<String, Profile> profiles(String key, OutputView output, Path file) {
        return kept(key, PROFILES, Profiles.Tables.class)
                .map(kept -> kept.tables().get(output.artefact()))
                .orElseGet(() -> {
                    try (Engine engine = LocalEngine.ofAllCores()) {
                        Path spill = layout.temporary().resolve("spill-" + key);
                        return Profiles.of(FrameFile.of(file), spill, engine).profiles();
                    }
                });
    }

    /// Keeps the digests of the files of folders beside them, in a folder that is not published yet.
    public void keepFiles(Path staged, Map<String, List<FileRef>> folders) {
        layout.files().write(staged.resolve(FILES), Json.page(new Folders(folders)));
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

    /// Whether a folder is the entry of a confidential stage in the store of some workspace.
    public static boolean isConfidential(Path entry) {
        return Files.isRegularFile(entry.resolve(DISCLOSED), LinkOption.NOFOLLOW_LINKS);
    }

    /// Keeps what may be told of a confidential stage beside its artefacts, in a folder that is not
    /// published yet.
    public void keepDisclosed(Path staged, StageView disclosed) {
        layout.files().write(staged.resolve(DISCLOSED), StoredRuns.bytes(disclosed));
    }

    /// What may be told of the confidential stage that made the results of a key; nothing if it is not
    /// there.
    public Optional<StageView> disclosed(String key) {
        return stored(key, DISCLOSED);
    }

    /// What was kept beside artefacts. Empty if it is not there: another process may just have thrown the
    /// entry away.
    private <T> Optional<T> kept(String key, String name, Class<T> type) {
        try {
            return Optional.ofNullable(
                    Json.read(layout.files().read(layout.entry(key).resolve(name)), type));
        } catch (IOException | Fault | JacksonException gone) {
            return Optional.empty();
        }
    }

    /// Looks for a key and hashes what it finds.
    public Found find(String key) {
        Path entry = layout.entry(key);
        if (!layout.files().isFolder(entry)) {
            return layout.files().exists(entry)
                    ? new Found.Damaged("there is no folder in its place", Optional.empty())
                    : new Found.Absent();
        }
        Optional<Seal> seal = Seal.of(user, key, entry);
        if (seal.isEmpty()) {
            return new Found.Damaged("it is not sealed by a run of yours on this machine", Optional.empty());
        }
        Optional<StageView> manifest = stored(key, MANIFEST);
        if (manifest.isEmpty()) {
            return new Found.Damaged("the manifest is missing or damaged", manifest);
        }
        for (OutputView output : manifest.get().outputs()) {
            if (!OwnFolder.isPlainName(output.file())) {
                return new Found.Damaged("artefact '" + output.artefact() + "' has no name of a file", manifest);
            }
            Path file = entry.resolve(output.file());
            if (!layout.files().isFile(file) && !layout.files().isFolder(file)) {
                return new Found.Damaged("artefact '" + output.artefact() + "' is missing", manifest);
            }
            if (ArtefactFiles.bytes(file) != output.bytes()
                    || !ArtefactFiles.digest(file).equals(output.sha256())) {
                return new Found.Damaged("artefact '" + output.artefact() + "' has other bytes than it had", manifest);
            }
        }
        return new Found.Whole(manifest.get(), seal.get().run());
    }

    /// Puts a folder of results in place of whatever is there for the key.
    ///
    /// @param staged   in the same workspace; holds the artefacts, and is gone afterwards
    /// @param manifest what they are
    /// @param run      the run that made them
    public void publish(String key, Path staged, StageView manifest, String run) throws IOException {
        OwnFolder files = layout.files();
        files.write(staged.resolve(MANIFEST), StoredRuns.bytes(manifest));
        Map<String, byte[]> beside = new TreeMap<>();
        for (String name : List.of(MANIFEST, PROFILES, FILES, DISCLOSED)) {
            if (files.isFile(staged.resolve(name))) {
                beside.put(name, files.read(staged.resolve(name)));
            }
        }
        files.write(staged.resolve(Seal.FILE), Json.page(Seal.of(user, key, run, beside)));
        files.seal(staged);
        discard(key);
        files.move(staged, layout.entry(key));
    }

    /// Throws away what is there for a key. Renamed first, so that it is never half there under its name.
    public void discard(String key) {
        OwnFolder files = layout.files();
        Path entry = layout.entry(key);
        if (files.exists(entry)) {
            Path gone = AtomicFile.beside(entry);
            files.move(entry, gone);
            files.delete(gone);
        }
    }

    /// Shows the artefacts of a key in a run's folder.
    public void show(String key, List<OutputView> outputs, Path folder) {
        OwnFolder files = layout.files();
        files.folder(folder);
        for (OutputView output : outputs) {
            Path from = OwnFolder.child(layout.entry(key), output.file());
            Path to = OwnFolder.child(folder, output.file());
            files.delete(to);
            files.show(from, to);
        }
    }

    /// Looks at what an earlier attempt left to go on from: it stays if this user's run began it, in
    /// this very folder, for the same inputs, and is deleted else.
    ///
    /// @param inputs a digest of what the file system says of the inputs
    /// @param fresh  whether what is there does not count
    public void keepResumable(String key, String inputs, boolean fresh) {
        Path folder = layout.resumable(key);
        if (fresh
                || !layout.files().isFolder(folder)
                || !isCode(
                        layout.resumableInputs(key),
                        text(key, inputs, layout.files().identity(folder)))) {
            forget(key);
        }
    }

    /// The folder for what an attempt leaves to the next one, made if it is not there.
    public Path resumable(String key, String inputs) {
        OwnFolder files = layout.files();
        Path folder = layout.resumable(key);
        if (!files.isFolder(folder)) {
            String text = text(key, inputs, files.identified(folder));
            files.write(layout.resumableInputs(key), user.code(RESUMABLE, text).getBytes(StandardCharsets.US_ASCII));
        }
        return folder;
    }

    /// The folder belongs to it: one that somebody else made under that name is another.
    private static String text(String key, String inputs, String folder) {
        return key + "\n" + inputs + "\n" + folder;
    }

    private boolean isCode(Path note, String text) {
        try {
            return layout.files().isFile(note)
                    && user.isCode(RESUMABLE, text, new String(layout.files().read(note), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    /// Deletes what attempts at the results of a key left to go on from.
    public void forget(String key) {
        layout.files().delete(layout.resumable(key));
        layout.files().delete(layout.resumableInputs(key));
    }
}
