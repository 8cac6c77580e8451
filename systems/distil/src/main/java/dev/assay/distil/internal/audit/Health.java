package dev.assay.distil.internal.audit;

import dev.assay.chance.Seed;
import dev.assay.distil.Category;
import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.PersonalData;
import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.EvidenceSchema;
import dev.assay.distil.internal.KeySet;
import dev.assay.distil.internal.export.JoinedRows;
import dev.assay.distil.internal.export.NormalText;
import dev.assay.engine.Engine;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.study.Listing;
import dev.assay.study.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;

/// How healthy evidence is: which fields its rows have, how many can be scored, which contents have two
/// categories, where personal data stand. Memory: 16 to 43 bytes a row, and the sample.
public final class Health {
    private final Map<String, Stream> streams = new TreeMap<>();
    private final Map<Category, KeySet> contents = new EnumMap<>(Category.class);
    private long conflicts;
    private long rows;

    private Health() {
        for (Category category : Category.values()) {
            contents.put(category, new KeySet());
        }
    }

    private static final class Stream {
        private long rows;
        private long scoreable;
        private long pinned;
        private long personal;
        private final Map<String, Long> fields = new TreeMap<>();
        /// The rows whose ids, mixed with the seed, are least: a sample that no thread and no order can change.
        private final PriorityQueue<Drawn> sample =
                new PriorityQueue<>(Comparator.comparing(Drawn::rank).reversed());
    }

    private record Drawn(String rank, EvidenceRecord record) {}

    private record Seen(
            EvidenceRecord record,
            Category category,
            List<String> fields,
            boolean pinned,
            boolean personal,
            KeySet.Key content,
            String rank) {}

    /// Looks at all rows.
    ///
    /// @param sample how many rows of each stream are drawn
    public static Health of(EvidenceFolder evidence, Path scored, Seed seed, int sample, Engine engine) {
        Health health = new Health();
        List<String> optional = new TreeSet<>(EvidenceSchema.FIELDS.keySet())
                .stream()
                        .filter(name -> !EvidenceSchema.REQUIRED.contains(name) && !name.equals("id"))
                        .toList();
        String salt = Long.toHexString(seed.child("sample").asLong());
        JoinedRows.each(
                evidence,
                scored,
                engine,
                row -> {
                    EvidenceRecord record = row.evidence();
                    String prompt = record.prompt().orElse("");
                    String text = record.text().orElse("");
                    return new Seen(
                            record,
                            row.category(),
                            optional.stream().filter(record::has).toList(),
                            "pinned".equals(record.timestampSource()),
                            !PersonalData.find(prompt).isEmpty()
                                    || !PersonalData.find(record.context().orElse(""))
                                            .isEmpty()
                                    || !PersonalData.find(text).isEmpty(),
                            NormalText.contentKey(prompt, record.context().orElse(""), text),
                            dev.assay.receipt.Digest.of(salt + record.id()).hex());
                },
                all -> all.forEach(seen -> health.add(seen, sample)));
        return health;
    }

    private void add(Seen seen, int sample) {
        rows++;
        Stream stream = streams.computeIfAbsent(seen.record().stream(), s -> new Stream());
        stream.rows++;
        stream.scoreable += seen.category() == Category.NEEDS_HUMAN_REVIEW ? 0 : 1;
        stream.pinned += seen.pinned() ? 1 : 0;
        stream.personal += seen.personal() ? 1 : 0;
        seen.fields().forEach(field -> stream.fields.merge(field, 1L, Long::sum));
        boolean elsewhere = contents.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey() != seen.category() && entry.getValue().has(seen.content()));
        boolean fresh = contents.getOrDefault(seen.category(), new KeySet()).add(seen.content());
        conflicts += elsewhere && fresh && seen.record().has("text") ? 1 : 0;
        stream.sample.add(new Drawn(seen.rank(), seen.record()));
        if (stream.sample.size() > sample) {
            stream.sample.remove();
        }
    }

    /// Rows drawn of all streams.
    public List<EvidenceRecord> sampled() {
        List<EvidenceRecord> all = new ArrayList<>();
        streams.values().forEach(stream -> stream.sample.forEach(drawn -> all.add(drawn.record())));
        all.sort(Comparator.comparing(EvidenceRecord::id));
        return all;
    }

    public long rows() {
        return rows;
    }

    /// Contents that have another category elsewhere.
    public long conflicts() {
        return conflicts;
    }

    /// A row for each stream and field.
    public Frame coverage() {
        List<String> names = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        streams.forEach((name, stream) -> stream.fields.forEach((field, count) -> {
            names.add(name);
            fields.add(field);
            counts.add(count);
        }));
        return Frame.empty()
                .with("stream", Column.Texts.of(names.toArray(String[]::new)))
                .with("field", Column.Texts.of(fields.toArray(String[]::new)))
                .with(
                        "rows",
                        Column.Longs.of(
                                counts.stream().mapToLong(Long::longValue).toArray()));
    }

    /// Shows it.
    public void tell(StageContext context) {
        List<List<Object>> shown = new ArrayList<>();
        streams.forEach((name, stream) -> shown.add(List.of(
                name,
                stream.rows,
                percent(stream.scoreable, stream.rows),
                percent(stream.pinned, stream.rows),
                percent(stream.personal, stream.rows),
                String.join(", ", stream.fields.keySet()))));
        context.table(new Listing(
                "Health of the evidence",
                conflicts + " contents stand under two categories.",
                List.of("stream", "rows", "scoreable %", "pinned time %", "personal data %", "fields"),
                shown));
    }

    private static double percent(long part, long all) {
        return all == 0 ? 0 : Math.round(1000.0 * part / all) / 10.0;
    }
}
