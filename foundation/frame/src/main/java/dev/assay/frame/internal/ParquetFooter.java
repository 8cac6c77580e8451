package dev.assay.frame.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A look through the footer of a Parquet file before anybody makes room for what it announces: a list
/// that has more elements than the footer has bytes left is none.
///
/// The footer is a structure in Thrift's compact protocol, whose lists state their length first (Apache
/// Thrift, doc/specs/thrift-compact-protocol.md); every element takes a byte at least.
final class ParquetFooter {
    private static final int TAIL = 8;
    private static final int DEEPEST = 64;
    private static final String MAGIC = "PAR1";

    private static final int STOP = 0;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    /// Where names of columns lie in the footer, as numbers of fields (parquet.thrift):
    /// `FileMetaData.schema.name` and `FileMetaData.row_groups.columns.meta_data.path_in_schema`.
    private static final List<List<Integer>> NAMES = List.of(List.of(2, 4), List.of(4, 1, 3, 3));

    /// Where notes lie: `FileMetaData.key_value_metadata.key` and `value`.
    private static final List<Integer> KEY = List.of(5, 1);

    private static final List<Integer> VALUE = List.of(5, 2);

    /// A text of the footer.
    ///
    /// @param head where its length begins
    /// @param from where it begins itself
    private record Place(int head, int from, int length, boolean isKey) {}

    private final ByteBuffer bytes;
    private final List<Integer> path = new ArrayList<>();
    private final List<Place> names = new ArrayList<>();
    private final List<Place> notes = new ArrayList<>();

    private ParquetFooter(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// Gives columns of a file that DuckDB has just written other names, which it would not let stand
    /// beside each other.
    ///
    /// @param names new names by those in the file, each of the same length in UTF-8
    /// @throws IOException if the file cannot be read or written
    static void rename(Path file, Map<String, String> names) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            ParquetFooter walk = written(out);
            long start = out.length() - TAIL - walk.bytes.limit();
            for (Place place : walk.names) {
                String name = names.get(walk.text(place));
                if (name != null) {
                    out.seek(start + place.from());
                    out.write(name.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /// Gives a file that DuckDB has just written another text under a key that it has.
    ///
    /// @throws IOException if the file cannot be read or written, or does not have the key
    static void note(Path file, String key, String text) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            ParquetFooter walk = written(out);
            Place old = walk.value(key);
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            byte[] footer = walk.bytes.array();
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            changed.write(footer, 0, old.head());
            int left = value.length;
            for (; left > 0x7F; left >>>= 7) {
                changed.write(left | 0x80);
            }
            changed.write(left);
            changed.write(value);
            int behind = old.from() + old.length();
            changed.write(footer, behind, footer.length - behind);
            int length = changed.size();
            changed.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .array());
            changed.write(MAGIC.getBytes(StandardCharsets.ISO_8859_1));
            out.seek(out.length() - TAIL - footer.length);
            out.write(changed.toByteArray());
            out.setLength(out.getFilePointer());
        }
    }

    /// The footer of a file that DuckDB has written.
    private static ParquetFooter written(RandomAccessFile file) throws IOException {
        byte[] tail = new byte[TAIL];
        file.seek(file.length() - TAIL);
        file.readFully(tail);
        byte[] footer =
                new byte[ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        file.seek(file.length() - TAIL - footer.length);
        file.readFully(footer);
        ParquetFooter walk = new ParquetFooter(ByteBuffer.wrap(footer));
        if (!walk.struct(0)) {
            throw new IOException("the footer cannot be understood");
        }
        return walk;
    }

    private String text(Place place) {
        return new String(bytes.array(), place.from(), place.length(), StandardCharsets.UTF_8);
    }

    /// The value behind a key.
    private Place value(String key) throws IOException {
        for (int i = 0; i + 1 < notes.size(); i++) {
            if (notes.get(i).isKey()
                    && text(notes.get(i)).equals(key)
                    && !notes.get(i + 1).isKey()) {
                return notes.get(i + 1);
            }
        }
        throw new IOException("the footer has no note " + key);
    }

    /// Whether what the footer counts fits into it. What is no footer at all, or an encrypted one, is
    /// left to the reader, which says so.
    ///
    /// @throws IOException if the file cannot be read
    static boolean countsWhatItHolds(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            if (size < TAIL + MAGIC.length()) {
                return true;
            }
            byte[] tail = new byte[TAIL];
            in.seek(size - TAIL);
            in.readFully(tail);
            long length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
            boolean plain =
                    new String(tail, TAIL - MAGIC.length(), MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC);
            if (!plain || length <= 0 || length > size - TAIL - MAGIC.length()) {
                return true;
            }
            byte[] footer = new byte[(int) length];
            in.seek(size - TAIL - length);
            in.readFully(footer);
            return new ParquetFooter(ByteBuffer.wrap(footer)).struct(0);
        }
    }

    private boolean struct(int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        int field = 0;
        while (bytes.hasRemaining()) {
            int head = bytes.get() & 0xFF;
            int type = head & 0xF;
            if (type == STOP) {
                return true;
            }
            if (head >> 4 == 0) {
                long zigzag = varint();
                if (zigzag < 0) {
                    return false;
                }
                field = (int) (zigzag >>> 1) ^ -(int) (zigzag & 1);
            } else {
                field += head >> 4;
            }
            path.add(field);
            // The value of a boolean field is its type.
            if (type > FALSE && !value(type, depth)) {
                return false;
            }
            path.removeLast();
        }
        return false;
    }

    private boolean value(int type, int depth) {
        return switch (type) {
            case 1, FALSE, BYTE -> skip(1);
            case 4, 5, I64 -> varint() >= 0;
            case DOUBLE -> skip(Double.BYTES);
            case BINARY -> text();
            case LIST, SET -> list(depth);
            case MAP -> map(depth);
            case STRUCT -> struct(depth + 1);
            default -> false;
        };
    }

    private boolean text() {
        int head = bytes.position();
        long length = varint();
        int from = bytes.position();
        if (!skip(length)) {
            return false;
        }
        boolean isKey = path.equals(KEY);
        if (NAMES.contains(path)) {
            names.add(new Place(head, from, (int) length, false));
        } else if (isKey || path.equals(VALUE)) {
            notes.add(new Place(head, from, (int) length, isKey));
        }
        return true;
    }

    private boolean list(int depth) {
        if (!bytes.hasRemaining()) {
            return false;
        }
        int head = bytes.get() & 0xFF;
        long size = head >> 4 == 0xF ? varint() : head >> 4;
        return elements(size, depth, head & 0xF);
    }

    private boolean map(int depth) {
        long size = varint();
        if (size == 0) {
            return true;
        }
        if (size < 0 || !bytes.hasRemaining()) {
            return false;
        }
        int types = bytes.get() & 0xFF;
        return elements(size, depth, types >> 4, types & 0xF);
    }

    private boolean elements(long size, int depth, int... types) {
        if (size < 0 || size * types.length > bytes.remaining() || depth > DEEPEST) {
            return false;
        }
        for (long i = 0; i < size; i++) {
            for (int type : types) {
                if (!value(type, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean skip(long length) {
        if (length < 0 || length > bytes.remaining()) {
            return false;
        }
        bytes.position(bytes.position() + (int) length);
        return true;
    }

    /// A number of up to 64 bits; its sign does not matter for those that are passed over. Below 0 if
    /// it does not end, or is no length.
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && bytes.hasRemaining(); shift += 7) {
            byte b = bytes.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value & Long.MAX_VALUE;
            }
        }
        return -1;
    }
}
