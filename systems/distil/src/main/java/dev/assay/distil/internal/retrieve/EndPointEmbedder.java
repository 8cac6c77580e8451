package dev.assay.distil.internal.retrieve;

import dev.assay.distil.EndPoint;
import dev.assay.distil.VectorSource;
import dev.assay.distil.internal.endpoint.Courier;
import dev.assay.distil.internal.endpoint.EmbeddingAnswer;
import dev.assay.distil.internal.endpoint.EndPointFailure;
import dev.assay.fault.Fault;
import dev.assay.study.Permissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Vectors from an OpenAI-compatible end point: `POST /embeddings` with `model` and `input`, of whose answer
/// `data[i].index` and `data[i].embedding` are read.
final class EndPointEmbedder implements Embedder, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final VectorSource.Embedded source;
    private final Courier courier;

    /// @param content     what is sent, in words
    /// @param permissions asked before anything is
    EndPointEmbedder(VectorSource.Embedded source, String content, Permissions permissions) {
        this.source = source;
        this.courier =
                Courier.to(source.endPoint(), permissions.to(source.endPoint().destination(content)));
    }

    @Override
    public List<float[]> vectors(List<String> texts) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", source.endPoint().model());
        request.put("input", texts);
        request.put("encoding_format", "float");
        try {
            return courier.post(
                    EmbeddingAnswer.PATH, JSON.writeValueAsBytes(request), false, body -> vectors(body, texts.size()));
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
        return EmbeddingAnswer.read(body, wanted, VectorFormat.MOST_DIMENSIONS).stream()
                .map(Embedder::unit)
                .toList();
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
