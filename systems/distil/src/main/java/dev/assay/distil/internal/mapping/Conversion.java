package dev.assay.distil.internal.mapping;

/// A value that is not what a function needs. Thrown often on bad data, so without a stack trace.
public final class Conversion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Conversion(String sentence) {
        super(sentence, null, false, false);
    }

    /// One sentence without any value of the row.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
