package dev.assay.receipt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What changed between two runs of a pipeline: version 1.
///
/// @param runId         the present run
/// @param priorRunId    the earlier run; null in JSON if there is none to compare with
/// @param severity      the highest of all flags
/// @param stages        what changed, stage by stage
/// @param columns       how far the distributions of declared columns lie apart
/// @param schemaChanges changes of columns
/// @param flags         everything worth a word
/// @param settings      from when on a difference was worth one
/// @param generatedAt   when this was written (volatile)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "schema_version", allowGetters = true)
public record DriftReport(
        String runId,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> priorRunId,
        Severity severity,
        List<StageDrift> stages,
        List<ColumnDrift> columns,
        List<SchemaChange> schemaChanges,
        List<Flag> flags,
        DriftSettings settings,
        Instant generatedAt) {

    /// How much a difference matters.
    public enum Severity {
        /// Nothing, or a note.
        @JsonProperty("ok")
        OK,
        /// Somebody should look.
        @JsonProperty("warn")
        WARN,
        /// Something is wrong.
        @JsonProperty("alert")
        ALERT
    }

    /// The kinds of differences that are looked for.
    public enum Check {
        /// Same inputs, configuration, rules and code, and yet another output.
        @JsonProperty("D1")
        D1("deterministic_violation"),
        /// Something could not be compared.
        @JsonProperty("D2")
        D2("incomparable"),
        /// A count changed.
        @JsonProperty("D3")
        D3("counts"),
        /// A category or reason that was not there before.
        @JsonProperty("D4")
        D4("new class"),
        /// A category or reason that is not there any more.
        @JsonProperty("D5")
        D5("lost class"),
        /// A column changed.
        @JsonProperty("D6")
        D6("schema"),
        /// The distribution of a column changed.
        @JsonProperty("D7")
        D7("distribution"),
        /// A stage failed that passed before.
        @JsonProperty("D8")
        D8("failed stage"),
        /// Code, configuration or rules are not the same.
        @JsonProperty("D9")
        D9("code or config changed");

        private final String title;

        Check(String title) {
            this.title = title;
        }

        /// A few words for it.
        public String title() {
            return title;
        }
    }

    /// Something worth a word.
    ///
    /// @param check   its kind
    /// @param subject what it is about: `stage`, `stage/count`, `stage.column`, `run`, `code_version`
    /// @param text    a sentence
    public record Flag(Check check, String subject, String text) {
        /// Refuses missing parts.
        public Flag {
            Rules.present(check, "check");
            Rules.text(subject, "subject");
            Rules.text(text, "text");
        }
    }

    /// Differences of counts, now less then.
    ///
    /// @param recordsIn   rows read
    /// @param recordsOut  rows written
    /// @param accepted    rows accepted
    /// @param quarantined rows quarantined
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Deltas(long recordsIn, long recordsOut, long accepted, long quarantined) {}

    /// What changed in a stage. What was not computed is null in JSON, never true.
    ///
    /// @param stage                  its name
    /// @param deltas                 differences of counts
    /// @param pctChangeOut           rows written, change in percent; also null if there were none before
    /// @param inputDigestMatch       whether the inputs say the same, by name and content digest
    /// @param configMatch            whether configuration, rules and seed are the same
    /// @param codeMatch              whether the code is the same
    /// @param outputDigestMatch      whether the outputs say the same
    /// @param deterministicViolation whether the first three hold and the last does not; never where the
    ///                               stage depends on something outside, of which a note tells
    /// @param notes                  what else there is to say
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record StageDrift(
            String stage,
            Optional<Deltas> deltas,
            Optional<Double> pctChangeOut,
            Optional<Boolean> inputDigestMatch,
            Optional<Boolean> configMatch,
            Optional<Boolean> codeMatch,
            Optional<Boolean> outputDigestMatch,
            boolean deterministicViolation,
            List<String> notes) {
        /// @throws IllegalArgumentException if a violation is claimed that the four matches do not show,
        ///     or one that they show is neither claimed nor explained by a note
        public StageDrift {
            Rules.stageName(stage, "stage");
            notes = Rules.list(notes, "notes");
            boolean shown = inputDigestMatch.orElse(false)
                    && configMatch.orElse(false)
                    && codeMatch.orElse(false)
                    && !outputDigestMatch.orElse(true);
            Rules.require(
                    deterministicViolation == shown || (shown && !notes.isEmpty()),
                    "deterministic_violation must follow from the four matches of stage " + stage
                            + " unless a note explains it");
        }

        /// A stage that was not compared, for this reason.
        static StageDrift notCompared(String stage, String note) {
            return new StageDrift(
                    stage,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(note));
        }
    }

    /// What a column holds.
    public enum Kind {
        /// Numbers.
        @JsonProperty("numeric")
        NUMERIC,
        /// Anything else.
        @JsonProperty("categorical")
        CATEGORICAL
    }

    /// How the distributions of a column are compared.
    public enum Method {
        /// [KolmogorovSmirnov]; the statistic is D.
        @JsonProperty("kolmogorov_smirnov")
        KOLMOGOROV_SMIRNOV("Kolmogorov-Smirnov D"),
        /// [ChiSquareTest].
        @JsonProperty("chi_square")
        CHI_SQUARE("chi-square"),
        /// [TwoProportionTest]; the statistic is z.
        @JsonProperty("two_proportions")
        TWO_PROPORTIONS("two-proportion z"),
        /// Chi-square of [CellsTest], its p by dealing the values anew.
        @JsonProperty("chi_square_permuted")
        CHI_SQUARE_PERMUTED("chi-square, dealt anew"),
        /// [Wasserstein]; the statistic is the normalised distance. Of earlier versions, which had no
        /// test then.
        @JsonProperty("wasserstein")
        WASSERSTEIN("Wasserstein-1 / sd"),
        /// The statistic is the distance. Of earlier versions.
        @JsonProperty("jensen_shannon")
        JENSEN_SHANNON("Jensen-Shannon distance"),
        /// [StabilityIndex]. Of earlier versions.
        @JsonProperty("psi")
        PSI("PSI");

        private final String title;

        Method(String title) {
            this.title = title;
        }

        /// The statistic in a few words.
        public String title() {
            return title;
        }
    }

    /// How far the distributions of a column lie apart.
    ///
    /// @param name      `stage.artefact.column`
    /// @param kind      what it holds
    /// @param method    which statistic
    /// @param statistic its value
    /// @param p         its p value, for tests
    /// @param pAdjusted the p value that was compared with the threshold: corrected for all columns
    ///     tested
    /// @param threshold p values at or below it show a difference; of earlier versions also from when on
    ///                  a distance is drift
    /// @param effect    how far the samples lie apart, and from when on that matters; earlier versions
    ///     had none
    /// @param psi       population stability index, for information
    /// @param drift     whether it drifted; null in JSON if there were too few values to judge
    /// @param nRef      values in the earlier run
    /// @param nCur      values in the present run
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ColumnDrift(
            String name,
            Kind kind,
            Method method,
            double statistic,
            Optional<Double> p,
            @JsonProperty("p_adjusted") Optional<Double> pAdjusted,
            double threshold,
            Optional<Effect> effect,
            Optional<Double> psi,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Boolean> drift,
            @JsonProperty("n_ref") long nRef,
            @JsonProperty("n_cur") long nCur) {
        /// @throws IllegalArgumentException if drift is claimed that the numbers do not show
        public ColumnDrift {
            Rules.text(name, "name of a column");
            Rules.present(kind, "kind");
            Rules.present(method, "method");
            boolean far = effect.map(Effect::matters).orElse(true);
            boolean shown = far && (pAdjusted.isPresent() ? pAdjusted.get() <= threshold : statistic >= threshold);
            Rules.require(
                    drift.isEmpty() || drift.get() == shown,
                    "drift must follow from the statistic and the threshold of column " + name);
        }
    }

    /// A change of a column.
    ///
    /// @param field  `stage.column`
    /// @param change what changed
    /// @param before how it was
    /// @param after  how it is
    public record SchemaChange(String field, Change change, Optional<String> before, Optional<String> after) {}

    /// What can change in a column.
    public enum Change {
        /// It is new.
        @JsonProperty("added")
        ADDED(Severity.OK),
        /// It is gone, and had rows without a value before.
        @JsonProperty("removed")
        REMOVED(Severity.OK),
        /// It is gone, and had a value in all rows before.
        @JsonProperty("required_removed")
        REQUIRED_REMOVED(Severity.ALERT),
        /// It is of another type.
        @JsonProperty("type_changed")
        TYPE_CHANGED(Severity.ALERT),
        /// More rows have no value.
        @JsonProperty("null_share_up")
        NULL_SHARE_UP(Severity.WARN);

        private final Severity severity;

        Change(Severity severity) {
            this.severity = severity;
        }

        /// How much it matters.
        public Severity severity() {
            return severity;
        }
    }

    /// @throws IllegalArgumentException if the severity is not the highest of the flags
    public DriftReport {
        Rules.runId(runId, "run_id");
        priorRunId.ifPresent(id -> Rules.runId(id, "prior_run_id"));
        stages = Rules.list(stages, "stages");
        columns = Rules.list(columns, "columns");
        schemaChanges = Rules.list(schemaChanges, "schema_changes");
        flags = Rules.list(flags, "flags");
        Rules.present(settings, "settings");
        Rules.present(generatedAt, "generated_at");
        Severity highest = DriftSeverity.highest(flags, schemaChanges, columns);
        Rules.require(
                severity == highest, "severity must be the highest of the flags, " + highest + ", not " + severity);
    }

    /// The version of this layout.
    @JsonProperty("schema_version")
    public int schemaVersion() {
        return Rules.SCHEMA_VERSION;
    }

    /// How much a flag of this report matters.
    public Severity severity(Flag flag) {
        return DriftSeverity.highest(List.of(flag), schemaChanges, columns);
    }

    private boolean made(Check check) {
        return switch (check) {
            case D2 -> true;
            case D7 -> columns.stream().anyMatch(column -> column.drift().isPresent());
            case D1, D3, D4, D5, D6, D8, D9 -> priorRunId.isPresent();
        };
    }

    /// The report as test results: each check that was made is a test; a note passes, a warning warns, an
    /// alert fails. Without an earlier run only the check for one was made, and distributions count only
    /// where a column was judged.
    TestResults tests() {
        List<String> passed = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Check check : Check.values()) {
            if (!made(check)) {
                continue;
            }
            List<Flag> raised =
                    flags.stream().filter(flag -> flag.check() == check).toList();
            String name = check.name() + " " + check.title();
            switch (DriftSeverity.highest(raised, schemaChanges, columns)) {
                case OK -> passed.add(name);
                case WARN -> warned.add(name);
                case ALERT -> failed.add(name);
            }
        }
        return TestResults.of(
                List.of(ResourceDescriptor.of("drift settings", Digest.of(CanonicalJson.bytes(settings)))),
                passed,
                warned,
                failed);
    }
}
