package dev.assay.weigh;

import dev.assay.fault.Fault;
import dev.assay.weigh.SampleDesign.LonelyUnits;

/// The primary units of a design by strata, as replicates vary them.
///
/// @param design  whose they are
/// @param stratum `[primary units]`
/// @param count   `[strata]` primary units
record Drawn(SampleDesign design, int[] stratum, int[] count) {
    /// @throws Fault (BAD_SETTING) naming a stratum whose lonely unit is to be centred
    static Drawn of(SampleDesign design) {
        int[] stratum = design.stratumOfUnit();
        int[] count = new int[design.stratumNames().size()];
        for (int h : stratum) {
            count[h]++;
        }
        for (int h = 0; h < count.length; h++) {
            if (count[h] == 1 && design.fractions()[h] < 1 && design.lonely() == LonelyUnits.CENTRE) {
                throw Fault.of(
                        Fault.Kind.BAD_SETTING,
                        "Stratum '" + design.stratumNames().get(h)
                                + "' has one primary unit, and no replicate can centre it; drop such units, join the"
                                + " stratum with another, or linearise.");
            }
        }
        return new Drawn(design, stratum, count);
    }

    /// Whether the stratum adds to a variance.
    boolean varies(int h) {
        return count[h] > 1 && design.fractions()[h] < 1;
    }

    /// `[strata][primary units of it]`
    int[][] members() {
        int[][] members = new int[count.length][];
        int[] next = new int[count.length];
        for (int h = 0; h < count.length; h++) {
            members[h] = new int[count[h]];
        }
        for (int u = 0; u < stratum.length; u++) {
            members[stratum[u]][next[stratum[u]]++] = u;
        }
        return members;
    }
}
