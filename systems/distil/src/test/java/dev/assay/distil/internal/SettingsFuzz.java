package dev.assay.distil.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.EvidenceRecord;
import dev.assay.distil.Mapping;
import dev.assay.distil.RowTransform;
import dev.assay.distil.RuleFile;
import dev.assay.distil.internal.collect.SourceGlobs;
import dev.assay.fault.Fault;
import dev.assay.testkit.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Mappings and rules of a real study, changed by chance: each is read and used, or is one fault.
public final class SettingsFuzz {
    private static final byte[] ROW =
            ("{\"a\":[1,{\"b\":\"x\"}],\"model\":\"m\",\"output\":\"{\\\"answer\\\": \\\"5\\\"}\","
                            + "\"session_id\":\"s\",\"text\":\"the answer is 1,234\",\"traj\":[{\"content\":\"c\",\"role\":\"user\"}]}")
                    .getBytes(StandardCharsets.UTF_8);

    private SettingsFuzz() {}

    /// A record to judge.
    public static EvidenceRecord record() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("schema_version", 1)
                .put("run_id", "r")
                .put("task_id", "t")
                .put("timestamp", "2026-01-01T00:00:00Z")
                .put("timestamp_source", "pinned")
                .put("stream", "s")
                .put("stream_class", "verdict")
                .put("text", "\"answer\": \"5\"");
        fields.putObject("provenance")
                .put("source_file", "f")
                .put("position", 0)
                .put("sig_hash", "0".repeat(64))
                .put("recorded_at", "2026-01-01T00:00:00Z");
        return EvidenceRecord.of(fields);
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    /// @param study the study whose mappings are changed
    public static int mappings(Path study, Path scratch, int iterations, long seed) throws IOException {
        List<String> texts = texts(study.resolve("mappings"));
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int i = 0; i < iterations; i++) {
            String text = Mutations.of(texts.get(random.nextInt(texts.size())), random);
            Path file = scratch.resolve("mapping.yml");
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            try {
                Mapping mapping = Mapping.read(file);
                SourceGlobs.matches(mapping.source(), "a/b-c.jsonl");
                RowTransform.Outcome outcome =
                        mapping.compiled().apply(ROW, "0".repeat(64), "f", 0, "2026-01-01T00:00:00Z");
                assertThat(outcome).isNotNull();
                read++;
            } catch (Fault fault) {
                one(fault, i, seed, text);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(e + " by mapping " + i + " of seed " + seed + ":\n" + text, e);
            }
        }
        return read;
    }

    /// @param study the study whose rules are changed
    public static int rules(Path study, Path scratch, int iterations, long seed) throws IOException {
        List<String> texts = texts(study.resolve("rules"));
        SplittableRandom random = new SplittableRandom(seed);
        EvidenceRecord record = record();
        int read = 0;
        for (int i = 0; i < iterations; i++) {
            String text = Mutations.of(texts.get(random.nextInt(texts.size())), random);
            Path file = scratch.resolve("rules.yml");
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            try {
                assertThat(RuleFile.read(file).compiled().judge(record)).isNotNull();
                read++;
            } catch (Fault fault) {
                one(fault, i, seed, text);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(e + " by rules " + i + " of seed " + seed + ":\n" + text, e);
            }
        }
        return read;
    }

    private static void one(Fault fault, int i, long seed, String text) {
        assertThat(fault.kind())
                .as("%s of input %s of seed %s:%n%s", fault.getMessage(), i, seed, text)
                .isIn(Fault.Kind.STUDY, Fault.Kind.BAD_SETTING, Fault.Kind.MISSING_FILE, Fault.Kind.MALFORMED_FILE);
        assertThat(fault.place()).as(fault.getMessage()).isPresent();
    }
}
