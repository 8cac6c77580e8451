package dev.assay.distil.internal.retrieve;

import dev.assay.distil.EndPoint;
import dev.assay.distil.IndexManifest;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.TextAnalysis;
import dev.assay.distil.VectorSource;
import dev.assay.distil.internal.JsonPaper;
import dev.assay.fault.Fault;
import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The manifest of an index as a file.
final class ManifestFile {
    static final String NAME = "index.json";
    private static final int SCHEMA_VERSION = 1;

    private ManifestFile() {}

    static void write(Path folder, IndexManifest manifest) throws IOException {
        Map<String, Object> vectors = new LinkedHashMap<>();
        switch (manifest.settings().vectors()) {
            case VectorSource.None none -> vectors.put("kind", "none");
            case VectorSource.Latent latent -> {
                vectors.put("kind", "latent");
                vectors.put("asked_dimensions", latent.dimensions());
            }
            case VectorSource.Embedded embedded -> {
                vectors.put("kind", "embedded");
                vectors.put("base_url", embedded.endPoint().baseUrl());
                vectors.put("model", embedded.endPoint().model());
                embedded.endPoint().keyVariable().ifPresent(v -> vectors.put("key_variable", v));
                vectors.put("batch", embedded.batch());
            }
        }
        vectors.put("exact_below", manifest.settings().exactBelow());
        vectors.put("dimensions", manifest.dimensions());
        manifest.spaceDigest().ifPresent(d -> vectors.put("space_sha256", d.hex()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("analysis", manifest.settings().analysis().text());
        json.put("vectors", vectors);
        json.put("documents", manifest.documents());
        json.put("ids_digest", manifest.idsDigest().hex());
        json.put("lucene", manifest.lucene());
        Path part = folder.resolve("." + NAME + ".part");
        Files.write(part, (CanonicalJson.of(json) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static IndexManifest read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw Fault.of(
                            Fault.Kind.MISSING_FILE,
                            "this is no index: there is no " + NAME + "; make one with distil.index")
                    .at(folder.toString());
        }
        try {
            JsonNode json = CanonicalJson.parse(JsonPaper.read(file));
            if (json.path("schema_version").asInt(0) != SCHEMA_VERSION) {
                throw damaged(file);
            }
            JsonNode vectors = json.path("vectors");
            VectorSource source = switch (vectors.path("kind").asString("")) {
                case "none" -> new VectorSource.None();
                case "latent" ->
                    new VectorSource.Latent(vectors.path("asked_dimensions").asInt(0));
                case "embedded" ->
                    new VectorSource.Embedded(
                            new EndPoint(
                                    vectors.path("base_url").asString(""),
                                    vectors.path("model").asString(""),
                                    Optional.ofNullable(vectors.get("key_variable"))
                                            .map(JsonNode::asString),
                                    EndPoint.Patience.DEFAULT),
                            vectors.path("batch").asInt(0));
                default -> throw damaged(file);
            };
            return new IndexManifest(
                    new IndexSettings(
                            TextAnalysis.valueOf(
                                    json.path("analysis").asString("").toUpperCase(Locale.ROOT)),
                            source,
                            vectors.path("exact_below").asInt(0)),
                    vectors.path("dimensions").asInt(0),
                    json.path("documents").asInt(-1),
                    new Digest(json.path("ids_digest").asString("")),
                    Optional.ofNullable(vectors.get("space_sha256")).map(d -> new Digest(d.asString(""))),
                    json.path("lucene").asString(""));
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            throw damaged(file).causedBy(e);
        }
    }

    static Fault damaged(Path file) {
        return Fault.of(
                        Fault.Kind.MALFORMED_FILE,
                        "the index is damaged or of another version: make it anew with distil.index")
                .at(file.toString());
    }
}
