package dev.assay.distil.internal.endpoint;

/// Tells what brings a streamed answer further from what only keeps the connection busy: in server-sent
/// events (WHATWG HTML, 9.2.6) comments, empty lines, other fields and empty `data:` lines are none, and
/// neither is white space of an answer that is one JSON value.
final class Progress {
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    /// What the body is.
    private enum Kind {
        UNKNOWN,
        JSON,
        EVENTS
    }

    private Kind kind = Kind.UNKNOWN;
    private int matched;

    /// Takes the next bytes.
    ///
    /// @return whether there was something of an answer among them
    boolean made(byte[] piece) {
        boolean made = false;
        for (byte b : piece) {
            made |= made(b);
        }
        return made;
    }

    private boolean made(byte b) {
        boolean space = b == ' ' || b == '\t' || b == '\n' || b == '\r';
        if (kind == Kind.UNKNOWN && !space) {
            kind = b == '{' || b == '[' ? Kind.JSON : Kind.EVENTS;
        }
        if (kind == Kind.JSON) {
            return !space;
        }
        if (b == '\n' || b == '\r') {
            matched = 0;
            return false;
        }
        if (matched == DATA.length) {
            return !space;
        }
        if (matched >= 0 && b == DATA[matched]) {
            matched++;
        } else {
            // Another field or a comment: nothing until the line ends.
            matched = -1;
        }
        return false;
    }
}
