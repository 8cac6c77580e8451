package dev.assay.study.internal.store;

import dev.assay.files.OwnFolder;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/// Where things are in a workspace. Names that may come from a file are checked before they become a path.
///
/// @param files the workspace's folder
public record Layout(OwnFolder files) {
    private static final int FAN_OUT_DIGITS = 2;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern RUN_ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{6}(-[0-9]{1,9})?");
    private static final Set<String> PARTS = Set.of("store", "runs", "confidential", "labels", "tmp");

    /// The layout of the workspace in this folder, which need not exist.
    public static Layout of(Path folder) {
        return new Layout(OwnFolder.at(folder, "workspace"));
    }

    /// The same for writing: the folder is made if it is not there, and its parts are the user's alone.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if it is not the user's own, a part of it is a link, or it cannot
    ///     be made
    public Layout claimed() {
        return new Layout(files.claim(PARTS));
    }

    /// The folder.
    public Path root() {
        return files.root();
    }

    /// Whether a name has the form of a run's id.
    public static boolean isRunId(String name) {
        return RUN_ID.matcher(name).matches();
    }

    /// All runs.
    public Path runs() {
        return root().resolve("runs");
    }

    /// A run's folder.
    public Path run(String id) {
        return OwnFolder.child(runs(), id);
    }

    /// A run's record.
    public Path runJson(String id) {
        return run(id).resolve("run.json");
    }

    /// The file that a run's process holds locked while it lives.
    public Path runLock(String id) {
        return run(id).resolve(".lock");
    }

    /// The outputs of a stage in a run.
    public Path outputs(String id, String stage) {
        return OwnFolder.child(run(id), "outputs", stage);
    }

    /// An artefact of a stage in a run.
    public Path output(String id, String stage, String file) {
        return OwnFolder.child(outputs(id, stage), file);
    }

    /// A run's receipts.
    public Path receipts(String id) {
        return run(id).resolve("receipts");
    }

    /// The trace of a failed stage.
    public Path trace(String id, String stage) {
        return OwnFolder.child(traces(id), stage + ".txt");
    }

    /// The traces of a run's failed stages.
    public Path traces(String id) {
        return run(id).resolve("errors");
    }

    /// Results by key.
    public Path entry(String key) {
        return shelf(key).resolve(key);
    }

    /// The folder that holds a key's entry, among others.
    public Path shelf(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a key is a SHA-256, got " + key.length() + " characters");
        }
        return root().resolve("store").resolve(key.substring(0, FAN_OUT_DIGITS));
    }

    /// The file that is locked by whoever makes the results of a key.
    public Path entryLock(String key) {
        return shelf(key).resolve(key + ".lock");
    }

    /// What an attempt at the results of a key left for the next one.
    public Path resumable(String key) {
        return shelf(key).resolve(key + ".resumable");
    }

    /// What the inputs were like when an attempt left something for the next one.
    public Path resumableInputs(String key) {
        return shelf(key).resolve(key + ".inputs");
    }

    /// What is told of confidential data to those alone who may read this workspace.
    public Path confidential() {
        return root().resolve("confidential");
    }

    /// The trace of a failed stage that read confidential files.
    public Path withheldTrace(String id, String stage) {
        return OwnFolder.child(confidential(), id, stage + ".txt");
    }

    /// The key of the digests of confidential files.
    public Path digestKey() {
        return confidential().resolve("digest.key");
    }

    /// What is being written.
    public Path temporary() {
        return root().resolve("tmp");
    }

    /// What a run is writing.
    public Path temporary(String id) {
        return OwnFolder.child(temporary(), id);
    }

    /// What a run is writing for one of its stages.
    public Path temporary(String id, String stage) {
        return OwnFolder.child(temporary(id), stage);
    }
}
