package dev.assay.study;

/// A kind of stage.
///
/// `run` is a pure function of the input record and the context's seed: same input, same output, on any
/// number of threads. It reads nothing that is not an input, and writes nowhere but below
/// [StageContext#folder()].
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

    /// Does the work.
    ///
    /// @throws dev.assay.fault.Fault if the input cannot be used; told to the user as one sentence
    O run(I input, StageContext context);
}
