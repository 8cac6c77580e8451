package dev.assay.study;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a stage gets besides its input, and where it says what it saw. Thread-safe.
///
/// The runner makes one for each attempt at a stage; [InMemoryContext] is one without a runner.
public interface StageContext {

    /// The stage's own seed: the study's seed and the stage's name.
    ///
    /// @throws IllegalStateException if the stage says that it draws nothing
    ///     ([Stage#draws(java.util.Map)])
    Seed seed();

    /// Runs partitions of work.
    Engine engine();

    /// An empty folder of the stage's own. What an artefact of type `Path` names lies here; the rest is
    /// discarded.
    Path folder();

    /// The user's file that an input was read from, so that what is said of its rows can name file and line; nothing
    /// where a stage made it, where an input takes several, or where there is no runner.
    ///
    /// @param input the input's name, such as `persons`
    default Optional<Path> file(String input) {
        return Optional.empty();
    }

    /// A folder of the stage's own for what an attempt that was stopped or failed leaves to the next one:
    /// epochs done so far, answers that were paid for. It is made when it is first asked for, outlives the
    /// attempt, and is deleted when the stage has passed.
    ///
    /// The folder belongs to the stage's key. Whoever finds something there has the same kind, settings,
    /// inputs and seed, and the same code; so nothing needs to be told apart by name, and nobody else writes
    /// there.
    ///
    /// What lies there saves time and never decides: the artefacts are the same with it and without it, as if
    /// the stage had never been stopped. (A stage that asks something outside takes answers already given
    /// for answers.) Any write can be the last one, so a stage writes such that half of it is told from the
    /// whole. What is damaged or strange is thrown away without a word, and the work is done anew: whoever
    /// runs the study did not make it and cannot be asked to mend it.
    Path resumable();

    /// Who gives permission to send something to another machine, or a key to any. Asks whoever runs the
    /// stage if that has not been agreed to before.
    Permissions permissions();

    /// Something that progress can be reported to; shown as a bar.
    ///
    /// @param what what is being done, a few words: `fitting capital_gain`
    Progress progress(String what);

    /// A small part of long work.
    ///
    /// @param work  can be done at any time and changes nothing
    /// @param times how often as much is to be done
    record Piece(Runnable work, double times) {}

    /// Says before long work what is to be computed, and how long that may take on this machine: the
    /// pieces are done at once, a few times, and timed. Told to whoever looks on, and kept with no result.
    ///
    /// @param work   what is to be computed, with its numbers, in words
    /// @param pieces nothing for work whose time cannot be told
    void announce(String work, List<Piece> pieces);

    /// States a measurement. Its name can be used in claims as `stage.name`.
    ///
    /// @throws IllegalStateException    if a metric of this name was stated before
    /// @throws IllegalArgumentException if its name is blank or no Unicode text
    void measured(Metric metric);

    /// States a measurement of a part of the data whose name holds a value of the data, such as a mean of the
    /// rows of one town. It is like any other, except that nothing is told of it where the data are
    /// confidential.
    void measuredWithin(Metric metric);

    /// Shows a chart in the report.
    void figure(Figure figure);

    /// Shows a table in the report.
    void table(Listing listing);

    /// Counts rows for the receipt. Standard names: `records_in`, `records_out`, `accepted`, `rejected`,
    /// `quarantined`, `filtered`, `skipped`, `deduped`; reasons are written `quarantine.<reason>`,
    /// `skip.<reason>`, `filter.<reason>`. Rows counted under one name are added up. Receipts hold standard
    /// names and reasons; other names stand in the run's record alone.
    ///
    /// @throws IllegalArgumentException if `rows` is negative, their sum is beyond 2^53, or the name is
    ///     blank, no Unicode text or one of a reason without the reason
    void count(String name, long rows);

    /// Something the reader must know, one sentence, shown in the report and in the receipt.
    ///
    /// @throws IllegalArgumentException if it is no Unicode text
    void warn(String sentence);
}
