package dev.assay.receipt;

/// How far two distributions over the same cells lie apart: the Jensen-Shannon distance (Lin 1991), the root of
/// (KL(p, m) + KL(q, m)) / 2 with m = (p + q) / 2 and natural logarithms.
///
/// @param distance from 0 to the root of ln 2, about 0.833
public record JensenShannon(double distance) {
    /// The distance of these counts. Cells without values are left as they are: m is never 0 where p or q is
    /// not.
    public static JensenShannon of(CellCounts cells) {
        double n = cells.referenceTotal();
        double m = cells.currentTotal();
        double divergence = 0;
        for (int i = 0; i < cells.cells(); i++) {
            double p = cells.reference(i) / n;
            double q = cells.current(i) / m;
            divergence += part(p, (p + q) / 2) + part(q, (p + q) / 2);
        }
        return new JensenShannon(Math.sqrt(Math.max(0, divergence / 2)));
    }

    private static double part(double share, double middle) {
        return share == 0 ? 0 : share * Math.log(share / middle);
    }
}
