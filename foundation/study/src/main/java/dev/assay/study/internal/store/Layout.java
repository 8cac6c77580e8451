package dev.assay.study.internal.store;

import java.nio.file.Path;

/// Where things are in a workspace.
///
/// @param root the workspace's folder, absolute
public record Layout(Path root) {
    private static final int FAN_OUT_DIGITS = 2;

    /// All runs.
    public Path runs() {
        return root.resolve("runs");
    }

    /// A run's folder.
    public Path run(String id) {
        return runs().resolve(id);
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
        return run(id).resolve("outputs").resolve(stage);
    }

    /// A run's receipts.
    public Path receipts(String id) {
        return run(id).resolve("receipts");
    }

    /// The trace of a failed stage.
    public Path trace(String id, String stage) {
        return traces(id).resolve(stage + ".txt");
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
        return root.resolve("store").resolve(key.substring(0, FAN_OUT_DIGITS));
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
        return root.resolve("confidential");
    }

    /// The trace of a failed stage that read confidential files.
    public Path withheldTrace(String id, String stage) {
        return confidential().resolve(id).resolve(stage + ".txt");
    }

    /// The key of the digests of confidential files.
    public Path digestKey() {
        return confidential().resolve("digest.key");
    }

    /// What is being written.
    public Path temporary() {
        return root.resolve("tmp");
    }

    /// What a run is writing.
    public Path temporary(String id) {
        return temporary().resolve(id);
    }
}
