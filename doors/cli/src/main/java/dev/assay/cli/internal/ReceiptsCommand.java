package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.Verification;
import dev.assay.study.RunView;
import dev.assay.study.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay receipts verify RUN`.
@Command(
        mixinStandardHelpOptions = true,
        description = "Check what runs left behind.",
        subcommands = ReceiptsCommand.Verify.class)
final class ReceiptsCommand implements Runnable {
    @Override
    public void run() {
        throw Fault.of(Fault.Kind.USAGE, "'assay receipts' needs a verb: verify.");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Hash everything that a run's receipts speak of again, and say what does not match.")
    static final class Verify implements Callable<Integer> {
        @Parameters(
                paramLabel = "RUN",
                arity = "0..1",
                defaultValue = "latest",
                description = "A run's id or the beginning of it, latest, or a run's folder (default: latest).")
        private String id = "latest";

        @Option(
                names = "--inputs",
                paramLabel = "DIR",
                description = "Where the files lie that the run read from outside, to hash them too; repeatable.")
        private List<Path> inputs = new ArrayList<>();

        @Option(names = "--all", description = "Show what matches, too.")
        private boolean all;

        @Mixin
        private WorkspaceOption option = new WorkspaceOption();

        @Override
        public Integer call() {
            Path folder = folder();
            Verification verification = ReceiptVerifier.verify(folder, inputs);
            List<List<String>> rows = new ArrayList<>();
            for (Verification.Finding each : verification.findings()) {
                if (all || each.isProblem()) {
                    rows.add(List.of(
                            each.outcome().name().toLowerCase(Locale.ROOT),
                            each.role().name().toLowerCase(Locale.ROOT),
                            each.name(),
                            each.receipt(),
                            each.note()));
                }
            }
            if (!rows.isEmpty()) {
                Console.say(People.table(List.of("outcome", "as", "name", "receipt", ""), rows));
            }
            long match = verification.with(Verification.Outcome.MATCH).size();
            long absent = verification.with(Verification.Outcome.ABSENT).stream()
                    .filter(f -> !f.isProblem())
                    .map(f -> f.name() + f.expected())
                    .distinct()
                    .count();
            long problems = verification.problems().size();
            Console.say(match + (match == 1 ? " digest matches" : " digests match"));
            if (absent > 0) {
                Console.say((absent == 1 ? "1 input file lies" : absent + " input files lie")
                        + (absent == 1 ? " outside the run and was" : " outside the run and were")
                        + " not looked at; --inputs DIR says where");
            }
            Console.say("the receipts are unsigned: they say what was made, not by whom");
            if (problems > 0) {
                throw Fault.of(
                        Fault.Kind.VERIFICATION,
                        problems + (problems == 1 ? " finding speaks" : " findings speak") + " against the run in "
                                + folder + ".");
            }
            return 0;
        }

        private Path folder() {
            if (id.contains("/") && Files.isDirectory(Path.of(id))) {
                return Path.of(id);
            }
            Workspace workspace = option.workspace();
            RunView run = workspace.run(id);
            return workspace.folder(run);
        }
    }
}
