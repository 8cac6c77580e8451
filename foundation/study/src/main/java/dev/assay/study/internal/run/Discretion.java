package dev.assay.study.internal.run;

import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.receipt.Digest;
import dev.assay.receipt.DigestKey;
import dev.assay.receipt.FileRef;
import dev.assay.study.Event;
import dev.assay.study.Metric;
import dev.assay.study.Plan;
import dev.assay.study.StageSpec;
import dev.assay.study.StageSpec.Source;
import dev.assay.study.StageView;
import dev.assay.study.StageView.OutputView;
import dev.assay.study.StageView.Violation;
import dev.assay.study.internal.store.Layout;
import dev.assay.study.internal.store.Storage;
import dev.assay.study.internal.store.Views;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a run may tell of stages that read confidential files, directly or through the artefacts of other
/// stages.
///
/// What such a stage says is withheld unless it is known to disclose no row, no category and no small count:
/// its tables, charts and warnings, and the sentence of its failure, are left out; so are numbers without an
/// interval, which say exactly what is in a file, and metrics named after a value; estimates are told
/// coarsely and counts in tens; digests of files are keyed, and the files of a folder are not named. The
/// stage itself, its manifest in the store and the judgement of claims know everything.
final class Discretion {
    /// Counts are rounded to multiples of this, so that neither a count nor a difference of two shows fewer.
    static final int GRAIN = 10;

    /// Digits of what is told of estimates beyond 1.
    private static final int DIGITS = 3;

    /// How far, relatively, a number may be from a whole one to be taken for a count.
    private static final double FEW_TOLERANCE = 0.02;

    private static final long HUNDRED = 100;

    /// Room for the rounding of a quotient.
    private static final double ROUNDING = 1e-9;

    /// Sizes of files are told in multiples of this, so that they do not show how many lines there are.
    private static final long BYTES = 1L << 16;

    /// What stands in the place of a sentence.
    static final String WITHHELD = "withheld, since what it read is confidential";

    /// Values of a column that are looked for in names of metrics at most. A column with more is no
    /// classification, and stages name nothing after its values.
    private static final int MOST_VALUES = 100_000;

    /// The same of whole numbers, of which a column with more holds measurements or ids.
    private static final int MOST_CODES = 1_000;

    private final Set<String> stages;
    private final @Nullable DigestKey key;
    private final Map<String, Set<String>> afterData = new ConcurrentHashMap<>();
    private final Map<String, Long> rows = new ConcurrentHashMap<>();
    private final Map<String, Predicate<String>> named = new ConcurrentHashMap<>();
    private final Map<String, StageView> whole = new ConcurrentHashMap<>();

    private Discretion(Set<String> stages, @Nullable DigestKey key) {
        this.stages = Set.copyOf(stages);
        this.key = key;
    }

    /// The names of a plan's stages that read something confidential, or something that follows from it.
    private static Set<String> stages(Plan plan) {
        Set<String> confidential = new HashSet<>();
        for (StageSpec stage : plan.stages()) {
            if (stage.confidential() || stage.upstream().stream().anyMatch(confidential::contains)) {
                confidential.add(stage.name());
            }
        }
        return confidential;
    }

    /// What a run of a plan in a workspace may tell. The key of its digests is made if there is none.
    ///
    /// @throws Fault if the key cannot be made or read, or others can read it
    static Discretion of(Plan plan, Layout layout) {
        Set<String> stages = stages(plan);
        if (stages.isEmpty()) {
            return new Discretion(stages, null);
        }
        Path file = layout.digestKey();
        if (!Files.exists(file)) {
            Storage.ownerFolder(layout.confidential());
            DigestKey.generate().write(file);
        }
        return new Discretion(stages, DigestKey.read(file));
    }

    /// The same, without writing anything: where there is no key yet, there is nothing that was keyed.
    static Discretion forReading(Plan plan, Layout layout) {
        Set<String> stages = stages(plan);
        boolean known = stages.isEmpty() || Files.exists(layout.digestKey());
        return known ? of(plan, layout) : new Discretion(stages, DigestKey.generate());
    }

    /// Whether a stage is confidential.
    boolean about(String stage) {
        return stages.contains(stage);
    }

    /// The digest that may be told instead of this one.
    String keyed(String sha256) {
        return key().keyed(new Digest(sha256)).hex();
    }

    private DigestKey key() {
        if (key == null) {
            throw new IllegalStateException("there is nothing confidential in this run");
        }
        return key;
    }

    /// What may be told of a confidential file: neither its name nor its size, and keyed digests.
    FileRef disclosed(FileRef file) {
        FileRef keyed = file.keyedBy(key());
        return new FileRef(
                "confidential", keyed.sha256(), keyed.contentDigest(), 0, Optional.empty(), Optional.empty(), true);
    }

