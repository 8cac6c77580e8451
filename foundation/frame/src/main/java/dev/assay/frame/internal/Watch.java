package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;

/// The time that a list of conditions has left, over all the databases that judge it.
final class Watch {
    private final Limits limits;
    private final long start = System.nanoTime();
    private final long allowed;

    private Watch(Limits limits) {
        this.limits = limits;
        this.allowed = limits.of(Limit.CONDITION_SECONDS) * 1_000_000_000L;
    }

    /// A watch that starts now.
    static Watch start(Limits limits) {
        return new Watch(limits);
    }

    Limits limits() {
        return limits;
    }

    /// Nanoseconds that are left, at least 0.
    ///
    /// @throws Fault (BAD_SETTING) if none are
    long left(String condition) {
        long left = allowed - (System.nanoTime() - start);
        if (left <= 0) {
            throw over(condition);
        }
        return left;
    }

    /// The fault for a list that took too long, told with the condition that it was at.
    Fault over(String condition) {
        return limits.exceeded(
                Fault.Kind.BAD_SETTING,
                Limit.CONDITION_SECONDS,
                "the conditions took more than " + limits.of(Limit.CONDITION_SECONDS) + " seconds, at "
                        + ConditionText.quoted(condition));
    }

    /// The fault for a condition that takes too much memory.
    Fault tooLarge(String condition) {
        return limits.exceeded(
                Fault.Kind.BAD_SETTING,
                Limit.CONDITION_BYTES,
                "the condition " + ConditionText.quoted(condition) + " may take more than "
                        + limits.of(Limit.CONDITION_BYTES) + " bytes of memory");
    }
}
