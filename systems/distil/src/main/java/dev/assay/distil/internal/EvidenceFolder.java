package dev.assay.distil.internal;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A folder of evidence, or of scores laid out like one: `YYYY/MM/DD/<stream>.jsonl`, or coarser as its
/// [Grouping] says, and `streams.json` on top that says that and what the streams are.
public final class EvidenceFolder {
    /// The file that describes the streams.
    public static final String MANIFEST = "streams.json";

    private static final Pattern PARTITION =
            Pattern.compile("(?:[0-9]{4}(?:/[0-9]{2}){0,2}|all)/[A-Za-z0-9][A-Za-z0-9_-]*\\.jsonl");

    /// Most files of rows in a folder, unless there are more streams: five streams of a year of days,
    /// or one of five years. Each file is hashed, linked and named in receipts on its own.
    public static final int MOST_FILES = 2_000;

    /// What is written of a folder by days, which every version of the program reads.
    private static final int BY_DAYS = 1;

    /// What is written of a folder that is grouped more coarsely.
    private static final int GROUPED = 2;

    /// What is known of a stream.
    ///
    /// @param stream      its name
    /// @param streamClass what its rows carry
    /// @param licence     SPDX identifier or empty
    /// @param rules       which rules score it, or empty
    /// @param mapping     digest of its mapping
    /// @param notice      what users of the stream have to know, or empty
    /// @param files       how many source files there were
    /// @param rows        rows in the source
    /// @param made        rows of evidence made of them
    /// @param skipped     rows that could not be used
    /// @param deduped     rows that were known
    public record StreamInfo(
            String stream,
            String streamClass,
            String licence,
            String rules,
            String mapping,
            String notice,
            long files,
            long rows,
            long made,
            long skipped,
            long deduped) {}

    private final Path folder;
    private final Map<String, StreamInfo> streams;
    private final Grouping grouping;

    private EvidenceFolder(Path folder, Grouping grouping, Map<String, StreamInfo> streams) {
        this.folder = folder;
        this.grouping = grouping;
        this.streams = streams;
    }

    /// Opens a folder.
    ///
    /// @throws Fault if it has no readable manifest
    public static EvidenceFolder open(Path folder) {
        Path manifest = folder.resolve(MANIFEST);
        Map<String, StreamInfo> streams = new TreeMap<>();
        Grouping grouping;
        try {
            JsonNode root = CanonicalJson.parse(JsonPaper.read(manifest));
            grouping = grouping(folder, root);
            for (JsonNode each : root.path("streams")) {
                StreamInfo info = new StreamInfo(
                        text(each, "stream"),
                        text(each, "class"),
                        text(each, "licence"),
                        text(each, "rules"),
                        text(each, "mapping"),
                        text(each, "notice"),
                        each.path("files").longValue(0),
                        each.path("rows").longValue(0),
                        each.path("made").longValue(0),
                        each.path("skipped").longValue(0),
                        each.path("deduped").longValue(0));
                streams.put(info.stream(), info);
            }
        } catch (IOException e) {
            throw Fault.of(
                            Fault.Kind.MISSING_FILE,
                            "this is no folder of evidence: it has no " + MANIFEST + "; give what distil.collect made")
                    .at(folder.toString())
                    .causedBy(e);
        } catch (IllegalArgumentException e) {
            throw Fault.of(Fault.Kind.MALFORMED_FILE, MANIFEST + " is damaged: " + e.getMessage())
                    .at(folder.toString())
                    .causedBy(e);
        }
        return new EvidenceFolder(folder, grouping, streams);
    }

