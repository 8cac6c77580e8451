package dev.assay.distil.internal.export;

import dev.assay.distil.internal.EvidenceFolder.StreamInfo;
import dev.assay.study.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which way each row went: from its stream by its category to a file or to a reason. For one thread.
public final class Ways {
    private final Map<String, Map<String, Long>> byStream = new TreeMap<>();
    private final Map<String, Map<String, Long>> byCategory = new TreeMap<>();

    /// @param category as people read it
    /// @param end      where the row ended
    void add(String stream, String category, String end) {
        byStream.computeIfAbsent(stream, s -> new TreeMap<>()).merge(category, 1L, Long::sum);
        byCategory.computeIfAbsent(category, c -> new TreeMap<>()).merge(end, 1L, Long::sum);
    }

    /// Rows on their way.
    public long rows() {
        return byStream.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /// The chart, with what the streams lost before they were evidence.
    public Figure.Flow figure(String title, Collection<StreamInfo> streams) {
        List<Figure.Link> links = new ArrayList<>();
        for (StreamInfo stream : streams) {
            if (stream.skipped() > 0) {
                links.add(new Figure.Link(stream.stream(), "skipped: cannot be used", stream.skipped()));
            }
            if (stream.deduped() > 0) {
                links.add(new Figure.Link(stream.stream(), "known before", stream.deduped()));
            }
        }
        byStream.forEach((stream, counts) ->
                counts.forEach((category, rows) -> links.add(new Figure.Link(stream, category, rows))));
        byCategory.forEach(
                (category, counts) -> counts.forEach((end, rows) -> links.add(new Figure.Link(category, end, rows))));
        return new Figure.Flow(
                title,
                "From the rows of each stream to samples; every row that is lost stands at its reason, and what flows into a"
                        + " place flows out of it.",
                "rows",
                links);
    }
}