    /// The name of a user's file, or of a confidential one something that stands for it.
    String name(Source.UserFile file) {
        String name = String.valueOf(file.path().getFileName());
        return file.confidential() ? keyed(Digest.of(name).hex()) : name;
    }

    /// What may be told of a file that a stage made: of a confidential one keyed digests, and its rows in
    /// tens.
    FileRef told(String stage, FileRef file) {
        if (!about(stage)) {
            return file;
        }
        FileRef keyed = file.keyedBy(key());
        return new FileRef(
                keyed.name(),
                keyed.sha256(),
                keyed.contentDigest(),
                size(keyed.bytes()),
                keyed.rows().map(Discretion::rounded),
                keyed.mediaType(),
                true);
    }

    /// A stage has read its inputs: names of metrics must not be those of values in its tables.
    void read(String stage, Map<String, Object> byComponent) {
        if (about(stage)) {
            Set<String> found = new HashSet<>();
            byComponent.values().forEach(value -> collect(value, found));
            named.put(stage, name -> isNamedAfter(found, name));
            rows.put(
                    stage,
                    byComponent.values().stream()
                            .mapToLong(Discretion::rows)
                            .max()
                            .orElse(0));
        }
    }

    /// A stage's earlier results are taken, and of its metrics those that were told then.
    void reuse(String stage, Set<String> told) {
        named.put(stage, name -> !told.contains(name));
    }

    /// The rows of the largest table.
    private static long rows(Object value) {
        return switch (value) {
            case Frame frame -> frame.rows();
            case Map<?, ?> map ->
                map.values().stream().mapToLong(Discretion::rows).max().orElse(0);
            case Optional<?> optional -> optional.map(Discretion::rows).orElse(0L);
            default -> 0;
        };
    }

    private static void collect(Object value, Set<String> found) {
        switch (value) {
            case Frame frame -> frame.columns().forEach(column -> collect(column, found));
            case Map<?, ?> map -> map.values().forEach(each -> collect(each, found));
            case Optional<?> optional -> optional.ifPresent(each -> collect(each, found));
            default -> {
                // Settings are the words of who wrote the study; other files are not read as tables.
            }
        }
    }

    private static void collect(Column column, Set<String> found) {
        switch (column.type()) {
            case CATEGORY, TEXT, BOOLEAN -> collect(column, MOST_VALUES, found);
            // Codes and days are categories, too.
            case LONG, DOUBLE, INSTANT -> collect(column, MOST_CODES, found);
        }
    }

    private static void collect(Column column, int most, Set<String> found) {
        Set<String> distinct = new HashSet<>();
        for (int row = 0; row < column.length() && distinct.size() <= most; row++) {
            String text = column.text(row);
            if (text != null && !text.isBlank()) {
                distinct.add(Metric.part(text));
            }
        }
        if (distinct.size() <= most) {
            found.addAll(distinct);
        }
    }

    /// Keeps what a stage really said, for the judgement of claims.
    void remember(StageView view) {
        if (about(view.name())) {
            whole.put(view.name(), view);
        }
    }

    /// What the stage of this view really said.
    StageView whole(StageView view) {
        return whole.getOrDefault(view.name(), view);
    }

    /// What may be told of a stage.
    StageView disclosed(StageView view) {
        if (!about(view.name())) {
            return view;
        }
        Map<String, Long> counts = new TreeMap<>();
        view.counts().forEach((name, count) -> counts.put(name, rounded(count)));
        // That a reason is named at all would say that there were a few.
        counts.values().removeIf(count -> count == 0);
        return Views.disclosed(
                view,
                view.outputs().stream().map(this::disclosed).toList(),
                view.metrics().stream()
                        .flatMap(m -> disclosed(view.name(), m).stream())
                        .toList(),
                view.warnings().isEmpty()
                        ? List.of()
                        : List.of(
                                view.warnings().size() == 1
                                        ? "A warning is " + WITHHELD + "."
                                        : view.warnings().size() + " warnings are " + WITHHELD + "."),
                counts,
                view.failure().map(f -> new StageView.Failure(f.kind(), failed())),
                view.violations().stream().map(this::disclosed).toList());
    }

    /// What is told of a failure.
    private static String failed() {
        return "it failed; why is " + WITHHELD + ", and kept below 'confidential' in the workspace";
    }

    private OutputView disclosed(OutputView o) {
        return new OutputView(
                o.artefact(),
                o.about(),
                o.form(),
                o.file(),
                keyed(o.sha256()),
                keyed(o.contentDigest()),
                size(o.bytes()),
                o.rows().map(Discretion::rounded));
    }

    private Violation disclosed(Violation v) {
        return new Violation(v.artefact(), keyed(v.then()), keyed(v.now()));
    }

    private static long size(long bytes) {
        return Math.ceilDiv(bytes, BYTES) * BYTES;
    }

    private static long rounded(long count) {
        return Math.floorDiv(count + GRAIN / 2, GRAIN) * (long) GRAIN;
    }

