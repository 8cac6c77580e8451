package dev.assay.distil;

import dev.assay.distil.internal.EvidenceFolder;
import dev.assay.distil.internal.LineView;
import dev.assay.distil.internal.Storage;
import dev.assay.distil.internal.rows.ByteRows;
import dev.assay.distil.internal.rows.RawRow;
import dev.assay.distil.internal.rows.RowReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What became of one row, from everything that a run left behind: where it stands in the source, what rules
/// said of it, into which files it went, or why it did not.
public final class Trail {
    private static final int LONGEST_ID = 200;
    private static final int FEW_KEYS = 20;

    private Trail() {}

    /// A place where it was found.
    ///
    /// @param file  below the folder that was searched, `/` between parts
    /// @param line  from 1
    /// @param says  what stands there, in one sentence
    public record Step(String file, long line, String says) {}

    /// Follows a row.
    ///
    /// @param outputs the folder of a run's outputs
    /// @param id      of evidence, of a run, or of a sample
    /// @return what was found, in the order of the pipeline; empty if nothing has this id
    /// @throws dev.assay.fault.Fault (MALFORMED_FILE) if a line that has the id lacks what it should say
    public static List<Step> of(Path outputs, String id) {
        List<Path> files = files(outputs);
        Set<String> keys = new TreeSet<>(Set.of(id));
        // A sample leads to its run, and a run to its evidence.
        for (int round = 0; round < 2; round++) {
            Set<String> found = new TreeSet<>();
            for (Path file : files) {
                each(file, keys, (view, line) -> {
                    if (view.has("stream_class")) {
                        found.add(view.needed("id"));
                        found.add(view.needed("run_id"));
                    } else if (keys.contains(text(view, "id"))) {
                        for (String name : List.of("source_run_id", "chosen_run_id", "rejected_run_id")) {
                            String run = view.text(name);
                            if (run != null) {
                                found.add(run);
                            }
                        }
                    }
                });
            }
            keys.addAll(found);
        }
        List<List<Step>> stations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stations.add(new ArrayList<>());
        }
        for (Path file : files) {
            String name = name(outputs, file);
            each(file, keys, (view, line) -> {
                if (view.has("stream_class")) {
                    stations.get(0)
                            .add(new Step(
                                    name,
                                    line,
                                    "evidence " + view.needed("id") + " of run " + shown(view.needed("run_id"))
                                            + " (task "
                                            + shown(view.needed("task_id")) + ", stream " + view.needed("stream")
                                            + "), from " + place(view, "provenance")));
                } else if (view.has("scorer_version")) {
                    stations.get(1)
                            .add(new Step(
                                    name,
                                    line,
                                    "scored " + text(view, "category").replace('_', ' ') + " for " + view.raw("reasons")
                                            + " by rules " + view.needed("scorer_version")));
                } else if (view.has("exporter")) {
                    stations.get(2)
                            .add(new Step(
                                    name,
                                    line,
                                    "kept out of " + view.needed("exporter") + ": " + text(view, "reason") + " "
                                            + shown(String.valueOf(view.raw("errors")))));
                } else if (view.has("filter")) {
                    stations.get(2)
                            .add(new Step(
                                    name,
                                    line,
                                    "filtered: " + view.needed("filter") + ", " + shown(text(view, "detail"))));
                } else if (view.has("created_at")) {
                    stations.get(3).add(new Step(name, line, "exported as sample " + text(view, "id")));
                }
            });
        }
        return stations.stream().flatMap(List::stream).toList();
    }

    private interface Found {
        void at(LineView view, long line);
    }

    private static void each(Path file, Set<String> keys, Found found) {
        List<byte[]> wanted =
                keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
        // Many or long ones, which a damaged folder may have, are looked up instead.
        boolean few = wanted.size() <= FEW_KEYS && wanted.stream().allMatch(key -> key.length <= LONGEST_ID);
        try (RowReader rows = ByteRows.lines(Files.newInputStream(file))) {
            for (List<RawRow> batch = rows.next(); !batch.isEmpty(); batch = rows.next()) {
                for (RawRow row : batch) {
                    byte[] json = row.json();
                    if (json == null || (few && wanted.stream().noneMatch(key -> contains(json, key)))) {
                        continue;
                    }
                    LineView view;
                    try {
                        view = new LineView(json);
                        if (!names(view, keys)) {
                            continue;
                        }
                    } catch (IllegalArgumentException e) {
                        continue;
                    }
                    try {
                        found.at(view, row.position() + 1);
                    } catch (IllegalArgumentException e) {
                        throw EvidenceFolder.damaged(row, file, e);
                    }
                }
            }
        } catch (IOException e) {
            throw Storage.fault(file, e);
        }
    }

    /// Whether one of the members that name a row is one of the keys.
    private static boolean names(LineView view, Set<String> keys) {
        return Stream.of(
                        "id",
                        "run_id",
                        "evidence_id",
                        "evidence_run_id",
                        "source_run_id",
                        "chosen_run_id",
                        "rejected_run_id")
                .anyMatch(name -> keys.contains(text(view, name)));
    }

    private static boolean contains(byte[] line, byte[] key) {
        for (int i = 0; i + key.length <= line.length; i++) {
            int j = 0;
            while (j < key.length && line[i + j] == key[j]) {
                j++;
            }
            if (j == key.length) {
                return true;
            }
        }
        return false;
    }

    private static String text(LineView view, String name) {
        @Nullable String text = view.text(name);
        return text == null ? "" : text;
    }

    private static String place(LineView view, String name) {
        RowProvenance of = RowProvenance.of(view.there(name));
        return shown(of.sourceFile()) + ", row " + of.position();
    }

    /// Texts of logs are shown on terminals: no control characters, not too long.
    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return plain.length() <= LONGEST_ID ? plain : plain.substring(0, LONGEST_ID) + "...";
    }

    private static List<Path> files(Path outputs) {
        try (Stream<Path> walk = Files.walk(outputs)) {
            return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.getFileName().toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Storage.fault(outputs, e);
        }
    }

    private static String name(Path outputs, Path file) {
        List<String> parts = new ArrayList<>();
        outputs.relativize(file).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
