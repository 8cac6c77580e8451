package dev.assay.distil.internal.retrieve;

import dev.assay.receipt.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/// Moves a draft's segment into an index with ids made from what it says.
///
/// Lucene marks each file of a segment with a random id, with which it later notices files that were swapped;
/// two indexes of the same playbooks would differ in it. Here ids come from the content instead. An id stands
/// behind the codec's name at each head in a file (`CodecUtil.writeIndexHeader`), and the last 8 bytes are
/// the CRC-32 of all bytes before them (`CodecUtil.writeFooter`): these places are rewritten, nothing else.
///
/// Files of the index's earlier segments are neither read nor written. The new state appears with the rename of
/// one file; whoever has the index open keeps seeing the old one.
final class SettledSegment {
    private static final int CRC_BYTES = Long.BYTES;
    private static final int BUFFER_BYTES = 1 << 16;
    // Behind the magic number and the length of the codec's name.
    private static final int NAME_AT = Integer.BYTES + 1;

    private SettledSegment() {}

    /// @param draft     the folder and directory of a draft that is finished
    /// @param index     where the index is or shall be
    /// @param directory the same for Lucene
    /// @param content   a digest of what the segment says
    static void move(Path draft, Directory draftDirectory, Path index, Directory directory, Digest content)
            throws IOException {
        SegmentInfos drafted = SegmentInfos.readLatestCommit(draftDirectory);
        if (drafted.size() != 1) {
            throw new IllegalStateException("a draft has one segment, not " + drafted.size());
        }
        SegmentInfos infos = SegmentInfos.getLastCommitGeneration(directory) < 0
                ? new SegmentInfos(Version.LATEST.major)
                : SegmentInfos.readLatestCommit(directory);
        String former = infos.getSegmentsFileName();
        SegmentInfo from = drafted.info(0).info;
        String name = "_" + Long.toString(infos.counter, Character.MAX_RADIX);
        byte[] id = id(content, "segment " + name);
        Set<String> files = new TreeSet<>();
        for (String file : new TreeSet<>(from.files())) {
            String extension = IndexFileNames.getExtension(file);
            if (!"si".equals(extension)) {
                String renamed = name + IndexFileNames.stripSegmentName(file);
                copy(draft.resolve(file), from.getId(), index.resolve(renamed), id);
                files.add(renamed);
            }
        }
        SegmentInfo info = new SegmentInfo(
                directory,
                from.getVersion(),
                from.getMinVersion(),
                name,
                from.maxDoc(),
                false,
                from.getHasBlocks(),
                from.getCodec(),
                Map.of(),
                id,
                from.getAttributes(),
                from.getIndexSort());
        info.setFiles(files);
        Files.deleteIfExists(index.resolve(name + ".si"));
        from.getCodec().segmentInfoFormat().write(directory, info, IOContext.DEFAULT);
        infos.add(new SegmentCommitInfo(info, 0, 0, -1, -1, -1, id(content, "commit " + name)));
        infos.counter++;
        infos.changed();
        directory.sync(info.files());
        commit(infos, index, directory, id(content, "segments " + name));
        if (former != null) {
            Files.deleteIfExists(index.resolve(former));
        }
    }

    private static byte[] id(Digest content, String what) {
        byte[] digest =
                HexFormat.of().parseHex(Digest.of(content.hex() + " " + what).hex());
        return Arrays.copyOf(digest, StringHelper.ID_LENGTH);
    }

    /// Copies a file with another id in place of its own, and the checksum that goes with that.
    private static void copy(Path from, byte[] id, Path to, byte[] newId) throws IOException {
        long left = Files.size(from) - CRC_BYTES;
        CRC32 crc = new CRC32();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), BUFFER_BYTES);
                FileChannel channel = FileChannel.open(
                        to,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int held = 0;
            while (left > 0 || held > 0) {
                int n = in.readNBytes(buffer, held, (int) Math.min(buffer.length - held, left));
                left -= n;
                held += n;
                int seen = replace(buffer, held, id, newId);
                // What may be the beginning of an id stays for the next round.
                int done = left == 0 ? held : Math.max(seen, held - id.length + 1);
                crc.update(buffer, 0, done);
                write(channel, ByteBuffer.wrap(buffer, 0, done));
                System.arraycopy(buffer, done, buffer, 0, held - done);
                held -= done;
            }
            write(channel, ByteBuffer.allocate(CRC_BYTES).putLong(0, crc.getValue()));
            channel.force(true);
        }
    }

    /// Replaces whole ids among the first `length` bytes.
    ///
    /// @return where the last one ends, 0 if there is none
    private static int replace(byte[] bytes, int length, byte[] id, byte[] newId) {
        int end = 0;
        for (int i = 0; i + id.length <= length; i++) {
            if (bytes[i] == id[0] && Arrays.equals(bytes, i, i + id.length, id, 0, id.length)) {
                System.arraycopy(newId, 0, bytes, i, newId.length);
                i += id.length - 1;
                end = i + 1;
            }
        }
        return end;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Writes the list of segments under a name of its own and renames it.
    private static void commit(SegmentInfos infos, Path index, Directory directory, byte[] id) throws IOException {
        long generation = Math.max(0, infos.getGeneration()) + 1;
        infos.setNextWriteGeneration(generation);
        byte[] bytes;
        try (Directory memory = new ByteBuffersDirectory()) {
            try (IndexOutput out = memory.createOutput("segments", IOContext.DEFAULT)) {
                infos.write(out);
            }
            try (IndexInput in = memory.openInput("segments", IOContext.READONCE)) {
                bytes = new byte[(int) in.length()];
                in.readBytes(bytes, 0, bytes.length);
            }
        }
        System.arraycopy(id, 0, bytes, NAME_AT + bytes[Integer.BYTES] + Integer.BYTES, id.length);
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - CRC_BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - CRC_BYTES, crc.getValue());
        String name = IndexFileNames.fileNameFromGeneration(IndexFileNames.SEGMENTS, "", generation);
        Path pending = index.resolve(IndexFileNames.PENDING_SEGMENTS + "_" + generation);
        Files.write(pending, bytes);
        try (FileChannel channel = FileChannel.open(pending, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(pending, index.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        directory.syncMetaData();
    }
}
