package dev.assay.fuzz;

import dev.assay.fault.Fault;
import dev.assay.frame.Frames;

/// A table in a file: the first byte chooses the format.
public final class Tables {
    private Tables() {}

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String[] formats = {"csv", "tsv", "jsonl", "json", "csv.gz", "csv.zst", "jsonl.gz", "parquet"};
        String format = formats[Math.floorMod(input[0], formats.length)];
        byte[] rest = java.util.Arrays.copyOfRange(input, 1, input.length);
        try {
            Frames.read(Scratch.file("table." + format, rest));
        } catch (Fault refused) {
            // A sentence for whoever gave the file.
        }
    }
}
