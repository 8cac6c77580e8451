package dev.assay.weigh.internal.descent;

import dev.assay.fault.Fault;
import dev.assay.weigh.Checkpointing;
import dev.assay.weigh.Epoch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// A run between two epochs, as a file: whole or not there, and checked when it is read.
///
/// @param identity digests of what the run is about, by field
/// @param numbers  what else is whole, in an order that the run knows
/// @param arrays   parameters, moments and totals, in an order that the run knows
/// @param texts    what else is said in words, in an order that the run knows
/// @param epochs   those told so far
record Snapshot(
        Map<String, String> identity, int[] numbers, double[][] arrays, List<String> texts, List<Epoch> epochs) {
    private static final String MAGIC = "assay-weigh-checkpoint/2";
    private static final int MOST_FIELDS = 64;

    void write(Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".writing");
        try {
            try (FileOutputStream raw = new FileOutputStream(beside.toFile())) {
                CheckedOutputStream checked =
                        new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), new CRC32());
                DataOutputStream out = new DataOutputStream(checked);
                write(out);
                out.flush();
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                raw.getFD().sync();
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Fault.of(
                            Fault.Kind.STORAGE,
                            "The checkpoint cannot be written (" + e.getMessage()
                                    + "); free some space or choose another folder.")
                    .at(file.toString());
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(MAGIC);
        out.writeInt(identity.size());
        for (Map.Entry<String, String> field : identity.entrySet()) {
            out.writeUTF(field.getKey());
            out.writeUTF(field.getValue());
        }
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
        out.writeInt(arrays.length);
        for (double[] array : arrays) {
            out.writeInt(array.length);
            for (double value : array) {
                out.writeDouble(value);
            }
        }
        out.writeInt(texts.size());
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }
        out.writeInt(epochs.size());
        for (Epoch epoch : epochs) {
            out.writeInt(epoch.batch());
            out.writeInt(epoch.epoch());
            out.writeDouble(epoch.loss());
            out.writeDouble(epoch.maxError());
            out.writeDouble(epoch.meanError());
            out.writeDouble(epoch.learningRate());
            out.writeDouble(epoch.sparsity());
            out.writeInt(epoch.activeRows());
        }
    }

    /// The run to go on from: nothing if there is no file, or one that is damaged or of another run and may be
    /// written over.
    ///
    /// @param wanted the identity of the run that wants to go on
    /// @throws Fault as [#read(Path, Map)] if the file may not be written over
    static Optional<Snapshot> find(Optional<Checkpointing> checkpoint, Map<String, String> wanted) {
        if (checkpoint.isEmpty() || !Files.exists(checkpoint.get().file())) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(checkpoint.get().file(), wanted));
        } catch (Fault unusable) {
            if (checkpoint.get().writesOverOther()) {
                return Optional.empty();
            }
            throw unusable;
        }
    }

    /// Reads a file and compares what it is about.
    ///
    /// @param wanted the identity of the run that wants to go on
    /// @throws Fault (MALFORMED_FILE) if the file is damaged, (VERIFICATION) naming the first field that differs
    private static Snapshot read(Path file, Map<String, String> wanted) {
        try (CheckedInputStream checked = new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
                DataInputStream in = new DataInputStream(checked)) {
            if (!in.readUTF().equals(MAGIC)) {
                throw damaged(file);
            }
            Map<String, String> identity = new LinkedHashMap<>();
            int fields = bounded(in.readInt(), MOST_FIELDS, file);
            for (int f = 0; f < fields; f++) {
                identity.put(in.readUTF(), in.readUTF());
            }
            for (Map.Entry<String, String> field : wanted.entrySet()) {
                if (!field.getValue().equals(identity.get(field.getKey()))) {
                    throw Fault.of(
                                    Fault.Kind.VERIFICATION,
                                    "The checkpoint is of a run with other " + field.getKey()
                                            + "; give this run a checkpoint file of its own, or remove the old one.")
                            .at(file.toString());
                }
            }
            Snapshot snapshot = read(in, file, identity);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw damaged(file);
            }
            return snapshot;
        } catch (EOFException | java.io.UTFDataFormatException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "The checkpoint cannot be read (" + e.getMessage() + ").")
                    .at(file.toString());
        }
    }

    private static Snapshot read(DataInputStream in, Path file, Map<String, String> identity) throws IOException {
        long size = Files.size(file);
        int[] numbers = new int[bounded(in.readInt(), MOST_FIELDS, file)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readInt();
        }
        double[][] arrays = new double[bounded(in.readInt(), MOST_FIELDS, file)][];
        for (int a = 0; a < arrays.length; a++) {
            arrays[a] = new double[bounded(in.readInt(), size / Double.BYTES, file)];
            for (int i = 0; i < arrays[a].length; i++) {
                arrays[a][i] = in.readDouble();
            }
        }
        List<String> texts = new ArrayList<>();
        int lines = bounded(in.readInt(), size, file);
        for (int t = 0; t < lines; t++) {
            byte[] utf8 = new byte[bounded(in.readInt(), size, file)];
            in.readFully(utf8);
            texts.add(new String(utf8, StandardCharsets.UTF_8));
        }
        int count = bounded(in.readInt(), size, file);
        List<Epoch> epochs = new ArrayList<>();
        for (int e = 0; e < count; e++) {
            epochs.add(new Epoch(
                    in.readInt(),
                    in.readInt(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readInt()));
        }
        return new Snapshot(identity, numbers, arrays, texts, epochs);
    }

    /// A count that a damaged file cannot make larger than the file itself.
    private static int bounded(int count, long most, Path file) {
        if (count < 0 || count > most) {
            throw damaged(file);
        }
        return count;
    }

    private static Fault damaged(Path file) {
        return Fault.of(
                        Fault.Kind.MALFORMED_FILE,
                        "The checkpoint is damaged or not one of this program; remove it to start anew.")
                .at(file.toString());
    }
}
