package dev.assay.distil.internal.retrieve;

import dev.assay.distil.EndPoint;
import dev.assay.distil.VectorSource;
import dev.assay.distil.internal.endpoint.Courier;
import dev.assay.distil.internal.endpoint.EndPointFailure;
import dev.assay.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Vectors from an OpenAI-compatible end point: `POST /embeddings` with `model` and `input`, of whose answer
/// `data[i].index` and `data[i].embedding` are read.
final class EndPointEmbedder implements Embedder, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final VectorSource.Embedded source;
    private final Courier courier;

    EndPointEmbedder(VectorSource.Embedded source) {
        this.source = source;
        this.courier = Courier.to(source.endPoint());
    }

    @Override
    public List<float[]> vectors(List<String> texts) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", source.endPoint().model());
        request.put("input", texts);
        request.put("encoding_format", "float");
        try {
            return courier.post(
                    "/embeddings", JSON.writeValueAsBytes(request), false, body -> vectors(body, texts.size()));
        } catch (EndPointFailure failure) {
            throw Fault.of(
                            Fault.Kind.STAGE_FAILED,
                            "there are no vectors: " + failure.sentence()
                                    + "; start a server with POST /embeddings, or use vectors: latent")
                    .at(source.endPoint().baseUrl())
                    .causedBy(failure);
        }
    }

    private static List<float[]> vectors(byte[] body, int wanted) {
        JsonNode data;
        try {
            data = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("data");
        } catch (JacksonException e) {
            throw malformed("is not JSON");
        }
        float[][] vectors = new float[wanted][];
        int place = 0;
        for (JsonNode each : data) {
            int index = each.path("index").asInt(place++);
            JsonNode numbers = each.path("embedding");
            if (index < 0 || index >= wanted || !numbers.isArray() || numbers.isEmpty()) {
                throw malformed("has no vector where one should be");
            }
            double[] vector = new double[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.get(i).asDouble(Double.NaN);
                if (!Double.isFinite(vector[i])) {
                    throw malformed("has a vector with something else than numbers");
                }
            }
            vectors[index] = Embedder.unit(vector);
        }
        for (float[] vector : vectors) {
            if (vector == null || vector.length != vectors[0].length) {
                throw malformed("has too few vectors, or vectors of different lengths");
            }
        }
        return new ArrayList<>(Arrays.asList(vectors));
    }

    private static EndPointFailure malformed(String how) {
        return new EndPointFailure(EndPointFailure.Kind.MALFORMED, "the answer to POST /embeddings " + how);
    }

    EndPoint endPoint() {
        return source.endPoint();
    }

    @Override
    public int batch() {
        return source.batch();
    }

    @Override
    public void close() {
        courier.close();
    }
}
