package dev.assay.study;

import dev.assay.receipt.RunIds;
import dev.assay.receipt.SigningKey;
import java.util.Optional;

/// How a study is carried out. Nothing here changes results.
///
/// @param fresh          run every stage, even if its results are there
/// @param parallelStages how many stages may run at once
/// @param codeVersion    the version of the program, a git commit or a SHA-256; taken from its classes if empty
/// @param signer         signs the statements of the run's receipts; without one they are unsigned
/// @param consent        asked before anything leaves this machine
public record RunSettings(
        boolean fresh, int parallelStages, Optional<String> codeVersion, Optional<SigningKey> signer, Consent consent) {
    /// Most stages at once unless said otherwise. They share one engine, so more would only add memory.
    public static final int MOST_PARALLEL_STAGES = 4;

    /// Nothing leaves this machine. Reuse what is there; as many stages at once as there are cores,
    /// [#MOST_PARALLEL_STAGES] at most.
    public static final RunSettings DEFAULT = new RunSettings(
            false,
            Math.min(Runtime.getRuntime().availableProcessors(), MOST_PARALLEL_STAGES),
            Optional.empty(),
            Optional.empty(),
            Consent.none());

    /// @throws IllegalArgumentException if `parallelStages < 1`, or the version is neither
    public RunSettings {
        if (parallelStages < 1) {
            throw new IllegalArgumentException("at least one stage must run at a time, got " + parallelStages);
        }
        if (codeVersion.isPresent() && !RunIds.isCodeVersion(codeVersion.get())) {
            throw new IllegalArgumentException("a version must be a git commit or a SHA-256, got " + codeVersion.get());
        }
    }

    /// The same, fresh or not.
    public RunSettings withFresh(boolean newFresh) {
        return new RunSettings(newFresh, parallelStages, codeVersion, signer, consent);
    }

    /// The same with another number of stages at once.
    public RunSettings withParallelStages(int stages) {
        return new RunSettings(fresh, stages, codeVersion, signer, consent);
    }

    /// The same with a given version of the program.
    public RunSettings withCodeVersion(String version) {
        return new RunSettings(fresh, parallelStages, Optional.of(version), signer, consent);
    }

    /// The same with signed receipts.
    public RunSettings withSigner(SigningKey key) {
        return new RunSettings(fresh, parallelStages, codeVersion, Optional.of(key), consent);
    }

    /// The same with somebody else who is asked.
    public RunSettings withConsent(Consent newConsent) {
        return new RunSettings(fresh, parallelStages, codeVersion, signer, newConsent);
    }
}
