package dev.assay.microdata;

import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.frame.Frame;
import dev.assay.measure.PrdcSettings;
import dev.assay.microdata.internal.FidelityReport;
import dev.assay.microdata.internal.FidelityScorer;
import dev.assay.microdata.internal.FidelityScores;
import dev.assay.study.Artefact;
import dev.assay.study.Headline;
import dev.assay.study.Input;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `microdata.fidelity`: how close synthetic rows are to real rows that no model saw, for one method or
/// several side by side, each beside two reference lines: what a second real sample scores, and what
/// columns that forgot each other score.
@Headline({"*.mean-off", "*.marginal-distance", "*.coverage"})
public final class FidelityStage implements Stage<FidelityStage.Settings, FidelityStage.Fidelity> {
    /// What is compared.
    public record Settings(
            @Input("real rows that no model saw") Frame real,

            @Input("the synthetic rows of each method, a mapping from its name")
            Map<String, Frame> synthetic,

            @Input("the rows the models learnt from, for scaling, for the reference lines and to look for copies")
            Frame training,

            @Setting("the column with the survey weights") Optional<String> weight,

            @Setting(
                    "the column that groups rows which are resampled together, such as the household; rows if not given")
            Optional<String> cluster,

            @Setting(value = "columns to compare; all that every table has if empty", defaultsTo = "[]")
            List<String> columns,

            @Setting(
                    value =
                            "declared kinds, a mapping from column to boolean, categorical, count, continuous or amount; "
                                    + "amounts get zero rates",
                    defaultsTo = "{}")
            Map<String, String> kinds,

            @Setting(value = "rare combinations to count, a mapping from name to SQL condition", defaultsTo = "{}")
            Map<String, String> rare,

            @Setting(value = "nearest neighbour that sets the radius of a ball", defaultsTo = "5", min = 1, max = 1000)
            int k,

            @Setting(
                    value = "most rows a side for precision, recall, density and coverage; scores with different caps "
                            + "cannot be compared",
                    defaultsTo = "" + PrdcSettings.CUSTOMARY_CAP,
                    min = 10,
                    max = 10_000_000)
            int cap,

            @Setting(value = "bootstrap replicates of means and shares", defaultsTo = "2000", min = 100, max = 100_000)
            int replicates,

            @Setting(
                    value = "bootstrap replicates of marginals and associations",
                    defaultsTo = "200",
                    min = 50,
                    max = 100_000)
            int expensiveReplicates,

            @Setting(
                    value = "by what the best method is chosen: the mean of its ranks by marginals, associations and "
                            + "coverage, or one of these",
                    defaultsTo = "ranks")
            Criterion criterion) {}

    /// By what the best method is chosen.
    public enum Criterion {
        /// Lowest mean of the ranks by marginals, associations and coverage.
        RANKS,
        /// Lowest mean distance of marginal distributions.
        MARGINALS,
        /// Lowest mean difference of associations.
        ASSOCIATIONS,
        /// Highest coverage.
        COVERAGE
    }

    /// The scores, and the rows of the best method.
    public record Fidelity(
            @Artefact("every score with its interval, a row each")
            Frame scores,

            @Artefact("the synthetic rows of the method that is best by the criterion; ties go to the one named first")
            Frame best) {}

    @Override
    public String kind() {
        return "microdata.fidelity";
    }

    @Override
    public String summary() {
        return "compare synthetic rows with real rows held out, method by method, with intervals";
    }

    @Override
    public Class<Settings> input() {
        return Settings.class;
    }

    @Override
    public Class<Fidelity> output() {
        return Fidelity.class;
    }

    @Override
    public Fidelity run(Settings input, StageContext context) {
        if (input.synthetic().isEmpty()) {
            throw Fault.of(Fault.Kind.BAD_SETTING, "'synthetic' is empty; give at least one method, { name: stage }");
        }
        for (String method : input.synthetic().keySet()) {
            for (String line : List.of(FidelityScorer.SECOND_SAMPLE, FidelityScorer.SHUFFLED)) {
                if (Metric.part(method).equals(Metric.part(line))) {
                    throw Fault.of(
                            Fault.Kind.BAD_SETTING,
                            "the label '" + method + "' of 'synthetic' is what a reference line is called; rename it");
                }
            }
        }
        FidelityScorer scorer = new FidelityScorer(input, context);
        List<FidelityScores> scores = new ArrayList<>();
        List<Map.Entry<String, Frame>> lines = scorer.referenceLines();
        int steps = input.synthetic().size() + lines.size();
        scorer.announce(steps);
        Progress progress = context.progress("comparing methods");
        for (Map.Entry<String, Frame> method : input.synthetic().entrySet()) {
            scores.add(scorer.score(method.getKey(), method.getValue(), false, scores.size(), progress));
        }
        for (Map.Entry<String, Frame> line : lines) {
            scores.add(scorer.score(line.getKey(), line.getValue(), true, scores.size(), progress));
        }
        FidelityReport report = new FidelityReport(input, scores, scorer);
        report.tell(context);
        return new Fidelity(report.frame(), report.bestRows());
    }
}
