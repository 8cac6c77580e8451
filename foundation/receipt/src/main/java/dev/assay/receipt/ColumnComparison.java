package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.receipt.DistributionSettings.Place;
import dev.assay.receipt.DriftReport.Check;
import dev.assay.receipt.DriftReport.ColumnDrift;
import dev.assay.receipt.DriftReport.Flag;
import dev.assay.receipt.internal.Confined;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Check D7: the distributions of declared columns, read from the outputs of both runs. What cannot be
/// compared is told and left out.
final class ColumnComparison {
    private final Path earlier;
    private final Path present;
    private final DistributionSettings settings;
    private final ColumnReader reader;
    private final Map<Path, Digest> hashed = new HashMap<>();

    ColumnComparison(Path earlier, Path present, DistributionSettings settings, ColumnReader reader) {
        this.earlier = earlier;
        this.present = present;
        this.settings = settings;
        this.reader = reader;
    }

    /// Why a column was not compared.
    private static final class NotCompared extends Exception {
        private static final long serialVersionUID = 1L;

        NotCompared(String reason) {
            super(reason, null, false, false);
        }
    }

    List<ColumnDrift> compare(Map<String, StageRecord> then, Map<String, StageRecord> now, Set<Flag> flags) {
        Map<String, DistributionDrift.Pair> pairs = new LinkedHashMap<>();
        for (String column : settings.columns()) {
            try {
                pairs.put(column, pair(DistributionSettings.parts(column), then, now));
            } catch (NotCompared e) {
                flags.add(new Flag(Check.D2, column, "its distribution is not compared: " + e.getMessage()));
            }
        }
        List<ColumnDrift> drifts = DistributionDrift.of(pairs, settings);
        for (ColumnDrift drift : drifts) {
            if (drift.drift().isEmpty()) {
                flags.add(new Flag(
                        Check.D2,
                        drift.name(),
                        "its distribution is not judged: " + drift.nRef() + " and " + drift.nCur()
                                + " values, fewer than " + settings.minValues() + " in one of the runs"));
            } else if (drift.drift().get()) {
                flags.add(new Flag(Check.D7, drift.name(), text(drift)));
            }
        }
        return drifts;
    }

    private static String text(ColumnDrift drift) {
        String test = drift.method().title() + " " + shown(drift.statistic())
                + drift.pAdjusted()
                        .map(p -> ", p " + shown(p) + " (at most " + shown(drift.threshold()) + ")")
                        .orElse("");
        String measure = drift.effect()
                .map(e -> test + ", " + e.measure().title() + " " + shown(e.value()) + " (at least "
                        + shown(e.atLeast()) + ")")
                .orElse(test);
        return "its distribution changed: " + measure + ", " + drift.nRef() + " and " + drift.nCur() + " values";
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private DistributionDrift.Pair pair(Place place, Map<String, StageRecord> then, Map<String, StageRecord> now)
            throws NotCompared {
        FileRef before = output(place, then, "the earlier run");
        FileRef after = output(place, now, "the present run");
        ColumnSample reference = read(earlier, before, place, "the earlier run");
        // The same bytes hold the same values, and are read once.
        ColumnSample current =
                before.sha256().equals(after.sha256()) ? reference : read(present, after, place, "the present run");
        if (reference.n() == 0 || current.n() == 0) {
            throw new NotCompared("it has no value in one of the runs");
        }
        if (reference.getClass() != current.getClass()) {
            throw new NotCompared("it holds numbers in one run and categories in the other");
        }
        return new DistributionDrift.Pair(reference, current);
    }

    private static FileRef output(Place place, Map<String, StageRecord> records, String run) throws NotCompared {
        Optional<StageRecord> record = Optional.ofNullable(records.get(place.stage()));
        if (record.isEmpty() || record.get().status() != StageRecord.Status.PASSED) {
            throw new NotCompared("stage '" + place.stage() + "' did not pass in " + run);
        }
        String name = ReceiptVerifier.OUTPUTS + "/" + place.stage() + "/" + place.artefact();
        for (FileRef file : record.get().outputs()) {
            // An artefact lies right in its stage's folder, under its own name with an ending or none.
            boolean ending = file.name().startsWith(name + ".") && file.name().indexOf('/', name.length()) < 0;
            if (file.name().equals(name) || ending) {
                if (file.keyed()) {
                    throw new NotCompared("the digest of the output is keyed in " + run);
                }
                return file;
            }
        }
        throw new NotCompared("stage '" + place.stage() + "' has no output '" + place.artefact() + "' in " + run);
    }

    private ColumnSample read(Path runFolder, FileRef file, Place place, String run) throws NotCompared {
        if (!(Confined.find(runFolder, file.name()) instanceof Confined.Place.Found(Path path, boolean folder))
                || folder) {
            throw new NotCompared("the output is not there any more in " + run);
        }
        try {
            Digest digest = hashed.get(path);
            if (digest == null) {
                digest = Digest.ofFile(path);
                hashed.put(path, digest);
            }
            if (!digest.equals(file.sha256())) {
                throw new NotCompared("the output is not the one that the receipt of " + run + " states");
            }
            return reader.read(path, place.column());
        } catch (UncheckedIOException e) {
            throw new NotCompared("the output cannot be read in " + run);
        } catch (Fault fault) {
            throw new NotCompared("in " + run + " " + fault.sentence());
        }
    }
}
