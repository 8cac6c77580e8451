package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.Confined;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What the last statement of a run must say, for the one who writes it and the one who checks it.
final class RunStatement {
    private static final String LOCK = ".lock";
    private static final Pattern RUN_FOLDER = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{6}(-\\d+)?");

    private RunStatement() {}

    /// The statement about the files that lie in a run's folder now. What a stage wrote has the digest that
    /// its record states, and is not read again; all else is hashed.
    ///
    /// @throws Fault (MISSING_FILE) if a file cannot be read
    static Statement of(Path runFolder, RunOutcome outcome, Collection<StageRecord> records) {
        Map<String, ResourceDescriptor> stated = stated(records);
        try {
            SortedMap<String, Path> files = FolderListing.ofAll(runFolder.toRealPath());
            files.entrySet()
                    .removeIf(file -> Confined.fault(file.getKey()) != null
                            || !Files.isRegularFile(file.getValue(), LinkOption.NOFOLLOW_LINKS)
                            || isExcepted(file.getKey(), file.getValue()));
            SortedMap<String, ResourceDescriptor> subjects = new TreeMap<>(FolderListing.BYTE_ORDER);
            // The files of a folder that a record states as a whole are not named.
            FolderListing.each(
                            files,
                            (name, file) -> StrayFiles.within(stated.keySet(), name)
                                    .map(stated::get)
                                    .orElseGet(() -> ResourceDescriptor.of(name, Digest.ofFile(file))))
                    .values()
                    .forEach(subject -> subjects.put(subject.name(), subject));
            return new Statement(List.copyOf(subjects.values()), outcome);
        } catch (IOException | UncheckedIOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "a file of the run cannot be read; check the permissions")
                    .at(runFolder.toString())
                    .causedBy(e);
        }
    }

    /// Whether a file of the run's folder need not be a subject: the statement itself, envelopes of
    /// statements, to which further signers may add, and the empty lock. That an envelope among the receipts
    /// has its statement is looked at with the receipts.
    static boolean isExcepted(String name, Path file) {
        boolean excepted = name.equals(ReceiptNames.RUN)
                || name.equals(LOCK)
                || name.equals(ReceiptNames.envelope(ReceiptNames.RUN))
                || (name.startsWith(ReceiptNames.FOLDER + "/") && name.endsWith(ReceiptNames.ENVELOPE_ENDING));
        if (!excepted) {
            return false;
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && (!name.equals(LOCK) || attributes.size() == 0);
        } catch (IOException e) {
            return false;
        }
    }

    /// What stages wrote, as the subject of a statement, by name.
    private static Map<String, ResourceDescriptor> stated(Collection<StageRecord> records) {
        Map<String, ResourceDescriptor> stated = new HashMap<>();
        for (StageRecord record : records) {
            record.byproducts().forEach(file -> stated.put(file.name(), ResourceDescriptor.subject(file)));
            record.outputs().forEach(file -> stated.put(file.name(), ResourceDescriptor.subject(file)));
        }
        return stated;
    }

    /// Where the subjects are not those that the records tell of, in sentences. A digest is keyed exactly
    /// where a record says so: else nobody without the key would see that the file was changed.
    static List<String> otherSubjects(List<ResourceDescriptor> subjects, Collection<StageRecord> records) {
        Map<String, ResourceDescriptor> stated = stated(records);
        List<String> others = new ArrayList<>();
        String last = "";
        for (ResourceDescriptor subject : subjects) {
            ResourceDescriptor expected = stated.get(subject.name());
            if (FolderListing.BYTE_ORDER.compare(last, subject.name()) >= 0) {
                others.add("its subjects must be in the byte order of their names, each once, but there is "
                        + subject.name() + " after " + last);
            }
            if (expected != null && !expected.equals(subject)) {
                others.add("it does not state the digest of " + subject.name() + " that the stage's record states");
            } else if (expected == null && !subject.digest().keySet().equals(Set.of(ResourceDescriptor.SHA256))) {
                others.add("it states no SHA-256 of " + subject.name() + ", though no record says that it is keyed");
            }
            last = subject.name();
        }
        return others;
    }

    /// Where an outcome does not go with the run's folder, in a sentence: there it is an older run that was
    /// put in the place of another. Only folders with the names of runs are held against it, others were
    /// renamed.
    static Optional<String> otherRun(RunOutcome outcome, Path runFolder) {
        Set<String> names = new TreeSet<>();
        try {
            for (Path folder : List.of(runFolder.toAbsolutePath().normalize(), runFolder.toRealPath())) {
                names.add(String.valueOf(folder.getFileName()));
            }
        } catch (IOException e) {
            return Optional.of("the run's folder cannot be looked up");
        }
        return names.stream()
                .filter(name -> RUN_FOLDER.matcher(name).matches())
                .filter(name -> !name.equals(outcome.run()))
                .findFirst()
                .map(name -> "it is the statement of run " + outcome.run() + ", and the folder is that of run " + name);
    }

    /// Where an outcome does not say what summary and records say, in sentences.
    ///
    /// @param records of stages by name; one that is missing is a matter of its own
    static List<String> contradictions(
            RunOutcome outcome, Optional<RunSummary> summary, Map<String, StageRecord> records) {
        List<String> found = new ArrayList<>();
        summary.ifPresent(page -> {
            if (!page.runId().equals(outcome.runId())
                    || !page.pipeline().equals(outcome.pipeline())
                    || !page.recordedAt().equals(outcome.recordedAt())) {
                found.add("it is the statement of another run than that of the summary");
            }
            boolean same = switch (outcome.status()) {
                case PASSED -> page.overallPassed();
                case FAILED -> !page.overallPassed();
                case INTERRUPTED -> false;
            };
            if (!same) {
                found.add("it does not say how the run ended as the summary does");
            }
            List<String> stages =
                    page.stages().stream().map(RunSummary.StageLine::stage).toList();
            if (!stages.equals(outcome.over())) {
                found.add("its stages are " + String.join(", ", outcome.over()) + ", those of the summary are "
                        + String.join(", ", stages));
            }
        });
        for (RunOutcome.StageOutcome stage : outcome.stages()) {
            StageRecord record = records.get(stage.name());
            if (record == null) {
                continue;
            }
            if (!record.runId().equals(outcome.runId())
                    || !record.pipeline().equals(outcome.pipeline())
                    || !record.recordedAt().equals(outcome.recordedAt())) {
                found.add("it is the statement of another run than that of stage '" + stage.name() + "'");
            } else if (!RunOutcome.StageOutcome.of(record).equals(stage)) {
                found.add("it does not say of stage '" + stage.name() + "' what its record says");
            }
        }
        return found;
    }
}
