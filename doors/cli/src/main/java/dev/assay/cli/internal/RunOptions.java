package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.SigningKey;
import dev.assay.study.HostConsent;
import dev.assay.study.HostRule;
import dev.assay.study.RunSettings;
import dev.assay.study.RunView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of everything that runs stages.
final class RunOptions {
    private static final long MOST_SECONDS = 86_400;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--fresh", description = "Run every stage, even those whose results are there.")
    private boolean fresh;

    @Option(names = "--dry-run", description = "Print what would run or be reused, and why; run nothing.")
    private boolean dryRun;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use (default: all cores). Results do not depend on it.")
    private int threads;

    @Option(
            names = "--sign",
            paramLabel = "KEY",
            description = "Sign the receipts with this private key; 'assay receipts keygen' makes one.")
    private @Nullable Path key;

    @Option(
            names = "--fail-on",
            paramLabel = "warn|alert",
            description =
                    "End with exit code 3 if the run passes, but drifted as severely as that from the run before.")
    private @Nullable FailOn failOn;

    @Option(
            names = "--claims",
            paramLabel = "fail|warn",
            defaultValue = "fail",
            description =
                    "What a claim does that is contradicted by what was measured: end with exit code 12, or warn (default: ${DEFAULT-VALUE}).")
    private OnContradiction claims = OnContradiction.FAIL;

    @Option(
            names = "--allow-host",
            paramLabel = "HOST[:PORT][=VARIABLE]",
            description =
                    "Let this run send data to a host, with the key that it names or the one in VARIABLE; http://HOST:PORT without encryption. May be given several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--progress",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How often to say how far the run is where there is no terminal; 0 for never (default: ${DEFAULT-VALUE}).")
    private long progress = ProgressLines.EVERY.toSeconds();

    WorkspaceOption workspace() {
        return workspace;
    }

    /// @throws Fault (USAGE) if it is no such time
    Duration progress() {
        if (progress < 0 || progress > MOST_SECONDS) {
            throw Fault.of(
                    Fault.Kind.USAGE,
                    "--progress is a number of seconds from 0 to " + MOST_SECONDS + ", got " + progress);
        }
        return Duration.ofSeconds(progress);
    }

    boolean dryRun() {
        return dryRun;
    }

    int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    /// The exit code of a run that is over: its own; if it passed, that of a contradicted claim, or else that
    /// of drift.
    int exitCode(RunView run) {
        if (run.exitCode() != 0) {
            return run.exitCode();
        }
        if (claims == OnContradiction.FAIL && !run.contradicted().isEmpty()) {
            return Fault.Kind.CONTRADICTED.exitCode();
        }
        if (failOn == null || run.drift().isEmpty()) {
            return 0;
        }
        return failOn.exitCode(run.drift().get().severity());
    }

    /// @param asked whom to ask for consent
    /// @throws dev.assay.fault.Fault if the key to sign with cannot be used, or a host is none
    RunSettings settings(HostConsent.Person asked) {
        RunSettings settings = RunSettings.DEFAULT
                .withFresh(fresh)
                .withConsent(HostConsent.of(
                        hosts.stream().map(HostRule::parse).toList(),
                        Configuration.ofUser().hosts(),
                        asked))
                .withParallelStages(Math.min(threads(), RunSettings.MOST_PARALLEL_STAGES));
        return key == null ? settings : settings.withSigner(SigningKey.read(key));
    }
}
