package dev.assay.distil.internal.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads answers to `POST /embeddings`: `data[i].index` and `data[i].embedding`.
public final class EmbeddingAnswer {
    /// Below the path of all requests.
    public static final String PATH = "/embeddings";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EmbeddingAnswer() {}

    /// A vector for each text, whoever sent them: all of one length, all numbers finite.
    ///
    /// @param wanted how many texts there were
    /// @param longest most numbers of a vector
    /// @throws EndPointFailure (MALFORMED) if they are not there
    public static List<double[]> read(byte[] body, int wanted, int longest) {
        JsonNode data;
        try {
            data = JSON.readTree(new String(body, StandardCharsets.UTF_8)).path("data");
        } catch (JacksonException e) {
            throw malformed("is not JSON");
        }
        double[][] vectors = new double[wanted][];
        int place = 0;
        for (JsonNode each : data) {
            int index = index(each, place++);
            JsonNode numbers = each.path("embedding");
            if (index < 0 || index >= wanted || !numbers.isArray() || numbers.isEmpty()) {
                throw malformed("has no vector where one should be");
            }
            if (numbers.size() > longest) {
                throw malformed("has a vector of more than " + longest + " numbers");
            }
            vectors[index] = vector(numbers);
        }
        for (double[] vector : vectors) {
            if (vector == null || vector.length != vectors[0].length) {
                throw malformed("has too few vectors, or vectors of different lengths");
            }
        }
        return new ArrayList<>(Arrays.asList(vectors));
    }

    /// What the answer says, or the place in it; -1 if it says something that is none.
    private static int index(JsonNode each, int place) {
        JsonNode index = each.path("index");
        if (index.isMissingNode() || index.isNull()) {
            return place;
        }
        return index.isIntegralNumber() && index.canConvertToInt() ? index.intValue() : -1;
    }

    private static double[] vector(JsonNode numbers) {
        double[] vector = new double[numbers.size()];
        double largest = 0;
        for (int i = 0; i < vector.length; i++) {
            JsonNode number = numbers.get(i);
            vector[i] = number.isNumber() ? number.doubleValue() : Double.NaN;
            if (!Double.isFinite(vector[i])) {
                throw malformed("has a vector with something else than numbers");
            }
            largest = Math.max(largest, Math.abs(vector[i]));
        }
        if (largest > Float.MAX_VALUE) {
            throw malformed("has a vector with numbers beyond those of 32 bits");
        }
        return vector;
    }

    private static EndPointFailure malformed(String how) {
        return new EndPointFailure(EndPointFailure.Kind.MALFORMED, "the answer to POST " + PATH + " " + how);
    }
}
