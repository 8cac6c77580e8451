package dev.assay.measure;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import java.util.Arrays;

/// The two lines that every table of fidelity shows beside the methods: what a second real sample scores,
/// which no method can beat honestly, and what columns that forgot each other score, which every method must
/// beat.
public final class ReferenceLines {
    private ReferenceLines() {}

    /// Another real sample: rows drawn without replacement from real rows that were neither trained on nor
    /// measured against, in their order.
    ///
    /// @param rows how many; the size of the sample that it stands beside
    /// @throws Fault (BAD_DATA) if there are not enough
    public static Frame secondSample(Frame unused, int rows, Seed seed) {
        if (rows < 1 || rows > unused.rows()) {
            throw Fault.of(
                    Fault.Kind.BAD_DATA,
                    "a second real sample of " + rows + " rows was asked of " + unused.rows()
                            + " unused rows; set more aside or compare smaller samples.");
        }
        int[] chosen = Draws.sample(unused.rows(), rows, seed.generator());
        Arrays.sort(chosen);
        return unused.at(chosen);
    }

    /// Every column permuted independently of the others: marginals stay, all dependence goes. A column's
    /// permutation depends on its name and the seed alone.
    public static Frame shuffled(Frame frame, Seed seed) {
        Frame shuffled = Frame.empty();
        for (int c = 0; c < frame.columns().size(); c++) {
            var field = frame.schema().fields().get(c);
            int[] order =
                    Draws.permutation(frame.rows(), seed.child(field.name()).generator());
            Column column = frame.columns().get(c).at(order);
            shuffled = shuffled.with(field, column);
        }
        return shuffled;
    }
}
