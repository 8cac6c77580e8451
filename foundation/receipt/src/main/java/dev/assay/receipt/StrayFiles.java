package dev.assay.receipt;

import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for what lies in a run's folder and is spoken of by nothing that should.
final class StrayFiles {
    private final Path runFolder;
    private final Findings findings;

    StrayFiles(Path runFolder, Findings findings) {
        this.runFolder = runFolder;
        this.findings = findings;
    }

    /// Receipts of stages that the run does not have, and what is no receipt at all.
    ///
    /// @param stages     names of the stages that have receipts
    /// @param summarised whether the run has a summary, and perhaps a drift report
    /// @param present    what lies in the folder of receipts
    void receipts(List<String> stages, boolean summarised, Set<String> present) {
        Set<String> known = new HashSet<>();
        for (String stage : stages) {
            known.addAll(List.of(ReceiptNames.record(stage), ReceiptNames.statement(stage), ReceiptNames.tests(stage)));
        }
        if (summarised) {
            known.addAll(List.of(
                    ReceiptNames.SUMMARY, ReceiptNames.SUMMARY_TEXT, ReceiptNames.DRIFT, ReceiptNames.DRIFT_TESTS));
        }
        for (String name : present) {
            String statement = name.endsWith(ReceiptNames.ENVELOPE_ENDING) ? ReceiptNames.statementOf(name) : name;
            if (!known.contains(statement)) {
                findings.stray(name, name, "the run has no such receipt");
            }
        }
    }

    /// Outputs that no stage states.
    ///
    /// @param receipted names of files, and of folders with all that is in them
    void outputs(Set<String> receipted) {
        Path folder = runFolder.resolve(ReceiptVerifier.OUTPUTS);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (Path file : FolderListing.ofAll(folder).values()) {
                String name = FolderListing.relative(runFolder, file);
                if (within(receipted, name).isEmpty()) {
                    findings.stray(ReceiptNames.FOLDER, name, "no receipt names it");
                }
            }
        } catch (UncheckedIOException e) {
            unlisted(ReceiptNames.FOLDER, ReceiptVerifier.OUTPUTS);
        }
    }

    /// The one of these names that is a file's own, or that of a folder in which it lies.
    static Optional<String> within(Set<String> names, String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (names.contains(name.substring(0, end))) {
                return Optional.of(name.substring(0, end));
            }
        }
        return Optional.empty();
    }

    /// Files of any kind that the last statement of the run does not name.
    ///
    /// @param covered names of its subjects; a folder covers the regular files in it
    void uncovered(Set<String> covered) {
        try {
            // The run's folder itself may be given by a link.
            FolderListing.ofAll(runFolder.toRealPath()).forEach((name, file) -> {
                boolean named = covered.contains(name)
                        || (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                                && within(covered, name).isPresent());
                if (!named && !RunStatement.isExcepted(name, file)) {
                    findings.stray(ReceiptNames.RUN, name, "the run's last statement does not name it");
                }
            });
        } catch (IOException | UncheckedIOException e) {
            unlisted(ReceiptNames.RUN, ".");
        }
    }

    /// Folders with nothing in them.
    void emptyFolders() {
        try {
            FolderListing.empty(runFolder.toRealPath())
                    .forEach(name -> findings.add(ReceiptNames.RUN, Role.STRAY, name, Outcome.EMPTY_FOLDER, ""));
        } catch (IOException | UncheckedIOException e) {
            unlisted(ReceiptNames.RUN, ".");
        }
    }

    private void unlisted(String receipt, String folder) {
        findings.add(receipt, Role.STRAY, folder, Outcome.REFUSED, "it cannot be listed");
    }
}