    private static Grouping grouping(Path folder, JsonNode root) {
        long version = root.path("schema_version").longValue(0);
        Optional<Grouping> grouping =
                version == BY_DAYS ? Optional.of(Grouping.DAY) : Grouping.labelled(text(root, "grouped_by"));
        if (version < BY_DAYS || version > GROUPED || grouping.isEmpty()) {
            throw Fault.of(
                            Fault.Kind.MALFORMED_FILE,
                            MANIFEST
                                    + " is of a version that this program does not read; collect again, or use the version"
                                    + " of the program that wrote it")
                    .at(folder.toString());
        }
        return grouping.get();
    }

    private static String text(JsonNode of, String name) {
        JsonNode value = of.get(name);
        return value == null || !value.isString() ? "" : value.stringValue();
    }

    /// Writes the manifest of a folder by days.
    public static void describe(Path folder, List<StreamInfo> streams) {
        describe(folder, Grouping.DAY, streams);
    }

    /// Writes the manifest of a folder.
    public static void describe(Path folder, Grouping grouping, List<StreamInfo> streams) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (StreamInfo each : streams) {
            Map<String, Object> one = new TreeMap<>();
            one.put("stream", each.stream());
            one.put("class", each.streamClass());
            one.put("licence", each.licence());
            one.put("rules", each.rules());
            one.put("mapping", each.mapping());
            one.put("notice", each.notice());
            one.put("files", each.files());
            one.put("rows", each.rows());
            one.put("made", each.made());
            one.put("skipped", each.skipped());
            one.put("deduped", each.deduped());
            one.put("rows_present", each.files() > 0);
            all.add(one);
        }
        try {
            Files.createDirectories(folder);
            Map<String, Object> manifest = new TreeMap<>(Map.of("schema_version", BY_DAYS, "streams", all));
            if (grouping != Grouping.DAY) {
                manifest.put("schema_version", GROUPED);
                manifest.put("grouped_by", grouping.label());
            }
            Files.writeString(folder.resolve(MANIFEST), CanonicalJson.of(manifest) + "\n");
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
    }

    public Path folder() {
        return folder;
    }

    /// What its files cover.
    public Grouping grouping() {
        return grouping;
    }

    /// By name.
    public Map<String, StreamInfo> streams() {
        return streams;
    }

    /// The partitions, as paths below the folder with `/` between parts, in byte order.
    public List<String> partitions() {
        return partitions(folder);
    }

    /// The partitions of a folder without a manifest.
    public static List<String> partitions(Path folder) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder, 4)) {
            walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .forEach(path -> {
                        List<String> parts = new ArrayList<>();
                        folder.relativize(path).forEach(part -> parts.add(part.toString()));
                        String name = String.join("/", parts);
                        if (PARTITION.matcher(name).matches()) {
                            found.add(name);
                        }
                    });
        } catch (IOException e) {
            throw Storage.fault(folder, e);
        }
        found.sort(null);
        return found;
    }

    /// The stream of a partition.
    public static String stream(String partition) {
        return partition.substring(partition.lastIndexOf('/') + 1, partition.length() - ".jsonl".length());
    }

    /// Where a record belongs in a folder by days; [Grouping#of] tells where in another.
    ///
    /// @param timestamp RFC 3339
    public static String partition(String timestamp, String stream) {
        return timestamp.substring(0, 4) + "/" + timestamp.substring(5, 7) + "/" + timestamp.substring(8, 10) + "/"
                + stream + ".jsonl";
    }

    /// The record on a line of a file of evidence.
    ///
    /// @throws Fault (MALFORMED_FILE) naming the line if it is none
    public static EvidenceRecord record(RawRow line, Path file) {
        try {
            return EvidenceRecord.read(line.bytes());
        } catch (IllegalArgumentException e) {
            throw damaged(line, file, e);
        }
    }

    /// What to say of a line of evidence, or of scores, that this program did not write so.
    public static Fault damaged(RawRow line, Path file, IllegalArgumentException why) {
        return Fault.of(Fault.Kind.MALFORMED_FILE, "the line is damaged: " + why.getMessage())
                .at(file + ":" + (line.position() + 1))
                .causedBy(why);
    }
}
