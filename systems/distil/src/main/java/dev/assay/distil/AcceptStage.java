package dev.assay.distil;

import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.distil.internal.accept.Invariants;
import dev.assay.distil.internal.accept.Invariants.Invariant;
import dev.assay.distil.internal.accept.RoundTrip;
import dev.assay.distil.internal.audit.Health;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Listing;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `distil.accept`: named invariants on a fixture whose every count is known, and the health of real evidence.
@Headline("failed")
public final class AcceptStage implements Stage<AcceptStage.Settings, AcceptStage.Accepted> {
    /// What to look at.
    public record Settings(
            @Input("a folder of evidence, such as distil.collect makes")
            Path evidence,

            @Input("its scores, such as distil.score makes") Path scored,

            @Input("the folder in which the sources lie") Path source,

            @Setting(
                    value = "how many rows of each stream are followed back to their source",
                    defaultsTo = "30",
                    min = 1,
                    max = 1e6)
            int sample) {}

    /// What comes out.
    public record Accepted(
            @Artefact("a row for each invariant: id, says, held, detail")
            Frame invariants,

            @Artefact("a row for each stream and field: how many rows have it")
            Frame coverage) {}

    @Override
    public String kind() {
        return "distil.accept";
    }

    @Override
    public String summary() {
        return "check invariants on a fixture, and follow samples of evidence back to their sources";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Accepted> output() {
        return Accepted.class;
    }

    @Override
    public Accepted run(Settings input, StageContext context) {
        List<Invariant> invariants = Invariants.check(context.folder().resolve("fixture"), context.engine());
        EvidenceFolder evidence = EvidenceFolder.open(input.evidence());
        Health health = Health.of(evidence, input.scored(), context.seed(), input.sample(), context.engine());
        RoundTrip.Result trip = RoundTrip.check(input.source(), health.sampled(), context.engine());
        List<Invariant> all = new ArrayList<>(invariants);
        all.add(new Invariant(
                "H01",
                trip.followed() + " sampled rows are found again at their sources",
                trip.holds(),
                String.join("; ", trip.lost())));
        long rows =
                evidence.streams().values().stream().mapToLong(StreamInfo::rows).sum();
        long accounted = evidence.streams().values().stream()
                .mapToLong(s -> s.made() + s.skipped() + s.deduped())
                .sum();
        all.add(new Invariant(
                "H02",
                "every row of the sources is evidence, skipped or known",
                rows == accounted,
                rows + " rows, " + accounted + " accounted for"));
        long failed = all.stream().filter(each -> !each.held()).count();
        context.count("records_in", health.rows());
        context.count("records_out", health.rows());
        context.measured(Metric.exact("invariants", all.size(), all.size()));
        context.measured(Metric.exact("failed", failed, all.size()));
        context.measured(Metric.exact("followed", trip.followed(), health.rows()));
        context.measured(Metric.exact("conflicts", health.conflicts(), health.rows()));
        context.table(new Listing(
                "Invariants",
                "On a fixture of 15 rows (A) and on this evidence (H).",
                List.of("id", "what holds", "held", "what was seen instead"),
                all.stream()
                        .map(each -> List.<Object>of(each.id(), each.says(), each.held(), each.detail()))
                        .toList()));
        health.tell(context);
        if (failed > 0) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "the pipeline is not to be trusted: "
                            + all.stream()
                                    .filter(each -> !each.held())
                                    .map(each -> each.id() + " (" + each.says() + "): " + each.detail())
                                    .collect(Collectors.joining("; ")));
        }
        return new Accepted(
                Frame.empty()
                        .with("id", texts(all.stream().map(Invariant::id).toList()))
                        .with("says", texts(all.stream().map(Invariant::says).toList()))
                        .with(
                                "held",
                                texts(all.stream()
                                        .map(each -> String.valueOf(each.held()))
                                        .toList()))
                        .with(
                                "detail",
                                texts(all.stream().map(Invariant::detail).toList())),
                health.coverage());
    }

    private static Column.Texts texts(List<String> all) {
        return Column.Texts.of(all.toArray(String[]::new));
    }
}
