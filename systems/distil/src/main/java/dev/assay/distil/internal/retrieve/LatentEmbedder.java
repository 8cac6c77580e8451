package dev.assay.distil.internal.retrieve;

import dev.assay.chance.Seed;
import dev.assay.distil.Playbooks;
import dev.assay.distil.TextAnalysis;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Projects texts into a latent space: TF-IDF weights of the space's own tokens, scaled to length 1, times the
/// right singular vectors, scaled to length 1. Tokens that the space does not know are left out.
final class LatentEmbedder implements Embedder {
    private static final int MAGIC = 0x4153_4c53;
    private static final int FORMAT = 1;
    private static final int BATCH = 256;

    private final TextAnalysis analysis;
    private final Map<String, Integer> columns;
    private final double[] idf;
    // [tokens][dimensions]
    private final double[][] rows;

    private LatentEmbedder(TextAnalysis analysis, Map<String, Integer> columns, double[] idf, double[][] rows) {
        this.analysis = analysis;
        this.columns = columns;
        this.idf = idf;
        this.rows = rows;
    }

    /// Finds the space of these playbooks. Goes through them twice; holds their token counts in memory, 12
    /// bytes a distinct token of each.
    static LatentEmbedder fit(Playbooks playbooks, TextAnalysis analysis, int dimensions, Seed seed, Engine engine) {
        Map<String, int[]> frequencies = new HashMap<>();
        int[] documents = {0};
        playbooks.each(playbook -> {
            documents[0]++;
            for (String token :
                    OpenIndex.counts(analysis.tokens(playbook.searchText())).keySet()) {
                frequencies.computeIfAbsent(token, t -> new int[1])[0]++;
            }
        });
        if (frequencies.isEmpty()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA, "the playbooks hold no words, so they have no latent space: use no vectors");
        }
        List<String> tokens = new ArrayList<>(frequencies.keySet());
        Collections.sort(tokens);
        Map<String, Integer> columns = new HashMap<>();
        double[] idf = new double[tokens.size()];
        for (int i = 0; i < idf.length; i++) {
            columns.put(tokens.get(i), i);
            int[] df = frequencies.get(tokens.get(i));
            idf[i] = Weighting.idf(df == null ? 0 : df[0], documents[0]);
        }
        LatentEmbedder weights = new LatentEmbedder(analysis, columns, idf, new double[0][]);
        SparseRows.Builder matrix = new SparseRows.Builder();
        playbooks.each(playbook -> {
            weights.weigh(playbook.searchText()).forEach(matrix::entry);
            matrix.close();
        });
        LatentSpace space = LatentSpace.of(matrix.build(idf.length), dimensions, seed, engine);
        double[][] rows = new double[idf.length][space.values().length];
        for (int d = 0; d < space.values().length; d++) {
            for (int t = 0; t < rows.length; t++) {
                rows[t][d] = space.vectors()[d][t];
            }
        }
        return new LatentEmbedder(analysis, columns, idf, rows);
    }

    private interface Entry {
        void at(int column, double value);
    }

    private record Weights(int[] columns, double[] values) {
        void forEach(Entry entry) {
            for (int i = 0; i < columns.length; i++) {
                entry.at(columns[i], values[i]);
            }
        }
    }

    /// The known tokens of a text with their weights, scaled to length 1.
    private Weights weigh(String text) {
        Map<String, Integer> counts = OpenIndex.counts(analysis.tokens(text));
        int[] found = new int[counts.size()];
        double[] values = new double[counts.size()];
        int n = 0;
        double square = 0;
        for (Map.Entry<String, Integer> token : counts.entrySet()) {
            Integer column = columns.get(token.getKey());
            if (column != null) {
                found[n] = column;
                values[n] = (1 + Math.log(token.getValue())) * idf[column];
                square += values[n] * values[n];
                n++;
            }
        }
        double norm = Math.sqrt(square);
        for (int i = 0; i < n; i++) {
            values[i] /= norm;
        }
        return new Weights(java.util.Arrays.copyOf(found, n), java.util.Arrays.copyOf(values, n));
    }

    int dimensions() {
        return rows[0].length;
    }

    @Override
    public List<float[]> vectors(List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            double[] sum = new double[dimensions()];
            weigh(text).forEach((column, value) -> {
                double[] row = rows[column];
                for (int d = 0; d < sum.length; d++) {
                    sum[d] += value * row[d];
                }
            });
            vectors.add(Embedder.unit(sum));
        }
        return vectors;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    /// Writes the space: tokens in order, their idf, their rows.
    void write(Path file) throws IOException {
        String[] tokens = new String[idf.length];
        columns.forEach((token, column) -> tokens[column] = token);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            out.writeInt(FORMAT);
            out.writeInt(idf.length);
            out.writeInt(dimensions());
            for (int t = 0; t < idf.length; t++) {
                byte[] token = tokens[t].getBytes(StandardCharsets.UTF_8);
                out.writeInt(token.length);
                out.write(token);
                out.writeDouble(idf[t]);
                for (double x : rows[t]) {
                    out.writeDouble(x);
                }
            }
        }
    }

    /// Reads a space whose digest has been checked.
    static LatentEmbedder read(Path file, TextAnalysis analysis) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC || in.readInt() != FORMAT) {
                throw new IOException("not a latent space");
            }
            int tokens = in.readInt();
            int dimensions = in.readInt();
            // Whoever made the file may have written any number; what it holds it has to have bytes for.
            if (tokens < 0 || dimensions < 0 || tokens > Files.size(file) / (Double.BYTES * (dimensions + 1L))) {
                throw new IOException("a latent space of another size");
            }
            double[] idf = new double[tokens];
            double[][] rows = new double[tokens][dimensions];
            Map<String, Integer> columns = new HashMap<>();
            for (int t = 0; t < idf.length; t++) {
                int length = in.readInt();
                if (length < 0 || length > Files.size(file)) {
                    throw new IOException("a token of another size");
                }
                byte[] token = in.readNBytes(length);
                columns.put(new String(token, StandardCharsets.UTF_8), t);
                idf[t] = in.readDouble();
                for (int d = 0; d < rows[t].length; d++) {
                    rows[t][d] = in.readDouble();
                }
            }
            return new LatentEmbedder(analysis, columns, idf, rows);
        }
    }
}
