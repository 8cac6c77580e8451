package dev.assay.engine;

import java.io.Serializable;
import java.util.List;

/// Runs independent partitions and merges their results.
///
/// Contract, for every implementation: results are in partition order; [#reduce] merges along one fixed tree
/// over the partitions (halves of halves), whatever the number of threads, so floating-point results repeat
/// bit for bit; the first failure in partition order is thrown and the rest is abandoned; an interrupt of the
/// caller ends the work with [java.util.concurrent.CancellationException]. Work may call the same engine
/// again from inside a partition.
public interface Engine extends AutoCloseable {

    /// What is done for one partition.
    @FunctionalInterface
    interface Work<T> extends Serializable {
        /// @param partition `0 <= partition < partitions`
        T run(int partition);
    }

    /// What makes one result of two neighbours. Associative; `left` covers the earlier partitions.
    @FunctionalInterface
    interface Merge<T> extends Serializable {
        T merge(T left, T right);
    }

    /// How many partitions can run at the same time; a hint for choosing partition sizes of throwaway work.
    /// Never let a result depend on it.
    int parallelism();

    /// The results of all partitions, in order.
    <T> List<T> map(int partitions, Work<T> work);

    /// The merged result of all partitions.
    ///
    /// @throws IllegalArgumentException if there are no partitions
    <T> T reduce(int partitions, Work<T> work, Merge<T> merge);

    /// Releases the threads. Whoever opened the engine closes it.
    @Override
    void close();
}
