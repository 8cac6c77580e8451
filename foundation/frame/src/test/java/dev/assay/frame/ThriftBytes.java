package dev.assay.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Thrift's compact protocol, as far as Parquet files need it to be written by hand with any number in
/// them.
final class ThriftBytes {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int before;

    private ThriftBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    private ThriftBytes field(int id, int type) {
        if (id <= before) {
            throw new IllegalArgumentException("fields in order");
        }
        out.write((id - before) << 4 | type);
        before = id;
        return this;
    }

    ThriftBytes i32(int id, int value) {
        return field(id, I32).varint(Integer.toUnsignedLong(value << 1 ^ value >> 31));
    }

    ThriftBytes i64(int id, long value) {
        return field(id, I64).varint(value << 1 ^ value >> 63);
    }

    ThriftBytes text(int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        field(id, BINARY).varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    ThriftBytes struct(int id, ThriftBytes fields) {
        field(id, STRUCT);
        out.writeBytes(fields.bytes());
        return this;
    }

    ThriftBytes structs(int id, long count, ThriftBytes... elements) {
        list(id, count, STRUCT);
        for (ThriftBytes element : elements) {
            out.writeBytes(element.bytes());
        }
        return this;
    }

    ThriftBytes numbers(int id, int... values) {
        list(id, values.length, I32);
        for (int value : values) {
            varint(Integer.toUnsignedLong(value << 1 ^ value >> 31));
        }
        return this;
    }

    ThriftBytes texts(int id, String... texts) {
        list(id, texts.length, BINARY);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            varint(bytes.length);
            out.writeBytes(bytes);
        }
        return this;
    }

    private void list(int id, long count, int type) {
        field(id, LIST);
        if (count < 15) {
            out.write((int) count << 4 | type);
        } else {
            out.write(0xf0 | type);
            varint(count);
        }
    }

    /// The struct with its end.
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(out.toByteArray());
        all.write(0);
        return all.toByteArray();
    }

    /// A Parquet file of this page and footer.
    static byte[] parquet(byte[] page, byte[] footer, int footerLength) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(page);
        all.writeBytes(footer);
        all.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footerLength)
                .array());
        all.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }
}
