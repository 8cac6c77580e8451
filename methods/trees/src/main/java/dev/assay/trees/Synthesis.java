package dev.assay.trees;

import dev.assay.frame.Frame;
import java.util.Map;

/// Generated rows and what had to be done to get them.
///
/// @param frame   the conditioning rows with the targets added
/// @param snapped by target: generated cells that were moved to a value the column can hold
/// @param unseen  by target: predictor cells whose category did not occur in the training rows of the
///     model that drew for their row, treated as missing
public record Synthesis(Frame frame, Map<String, Snap> snapped, Map<String, Long> unseen) {
    /// Keeps its own copies of the maps.
    public Synthesis {
        snapped = Map.copyOf(snapped);
        unseen = Map.copyOf(unseen);
    }

    /// Cells that had to be moved.
    ///
    /// @param cells       number of cells that were moved
    /// @param largestMove the largest distance moved
    public record Snap(long cells, double largestMove) {
        /// Nothing was moved.
        public static final Snap NONE = new Snap(0, 0);
    }
}
