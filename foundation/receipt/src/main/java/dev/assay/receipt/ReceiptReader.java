package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.internal.Bytes;
import dev.assay.receipt.internal.Confined;
import dev.assay.receipt.internal.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the receipts of a run. Reading checks form, not truth: for that there is [ReceiptVerifier].
public final class ReceiptReader {
    /// The largest receipt that is read: 64 MiB. A receipt is a page or a few; a larger file is none.
    public static final long LARGEST_RECEIPT_BYTES = 64L << 20;

    private final Path runFolder;

    private ReceiptReader(Path runFolder) {
        this.runFolder = runFolder;
    }

    /// A reader of the receipts below a run folder.
    public static ReceiptReader at(Path runFolder) {
        return new ReceiptReader(runFolder);
    }

    /// The record of a stage.
    ///
    /// @throws Fault if it is missing, not in its layout, or of an unknown version
    public StageRecord stage(String stage) {
        Rules.stageName(stage, "stage");
        return read(ReceiptNames.record(stage), StageRecord.class);
    }

    /// The summary of the run.
    ///
    /// @throws Fault if it is missing, not in its layout, or of an unknown version
    public RunSummary summary() {
        return read(ReceiptNames.SUMMARY, RunSummary.class);
    }

    /// The summary of the run, if it has one.
    ///
    /// @throws Fault if it is there but not in its layout, or of an unknown version
    public Optional<RunSummary> summaryIfPresent() {
        return Files.exists(runFolder.resolve(ReceiptNames.SUMMARY)) ? Optional.of(summary()) : Optional.empty();
    }

    /// The records of all stages, in the order of the summary.
    ///
    /// @throws Fault as [#summary()] and [#stage(String)] do
    public List<StageRecord> stages() {
        return summary().stages().stream().map(line -> stage(line.stage())).toList();
    }

    /// The drift report.
    ///
    /// @throws Fault if it is missing, not in its layout, or of an unknown version
    public DriftReport drift() {
        return read(ReceiptNames.DRIFT, DriftReport.class);
    }

    private <T> T read(String name, Class<T> type) {
        try {
            return record(bytes(name), type);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, String.valueOf(e.getMessage()))
                    .at(runFolder.resolve(name).toString())
                    .causedBy(e);
        }
    }

    /// The bytes of a receipt.
    byte[] bytes(String name) {
        String file = runFolder.resolve(name).toString();
        return switch (Confined.findOwn(runFolder, name)) {
            case Confined.Place.Found(Path path, boolean folder) -> {
                try {
                    if (folder) {
                        throw tooLarge(file);
                    }
                    yield Bytes.read(path, (int) LARGEST_RECEIPT_BYTES);
                } catch (Bytes.TooManyException e) {
                    throw tooLarge(file).causedBy(e);
                } catch (IOException e) {
                    throw Fault.of(Fault.Kind.MISSING_FILE, "the receipt cannot be read: check its permissions")
                            .at(file)
                            .causedBy(e);
                }
            }
            case Confined.Place.Nothing() ->
                throw Fault.of(Fault.Kind.MISSING_FILE, "the receipt does not exist")
                        .at(file);
            case Confined.Place.Refused(String reason) ->
                throw Fault.of(Fault.Kind.VERIFICATION, "the receipt is not followed: " + reason)
                        .at(file);
        };
    }

    private static Fault tooLarge(String file) {
        return Fault.of(Fault.Kind.MALFORMED_FILE, "a receipt is a file of at most 64 MiB, and this is not")
                .at(file);
    }

    /// A record from its bytes.
    ///
    /// @throws IllegalArgumentException if it is not in its layout or of an unknown version
    static <T> T record(byte[] bytes, Class<T> type) {
        return record(StrictJson.receipt(bytes), type);
    }

    /// A record from its JSON.
    ///
    /// @throws IllegalArgumentException if it is not in its layout or of an unknown version
    static <T> T record(JsonNode tree, Class<T> type) {
        JsonNode version = tree.get("schema_version");
        Rules.require(version != null && version.isInt(), "schema_version is missing");
        Rules.require(
                version.intValue() == Rules.SCHEMA_VERSION,
                "schema_version " + version.intValue() + " is not known: this program reads version "
                        + Rules.SCHEMA_VERSION);
        return StrictJson.bind(tree, type);
    }
}