    /// A stage names a metric after a value of the data.
    void namedAfterData(String stage, String metric) {
        afterData.computeIfAbsent(stage, s -> ConcurrentHashMap.newKeySet()).add(metric);
    }

    /// What may be told of a metric; nothing if it is named after a value.
    ///
    /// A number without an interval says exactly what is in the file, and is withheld. An estimate is told so
    /// coarsely that it does not show a count of rows closer than to [#GRAIN].
    Optional<Metric> disclosed(String stage, Metric m) {
        if (!about(stage)) {
            return Optional.of(m);
        }
        if (afterData.getOrDefault(stage, Set.of()).contains(m.name())
                || named.getOrDefault(stage, name -> true).test(m.name())) {
            return Optional.empty();
        }
        long n = rounded(m.n());
        if (m.value().isEmpty()
                || m.low().isEmpty()
                || m.high().isEmpty()
                || isFew(m.value().get())) {
            return Optional.of(Metric.absent(m.name(), n, WITHHELD));
        }
        double grid = grid(Math.max(rows.getOrDefault(stage, 0L), m.n()));
        return Optional.of(new Metric(
                m.name(),
                Optional.of(coarse(m.value().get(), grid)),
                Optional.of(coarse(m.low().get(), grid)),
                Optional.of(coarse(m.high().get(), grid)),
                m.level(),
                n,
                m.units(),
                m.unit(),
                m.reason()));
    }

    /// Whether a number may be a count of 1 to 9, weighted with weights near 1 perhaps.
    private static boolean isFew(double value) {
        double size = Math.abs(value);
        double whole = Math.rint(size);
        return whole >= 1 && whole < GRAIN && size > 1 && Math.abs(size - whole) < FEW_TOLERANCE * whole;
    }

    /// A number as it may be told: up to 1, where shares are, on the grid; beyond with three digits.
    private static double coarse(double value, double grid) {
        if (!Double.isFinite(value) || value == 0) {
            return value;
        }
        return Math.abs(value) <= 1
                ? BigDecimal.valueOf(Math.rint(value / grid))
                        .multiply(BigDecimal.valueOf(grid))
                        .doubleValue()
                : new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    /// The smallest of 1, 2 or 5 times a power of ten that is not less than [#GRAIN] of so many rows.
    private static double grid(long rows) {
        double least = (double) GRAIN / Math.max(GRAIN, rows);
        int power = (int) Math.floor(Math.log10(least));
        for (int times : new int[] {1, 2, 5}) {
            double step = BigDecimal.valueOf(times, -power).doubleValue();
            if (step >= least * (1 - ROUNDING)) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -power - 1).doubleValue();
    }

    /// Whether a value of a table stands in a name, as a whole word or several.
    private static boolean isNamedAfter(Set<String> known, String name) {
        String text = Metric.part(name);
        List<Integer> starts = IntStream.range(0, text.length())
                .filter(i -> i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
                .boxed()
                .toList();
        for (int from : starts) {
            if (known.contains(text.substring(from))) {
                return true;
            }
            for (int next : starts) {
                if (next > from && known.contains(text.substring(from, next - 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// What may be told of an event; nothing if it must not be told.
    Optional<Event> disclosed(Event event) {
        if (!(event instanceof Event.OfStage of) || !about(of.stage())) {
            return Optional.of(event);
        }
        return switch (of) {
            case Event.StageStarted e -> Optional.of(e);
            case Event.StageReused e -> Optional.of(e);
            case Event.EntryDamaged e -> Optional.of(e);
            case Event.Progress e ->
                // In hundredths: the total may be a number of rows.
                Optional.of(new Event.Progress(
                        e.at(), e.stage(), "working", e.total() <= 0 ? 0 : HUNDRED * e.done() / e.total(), HUNDRED));
            case Event.Measured e ->
                disclosed(e.stage(), e.metric()).map(m -> new Event.Measured(e.at(), e.stage(), m));
            case Event.FigureShown e -> Optional.empty();
            case Event.ListingShown e -> Optional.empty();
            case Event.Warned e -> Optional.of(new Event.Warned(e.at(), e.stage(), "A warning is " + WITHHELD + "."));
            case Event.Counted e ->
                rounded(e.total()) == 0
                        ? Optional.empty()
                        : Optional.of(new Event.Counted(e.at(), e.stage(), e.name(), rounded(e.total())));
            case Event.ResultChanged e ->
                Optional.of(new Event.ResultChanged(e.at(), e.stage(), disclosed(e.violation())));
            case Event.StageFinished e -> Optional.of(e);
            case Event.StageFailed e -> Optional.of(new Event.StageFailed(e.at(), e.stage(), e.kind(), failed()));
            case Event.StageSkipped e -> Optional.of(e);
            case Event.StageInterrupted e -> Optional.of(e);
        };
    }
}
