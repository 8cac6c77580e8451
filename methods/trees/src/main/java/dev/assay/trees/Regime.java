package dev.assay.trees;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Which signs an amount takes: what has to be gated, and what each base model is fitted on.
public enum Regime {
    /// Negative, zero and positive: a gate of three classes, a base model a nonzero sign.
    THREE_SIGN(Sign.NEGATIVE, Sign.ZERO, Sign.POSITIVE),
    /// Zero and positive.
    ZI_POSITIVE(Sign.ZERO, Sign.POSITIVE),
    /// Zero and negative.
    ZI_NEGATIVE(Sign.NEGATIVE, Sign.ZERO),
    /// Negative and positive.
    SIGN_ONLY(Sign.NEGATIVE, Sign.POSITIVE),
    /// Positive only: no gate.
    POSITIVE_ONLY(Sign.POSITIVE),
    /// Negative only: no gate.
    NEGATIVE_ONLY(Sign.NEGATIVE),
    /// Always zero.
    DEGENERATE_ZERO(Sign.ZERO);

    private final Set<Sign> signs;

    Regime(Sign first, Sign... others) {
        this.signs = Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    /// The signs that are present, in the order negative, zero, positive.
    public Set<Sign> signs() {
        return signs;
    }

    /// Rows whose sign is not present: left out of every model, and counted.
    public long excludedRows(SignCounts counts) {
        long excluded = 0;
        for (Sign sign : Sign.values()) {
            if (!signs.contains(sign)) {
                excluded += counts.rows(sign);
            }
        }
        return excluded;
    }

    /// The regime of these counts: a sign is present if it has enough rows and a large enough weighted share.
    /// If none is, the one of largest weight decides; of equals zero, then positive. Nothing at all is zero.
    public static Regime of(SignCounts counts, RegimeSettings settings) {
        double total = counts.negativeWeight() + counts.zeroWeight() + counts.positiveWeight();
        Set<Sign> present = EnumSet.noneOf(Sign.class);
        for (Sign sign : Sign.values()) {
            if (counts.rows(sign) >= settings.minCount() && counts.weight(sign) >= settings.minShare() * total) {
                present.add(sign);
            }
        }
        if (present.isEmpty()) {
            present.add(heaviest(counts));
        }
        for (Regime regime : values()) {
            if (regime.signs.equals(present)) {
                return regime;
            }
        }
        throw new IllegalStateException("every set of signs has a regime");
    }

    private static Sign heaviest(SignCounts counts) {
        Sign heaviest = Sign.ZERO;
        if (counts.positiveWeight() > counts.weight(heaviest)) {
            heaviest = Sign.POSITIVE;
        }
        if (counts.negativeWeight() > counts.weight(heaviest)) {
            heaviest = Sign.NEGATIVE;
        }
        return heaviest;
    }
}
