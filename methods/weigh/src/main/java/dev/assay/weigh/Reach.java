package dev.assay.weigh;

/// The part of a sample that an estimate rests on.
///
/// @param rows    rows that count
/// @param units   primary units that they lie in
/// @param degrees degrees of freedom: primary units less strata, over what was not taken whole
/// @param taken   whether all of them lie in strata of which every primary unit was drawn
record Reach(int rows, int units, int degrees, boolean taken) {
    /// @param counted `[rows]` the rows that count
    static Reach of(SampleDesign design, boolean[] counted) {
        boolean[] unit = new boolean[design.unitCount()];
        boolean[] stratum = new boolean[design.fractions().length];
        int rows = 0;
        int units = 0;
        int degrees = 0;
        boolean taken = true;
        for (int i = 0; i < counted.length; i++) {
            if (!counted[i]) {
                continue;
            }
            rows++;
            int h = design.strata()[i];
            boolean whole = design.fractions()[h] == 1;
            taken &= whole;
            if (!unit[design.units()[i]]) {
                unit[design.units()[i]] = true;
                units++;
                degrees += whole ? 0 : 1;
            }
            if (!stratum[h]) {
                stratum[h] = true;
                degrees -= whole ? 0 : 1;
            }
        }
        return new Reach(rows, units, degrees, taken && rows > 0);
    }
}
