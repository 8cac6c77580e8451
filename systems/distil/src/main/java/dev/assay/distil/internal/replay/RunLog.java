package dev.assay.distil.internal.replay;

import dev.assay.distil.ReplayRun;
import dev.assay.distil.internal.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A log that is only ever appended to. Each line is on the disk when [#append] returns. Thread-safe.
final class RunLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RunLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Opens a log, or begins one. The half of a line that a crash left at the end is moved to a file beside it.
    ///
    /// @throws dev.assay.fault.Fault (STORAGE) if that cannot be done
    static RunLog open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                long whole = whole(channel);
                if (whole < channel.size()) {
                    ByteBuffer torn = ByteBuffer.allocate((int) (channel.size() - whole));
                    channel.read(torn, whole);
                    Files.write(
                            file.resolveSibling(file.getFileName() + ".torn"),
                            torn.array(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    channel.truncate(whole);
                }
                channel.position(whole);
                return new RunLog(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw Storage.fault(file, e);
        }
    }

    /// Where the last whole line ends.
    private static long whole(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /// @throws dev.assay.fault.Fault (STORAGE) if the line is not on the disk
    synchronized void append(ReplayRun run) {
        try {
            ByteBuffer line = ByteBuffer.wrap((run.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException e) {
            throw Storage.fault(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Storage.fault(file, e);
        }
    }
}
