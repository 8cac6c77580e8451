package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.OneLine;
import dev.assay.receipt.DigestKey;
import dev.assay.receipt.ReceiptVerifier;
import dev.assay.receipt.Verification;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `assay receipts verify RUN`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Hash everything that a run's receipts speak of again, and say what does not match.")
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_CHARACTERS = 300;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            defaultValue = "latest",
            description = "A run's id or the beginning of it, latest, or a run's folder (default: latest).")
    private String id = "latest";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key of somebody whose signature counts, a PEM file; repeatable. With it, every "
                    + "statement must be signed.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--inputs",
            paramLabel = "DIR",
            description = "Where the files lie that the run read from outside, to hash them too; repeatable.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--digest-key",
            paramLabel = "FILE",
            description =
                    "The key of the digests of confidential files (default: that of the workspace, if it has one).")
    private @Nullable Path digestKey;

    @Option(names = "--all", description = "Show what matches, too.")
    private boolean all;

    @Mixin
    private WorkspaceOption option = new WorkspaceOption();

    @Override
    public Integer call() {
        List<VerifyingKey> trusted = keys.stream().map(VerifyingKey::read).toList();
        Path folder = option.runFolder(id);
        Optional<Path> keyFile = digestKey == null ? option.workspace().digestKey() : Optional.of(digestKey);
        Verification verification = ReceiptVerifier.verify(folder, inputs, trusted, keyFile.map(DigestKey::read));
        findings(verification);
        run(verification);
        digests(verification);
        signatures(verification);
        notCovered(verification);
        int problems = verification.problems().size();
        if (problems > 0) {
            throw Fault.of(
                    Fault.Kind.VERIFICATION,
                    problems + (problems == 1 ? " finding speaks" : " findings speak") + " against the run in "
                            + OneLine.of(folder.toString())
                            + ".");
        }
        return 0;
    }

    /// The table of findings. What a run folder says may be of any length and hold anything, so names and notes are
    /// one line each, and the middle of long ones is left out.
    private void findings(Verification verification) {
        List<List<String>> rows = new ArrayList<>();
        int left = 0;
        for (Finding each : verification.findings()) {
            if (!all && !each.isProblem()) {
                continue;
            }
            if (!all && rows.size() == MOST_ROWS) {
                left++;
                continue;
            }
            rows.add(List.of(
                    words(each.outcome()),
                    each.role().name().toLowerCase(Locale.ROOT),
                    line(each.name()),
                    line(each.receipt()),
                    line(each.note())));
        }
        if (!rows.isEmpty()) {
            Console.say(People.table(List.of("outcome", "as", "name", "receipt", ""), rows));
        }
        if (left > 0) {
            Console.say(left + " more; --all shows them");
        }
    }

    /// Says what nothing was said about, so that nobody takes it for checked.
    private static void notCovered(Verification verification) {
        List<Finding> empty = verification.with(Outcome.EMPTY_FOLDER);
        if (!empty.isEmpty()) {
            Console.say((empty.size() == 1 ? "1 empty folder is" : empty.size() + " empty folders are")
                    + " covered by nothing: " + line(empty.getFirst().name())
                    + (empty.size() == 1 ? "" : " and others"));
        }
        Console.say("not covered: permissions, owners and times of files, hard links, empty folders, an empty .lock,"
                + " labels, key files beside the runs");
    }

    /// Says which run this is: whoever got it under another name is not to be misled.
    private static void run(Verification verification) {
        verification
                .run()
                .ifPresent(run -> Console.say("run " + line(run.run()) + ", study " + line(run.pipeline()) + ", "
                        + run.status().name().toLowerCase(Locale.ROOT) + ", "
                        + run.stages().size()
                        + (run.stages().size() == 1 ? " stage" : " stages")));
        verification
                .outside()
                .forEach((stage, outside) -> Console.say("stage " + line(stage) + " depends on something outside: "
                        + line(outside) + "; what is kept is what was answered then"));
        verification
                .reused()
                .forEach((stage, run) ->
                        Console.say("stage " + line(stage) + " was not run anew: run " + line(run) + " did its work"));
    }

    private static String line(String text) {
        return OneLine.of(text, MOST_CHARACTERS);
    }

    private static String words(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void digests(Verification verification) {
        long match = verification.with(Outcome.MATCH).size();
        Console.say(match + (match == 1 ? " digest matches" : " digests match"));
        long keyed = verification.with(Outcome.KEYED).size();
        if (keyed > 0) {
            Console.say(keyed + (keyed == 1 ? " digest is" : " digests are")
                    + " keyed and not checked; --digest-key FILE says with which key");
        }
        long absent = verification.with(Outcome.ABSENT).stream()
                .filter(f -> !f.isProblem())
                .map(f -> f.name() + f.expected())
                .distinct()
                .count();
        if (absent > 0) {
            Console.say((absent == 1 ? "1 input file lies" : absent + " input files lie")
                    + (absent == 1 ? " outside the run and was" : " outside the run and were")
                    + " not looked at; --inputs DIR says where");
        }
    }

    /// Says who vouches. A statement that nobody was seen to vouch for is never called signed or verified.
    private static void signatures(Verification verification) {
        TreeMap<String, Long> signers = new TreeMap<>();
        verification.with(Outcome.SIGNED).forEach(finding -> signers.merge(finding.note(), 1L, Long::sum));
        signers.forEach((by, n) -> Console.say(statements(n, "is", "are") + " signed " + by));
        long bad = verification.with(Outcome.BAD_SIGNATURE).size();
        if (bad > 0) {
            Console.say(statements(bad, "has", "have") + " a signature that no given key made");
        }
        long unchecked = verification.with(Outcome.UNCHECKED).size();
        if (unchecked > 0) {
            Console.say(statements(unchecked, "has a signature", "have signatures")
                    + " that nobody checked; --key FILE says whose to accept");
        }
        long others = verification.with(Outcome.OTHER_SIGNATURE).size();
        if (others > 0) {
            Console.say((others == 1 ? "1 more signature names a key" : others + " more signatures name keys")
                    + " that was not given; nobody checked " + (others == 1 ? "it" : "them"));
        }
        long unsigned = verification.with(Outcome.UNSIGNED).size()
                + verification.with(Outcome.SIGNATURE_MISSING).size();
        if (unsigned > 0) {
            Console.say(statements(unsigned, "is", "are") + " unsigned: what was made is said, not by whom");
        }
    }

    private static String statements(long n, String one, String many) {
        return n == 1 ? "1 statement " + one : n + " statements " + many;
    }
}
