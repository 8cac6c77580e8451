package dev.assay.distil.internal.retrieve;

import java.util.List;

/// Makes vectors of texts.
public interface Embedder {
    /// A unit vector for each text, all of one length; a vector of zeros for a text that has none.
    ///
    /// @throws dev.assay.fault.Fault if they cannot be had
    List<float[]> vectors(List<String> texts);

    /// How many texts to give at once.
    int batch();

    /// A vector of length 1 in the same direction; zeros stay zeros.
    static float[] unit(double[] vector) {
        double square = 0;
        for (double x : vector) {
            square += x * x;
        }
        float[] unit = new float[vector.length];
        double norm = Math.sqrt(square);
        for (int i = 0; i < unit.length && norm > 0; i++) {
            unit[i] = (float) (vector[i] / norm);
        }
        return unit;
    }
}
