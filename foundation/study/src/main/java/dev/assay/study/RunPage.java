package dev.assay.study;

import java.nio.file.Path;

/// Writes what people read of a run into its folder, when everything but the run's last statement is there.
/// So the statement covers the page, too.
@FunctionalInterface
public interface RunPage {
    /// @param run    the run, at its end
    /// @param folder its folder, with `run.json`, outputs and receipts
    void write(RunView run, Path folder);

    /// Writes nothing.
    static RunPage none() {
        return (run, folder) -> {};
    }
}
