package dev.assay.study.internal.run;

import dev.assay.fault.Fault;
import dev.assay.frame.FrameFile;
import dev.assay.frame.Frames;
import dev.assay.frame.HeapRoom;
import java.nio.file.Path;
import java.util.Map;

/// The need of all tables that a stage holds together. Text files are not looked through for it: the
/// reader itself refuses one that does not fit, once it knows its rows and types.
final class HeldTables {
    /// Tables of files smaller than this share of the room fit in any case, whatever they pack.
    private static final int SMALL = 1_000;

    private HeldTables() {}

    /// @param inputs what a message calls a table, by its file
    /// @throws Fault (BAD_DATA) if they do not fit into the heap
    static void require(Map<Path, String> inputs) {
        require(inputs, HeapRoom.bytes());
    }

    /// The same where tables may take so many bytes.
    static void require(Map<Path, String> inputs, long room) {
        long need = 0;
        String largest = "";
        long rows = 0;
        int columns = 0;
        long most = -1;
        for (Map.Entry<Path, String> input : inputs.entrySet()) {
            Path file = input.getKey();
            if (file.toFile().length() < room / SMALL || !Frames.isParquet(file)) {
                need += file.toFile().length();
                continue;
            }
            FrameFile table = FrameFile.of(file);
            long bytes = table.heapBytes();
            need += bytes;
            if (bytes > most) {
                most = bytes;
                largest = input.getValue();
                rows = table.rows();
                columns = table.schema().fields().size();
            }
        }
        if (most >= 0 && need > room) {
            String besides = inputs.size() > 1 ? " and others besides" : "";
            throw HeapRoom.tooSmall("it must hold table '" + largest + "'" + besides, rows, columns, need);
        }
    }
}
