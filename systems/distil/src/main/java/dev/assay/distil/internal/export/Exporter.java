package dev.assay.distil.internal.export;

import dev.assay.distil.ExportKind;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.SpillSort;
import dev.assay.distil.internal.Storage;
import dev.assay.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Evidence and its scores made into a file of samples.
public final class Exporter {
    private Exporter() {}

    /// What came of it.
    ///
    /// @param rows        rows of evidence that went in
    /// @param exported    samples written
    /// @param quarantined how many, by reason
    /// @param filtered    how many, by filter
    /// @param found       personal data found
    /// @param ways        which way each row went
    /// @param streams     what is known of the streams
    /// @param versions    stream to version of the rules that scored it
    /// @param pairs       what is known of pairs, for preferences
    public record Result(
            long rows,
            long exported,
            Map<String, Long> quarantined,
            Map<String, Long> filtered,
            Found found,
            Ways ways,
            Map<String, StreamInfo> streams,
            SortedMap<String, String> versions,
            Optional<Pairs> pairs) {
        /// The sum over reasons.
        public long quarantinedRows() {
            return quarantined.values().stream().mapToLong(Long::longValue).sum();
        }

        /// The sum over filters.
        public long filteredRows() {
            return filtered.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// What is known of pairs.
    ///
    /// @param candidates      rows that could stand in a pair
    /// @param withContrast    tasks with both sides
    /// @param withoutContrast tasks with one side only, from which no pair can be made
    /// @param fallback        tasks paired with what was right in part
    /// @param sound           sound pairs before filters
    public record Pairs(long candidates, long withContrast, long withoutContrast, long fallback, long sound) {}

    /// Exports, and reads what it wrote again.
    ///
    /// @param folder  where everything goes: `dataset/`, `quarantine.jsonl`, `filtered.jsonl`
    /// @throws dev.assay.fault.Fault if the folders do not belong together, or anything forbidden was written
    public static Result export(ExportPlan plan, Path evidence, Path scored, Path folder, Engine engine) {
        return export(
                plan,
                Firewall.of(plan.kind(), plan.includeReview(), plan.includePartial()),
                evidence,
                scored,
                folder,
                engine);
    }

    /// The same with another firewall: what a test takes away from one layer the others must hold.
    static Result export(ExportPlan plan, Firewall firewall, Path evidence, Path scored, Path folder, Engine engine) {
        EvidenceFolder source = EvidenceFolder.open(evidence);
        Path dataset = folder.resolve("dataset");
        try {
            Files.createDirectories(dataset);
        } catch (IOException e) {
            throw Storage.fault(dataset, e);
        }
        Found found = new Found();
        Ways ways = new Ways();
        try (Survivors survivors = new Survivors(plan.nearDuplicates(), folder, ways);
                Journal journal = new Journal(
                        plan.kind(),
                        plan.createdAt(),
                        folder.resolve("quarantine.jsonl"),
                        folder.resolve("filtered.jsonl"),
                        folder)) {
            JoinedRows.Read read;
            Ways shown = ways;
            Optional<Pairs> pairs = Optional.empty();
            if (plan.kind() == ExportKind.PREFERENCE) {
                PairExport.Result made = new PairExport(plan, firewall, source.streams())
                        .run(source, scored, survivors, journal, found, folder, engine);
                read = made.read();
                shown = made.ways();
                pairs = Optional.of(new Pairs(
                        made.candidates(), made.withContrast(), made.withoutContrast(), made.fallback(), made.pairs()));
            } else {
                read = new RowExport(plan, firewall, ways).run(source, scored, survivors, journal, found, engine);
            }
            SpillSort sorted = survivors.sorted(journal, engine);
            long exported = new DatasetWriter(plan, dataset, engine).write(sorted);
            Reread.check(
                    plan, source, scored, dataset.resolve(DatasetWriter.nativeFile(plan.kind())), exported, engine);
            Result result = new Result(
                    read.rows(),
                    exported,
                    journal.quarantined(),
                    journal.filtered(),
                    found,
                    shown,
                    source.streams(),
                    read.versions(),
                    pairs);
            DatasetCard.write(plan, source, scored, result, dataset);
            return result;
        } catch (UncheckedIOException e) {
            throw Storage.fault(folder, e);
        }
    }
}
