package dev.assay.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every context of a stage keeps, and what it refuses.
abstract class StageContextContract {
    /// The most rows that a receipt holds.
    private static final long MOST = 1L << 53;

    private static final String HALF_A_PAIR = "\uD83D";

    /// What was kept of all that a stage said.
    record Kept(
            List<Metric> metrics,
            List<Figure> figures,
            List<Listing> listings,
            Map<String, Long> counts,
            List<String> warnings) {}

    /// The work of a stage.
    interface Work {
        void in(StageContext context) throws Exception;
    }

    /// Has a stage do this work, and passes on what it throws.
    abstract Kept kept(Work work) throws Exception;

    @Test
    void whatIsSaidIsKeptInItsOrder() throws Exception {
        Metric estimate = Metric.estimate("b", 0.5, 0.25, 0.75, 9, "row");
        Metric absent = Metric.absent("a", 0, "there is no row");
        Figure flow = new Figure.Flow("rows", "", "rows", List.of(new Figure.Link("in", "out", 3)));
        Listing one = new Listing("one", "", List.of("x"), List.of(List.of("cell")));
        Listing other = new Listing("one", "again", List.of("x"), List.of());
        Kept kept = kept(context -> {
            context.measured(estimate);
            context.measured(absent);
            context.figure(flow);
            context.table(one);
            context.table(other);
            context.count("records_in", 2);
            context.count("skip.too_old", 0);
            context.count("records_in", 3);
            context.count("resumed", MOST);
            context.warn("second");
            context.warn("first");
            context.warn("second");
        });

        assertThat(kept.metrics()).containsExactly(estimate, absent);
        assertThat(kept.figures()).containsExactly(flow);
        assertThat(kept.listings()).containsExactly(one, other);
        assertThat(kept.counts())
                .containsExactly(
                        Map.entry("records_in", 5L), Map.entry("resumed", MOST), Map.entry("skip.too_old", 0L));
        assertThat(kept.warnings()).containsExactly("second", "first", "second");
    }

    @Test
    void numbersThatAreNoneAreKeptAsTheyAre() throws Exception {
        List<Metric> odd = List.of(
                Metric.exact("a", Double.NaN, 1),
                Metric.exact("b", Double.NEGATIVE_INFINITY, 1),
                Metric.estimate("c", 1, 2, Double.POSITIVE_INFINITY, 1, "row"));
        assertThat(kept(context -> odd.forEach(context::measured)).metrics()).isEqualTo(odd);
    }

    @Test
    void aMetricStatedTwiceIsRefusedAndTheFirstOneStays() throws Exception {
        Metric first = Metric.exact("share", 0.5, 2);
        Kept kept = kept(context -> {
            context.measured(first);
            assertThatThrownBy(() -> context.measured(Metric.exact("share", 0.7, 2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the metric 'share' was stated twice");
        });
        assertThat(kept.metrics()).containsExactly(first);
    }

    @Test
    void aCountBelowZeroIsRefusedAndTheRestStays() throws Exception {
        Kept kept = kept(context -> {
            context.count("accepted", 4);
            assertThatThrownBy(() -> context.count("accepted", -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows counted under 'accepted' must not be negative, got -1");
        });
        assertThat(kept.counts()).containsExactly(Map.entry("accepted", 4L));
    }

    @Test
    void moreRowsThanAReceiptHoldsAreRefusedAndTheRestStays() throws Exception {
        Kept kept = kept(context -> {
            context.count("accepted", 1);
            for (long more : List.of(MOST, Long.MAX_VALUE)) {
                assertThatThrownBy(() -> context.count("accepted", more))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("more rows are counted under 'accepted' than a receipt holds");
            }
        });
        assertThat(kept.counts()).containsExactly(Map.entry("accepted", 1L));
    }

    @Test
    void aReasonThatSaysNothingIsRefused() throws Exception {
        Kept kept = kept(context -> {
            for (String name : List.of("quarantine.", "skip.", "filter. ")) {
                assertThatThrownBy(() -> context.count(name, 1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("the count '" + name + "' names no reason");
            }
        });
        assertThat(kept.counts()).isEmpty();
    }

    @Test
    void whatHasNoNameIsRefused() throws Exception {
        Kept kept = kept(context -> {
            assertThatThrownBy(() -> context.measured(Metric.exact(" ", 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a metric needs a name");
            assertThatThrownBy(() -> context.count("", 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a count needs a name");
        });
        assertThat(kept.metrics()).isEmpty();
        assertThat(kept.counts()).isEmpty();
    }

    @Test
    void textThatIsNotUnicodeIsRefused() throws Exception {
        Kept kept = kept(context -> {
            assertThatThrownBy(() -> context.measured(Metric.exact(HALF_A_PAIR, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the text of a metric is no Unicode text");
            assertThatThrownBy(() -> context.count("skip." + HALF_A_PAIR, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the text of a count is no Unicode text");
            assertThatThrownBy(() -> context.warn("the row " + HALF_A_PAIR + " is odd"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the text of a warning is no Unicode text");
        });
        assertThat(kept.metrics()).isEmpty();
        assertThat(kept.counts()).isEmpty();
        assertThat(kept.warnings()).isEmpty();
    }

    @Test
    void manyThreadsMaySpeakAtOnce() throws Exception {
        Kept kept = kept(context -> context.engine().map(64, p -> {
            context.count("accepted", p);
            context.measured(Metric.exact("m" + p, p, 1));
            return p;
        }));
        assertThat(kept.counts()).containsExactly(Map.entry("accepted", 63L * 64 / 2));
        assertThat(kept.metrics()).hasSize(64);
    }

    @Test
    void theFoldersAreEmptyAndApart() throws Exception {
        List<Path> seen = new ArrayList<>();
        kept(context -> {
            Path folder = context.folder();
            Path resumable = context.resumable();
            assertThat(folder).isEmptyDirectory();
            assertThat(resumable).isEmptyDirectory();
            assertThat(resumable.startsWith(folder) || folder.startsWith(resumable))
                    .isFalse();
            Files.writeString(folder.resolve("made"), "made");
            Files.writeString(resumable.resolve("kept"), "kept");
            assertThat(context.folder()).isEqualTo(folder);
            assertThat(context.resumable()).isEqualTo(resumable);
            assertThat(resumable.resolve("kept")).hasContent("kept");
            seen.add(resumable);
        });
        assertThat(seen).hasSize(1);
    }
}
