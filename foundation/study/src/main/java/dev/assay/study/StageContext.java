package dev.assay.study;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import java.nio.file.Path;

/// What a stage gets besides its input, and where it says what it saw. Thread-safe.
public interface StageContext {

    /// The stage's own seed: the study's seed and the stage's name.
    Seed seed();

    /// Runs partitions of work.
    Engine engine();

    /// An empty folder of the stage's own. What an artefact of type `Path` names lies here; the rest is
    /// discarded.
    Path folder();

    /// Something that progress can be reported to; shown as a bar.
    ///
    /// @param what what is being done, a few words: `fitting capital_gain`
    Progress progress(String what);

    /// States a measurement. Its name can be used in claims as `stage.name`.
    void measured(Metric metric);

    /// Shows a chart in the report.
    void figure(Figure figure);

    /// Shows a table in the report.
    void table(Listing listing);

    /// Counts rows for the receipt. Standard names: `records_in`, `records_out`, `accepted`, `rejected`,
    /// `quarantined`, `filtered`, `skipped`, `deduped`; reasons are written `quarantine.<reason>`,
    /// `skip.<reason>`, `filter.<reason>`.
    void count(String name, long rows);

    /// Something the reader must know, one sentence, shown in the report and in the receipt.
    void warn(String sentence);
}
