package dev.assay.fuzz;

import dev.assay.receipt.CanonicalJson;
import dev.assay.receipt.Envelope;
import java.util.Arrays;

/// An envelope of a statement, and JSON that is made canonical: twice gives the same as once.
public final class Envelopes {
    private Envelopes() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Envelope.parse(input);
        } catch (IllegalArgumentException refused) {
            // What speaks against it.
        }
        byte[] canonical;
        try {
            canonical = CanonicalJson.canonical(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        if (!Arrays.equals(canonical, CanonicalJson.canonical(canonical))) {
            throw new AssertionError("canonical JSON is not its own canonical form");
        }
    }
}
