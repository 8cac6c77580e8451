package dev.assay.distil.internal.endpoint;

/// Why a request came to nothing, in one sentence that never holds a key.
public final class EndPointFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What sort of failure it is.
    public enum Kind {
        /// No connection, or one that broke.
        UNREACHABLE,
        /// No answer in time.
        TIMEOUT,
        /// The end point is busy or broken: 408, 429 or 5xx.
        UNAVAILABLE,
        /// The end point refuses this caller or does not know the path or model: 401, 403, 404 and others.
        REFUSED,
        /// The end point refuses this request: 400, 413 or 422.
        BAD_REQUEST,
        /// The answer is not what the protocol says.
        MALFORMED,
        /// The answer is larger than any real one.
        TOO_LARGE,
        /// Too many requests failed in a row; none is sent for a while.
        RESTING
    }

    private final Kind kind;
    private final String sentence;

    /// @param sentence for people, and for the log
    public EndPointFailure(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
        this.sentence = sentence;
    }

    /// What sort of failure it is.
    public Kind kind() {
        return kind;
    }

    /// What happened, one sentence.
    public String sentence() {
        return sentence;
    }

    /// Whether the same request may do better in a while.
    boolean passing() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, UNAVAILABLE -> true;
            case REFUSED, BAD_REQUEST, MALFORMED, TOO_LARGE, RESTING -> false;
        };
    }

    /// Whether it says that the end point, rather than this one request, is in trouble.
    boolean ofTheEndPoint() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, UNAVAILABLE, REFUSED, MALFORMED, TOO_LARGE -> true;
            case BAD_REQUEST, RESTING -> false;
        };
    }
}
