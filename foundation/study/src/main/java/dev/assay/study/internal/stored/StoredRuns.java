package dev.assay.study.internal.stored;

import dev.assay.study.RunView;
import dev.assay.study.StageView;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads `run.json` and manifests, of all versions that are known.
public final class StoredRuns {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StoredRuns() {}

    /// Why something that was stored cannot be read, one sentence without a full stop. Never quotes more of
    /// it than a number or a name.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String reason) {
            super(reason);
        }

        /// The sentence.
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// The manifest of a stage's results.
    private record Manifest(int schemaVersion, StoredStage stage) {}

    /// A run as `run.json`.
    public static byte[] bytes(RunView run) {
        return page(StoredRun.of(run));
    }

    /// A stage as a manifest.
    public static byte[] bytes(StageView stage) {
        return page(new Manifest(StoredRun.VERSION, StoredStage.of(stage)));
    }

    private static byte[] page(Object value) {
        return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// A run from its `run.json`.
    ///
    /// @param id what the run must be called
    /// @throws Unreadable if it is damaged, of an unknown version, or the record of another run
    public static RunView run(byte[] bytes, String id) throws Unreadable {
        JsonNode tree = tree(bytes);
        checkVersion(tree);
        RunView run;
        try {
            run = MAPPER.treeToValue(tree, StoredRun.class).view();
        } catch (JacksonException e) {
            throw new Unreadable("its run.json lacks a member or has one of another type" + place(e));
        } catch (NullPointerException e) {
            throw new Unreadable("its run.json lacks a member or has one of another type");
        } catch (IllegalArgumentException e) {
            throw new Unreadable("its run.json breaks a rule of its layout: " + e.getMessage());
        }
        if (!run.id().equals(id)) {
            throw new Unreadable("its run.json is that of another run");
        }
        return run;
    }

    /// A stage from its manifest; nothing if it is damaged or of an unknown version.
    public static Optional<StageView> stage(byte[] bytes) {
        try {
            JsonNode tree = tree(bytes);
            checkVersion(tree);
            return Optional.of(MAPPER.treeToValue(tree, Manifest.class).stage().view(""));
        } catch (Unreadable | JacksonException | IllegalArgumentException | NullPointerException damaged) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(byte[] bytes) throws Unreadable {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            throw new Unreadable("its run.json is damaged" + place(e));
        }
        throw new Unreadable("its run.json holds no JSON object");
    }

    private static void checkVersion(JsonNode tree) throws Unreadable {
        JsonNode version = tree.get("schemaVersion");
        if (version == null || !version.isInt()) {
            throw new Unreadable("its run.json does not say of which version it is");
        }
        int number = version.intValue();
        if (number < StoredRun.OLDEST || number > StoredRun.VERSION) {
            throw new Unreadable("its run.json is of version " + number + ", and this program reads versions "
                    + StoredRun.OLDEST + " to " + StoredRun.VERSION
                    + (number > StoredRun.VERSION ? ": a later program wrote it" : ""));
        }
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " at line " + e.getLocation().getLineNr();
    }
}
