package dev.assay.study.internal.store;

/// How often the values of a column change from one to the next, as long as they never go up and down:
/// then no value comes back, and there is one more of them than there are changes.
final class Changes {
    private long up;
    private long down;

    /// Takes how the next value compares with the one before it.
    void add(int comparison) {
        if (comparison > 0) {
            up++;
        } else if (comparison < 0) {
            down++;
        }
    }

    /// Whether the values have been in order so far, in either direction.
    boolean inOrder() {
        return up == 0 || down == 0;
    }

    /// How many different values there are if there is one, and they are in order.
    long values() {
        return 1 + up + down;
    }
}
