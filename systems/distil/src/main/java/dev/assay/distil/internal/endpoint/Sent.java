package dev.assay.distil.internal.endpoint;

/// What goes to end points, in words for the person who is asked.
public final class Sent {
    /// To a model that answers.
    public static final String TASKS = "every task, with what was retrieved for it from earlier runs, to be answered";
    /// To a model that turns tasks into vectors.
    public static final String QUERIES = "every task, to be turned into a vector";
    /// To a model that turns samples into vectors.
    public static final String SAMPLES = "the title and text of every sample, to be turned into a vector";

    private Sent() {}
}
