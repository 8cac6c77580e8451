package dev.assay.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of stage.
///
/// `run` is a pure function of the input record and the context's seed: same input, same output, on any
/// number of threads. It reads nothing that is not an input, and writes nowhere but below
/// [StageContext#folder()] and [StageContext#resumable()]. A stage that must ask something outside, such as a
/// model behind an end point, says so in [#outside(Record)].
///
/// Stages are found by [java.util.ServiceLoader]; each has a public no-argument constructor.
///
/// @param <I> a record whose components are marked [Setting] or [Input]
/// @param <O> a record whose components are marked [Artefact]; the first one is what `from: stage` means
public interface Stage<I extends Record, O extends Record> {

    /// The kind as it stands in study files: `system.verb`, lower case.
    String kind();

    /// What it does, in one line without a full stop.
    String summary();

    /// The input record.
    Class<I> input();

    /// The output record.
    Class<O> output();

    /// What the results depend on besides input and seed, in words for people and receipts: `the model qwen3 at
    /// http://localhost:11434/v1`. Nothing for a pure function, whose results repeat. Says the same whether or
    /// not `run` would succeed, asks nobody, and names no key and no user of a URL.
    default Optional<String> outside(I input) {
        return Optional.empty();
    }

    /// Where `run` would send something, as far as the settings tell before any input is there. Whoever
    /// runs the stage is asked about these before anything begins; what only an input tells is asked about
    /// when `run` wants [StageContext#permissions()], without which nothing can be sent.
    ///
    /// @param settings the settings as Java values by name, such as `base-url`, as in
    ///     [StageSpec#values()]
    default List<Destination> destinations(Map<String, Object> settings) {
        return List.of();
    }

    /// Whether `run` draws at random with these settings. One that does not gets no seed, as
    /// [StageContext#seed()] refuses it, and its results are kept under a key without one: a study with
    /// another seed takes them.
    ///
    /// @param settings as in [#destinations(Map)]
    default boolean draws(Map<String, Object> settings) {
        return true;
    }

    /// Does the work.
    ///
    /// @throws dev.assay.fault.Fault if the input cannot be used; told to the user as one sentence
    O run(I input, StageContext context);
}
