package dev.assay.distil.internal.retrieve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.distil.TextAnalysis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentEmbedderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit before a test
    private Path folder;

    @Test
    void aSpaceTakesNoMoreMemoryThanItsFileHasBytes() throws IOException {
        int[][] heads = {
            {Integer.MAX_VALUE, 1, 1},
            {1, Integer.MAX_VALUE, 1},
            {-1, 1, 1},
            {1, -1, 1},
            {1, 1, Integer.MAX_VALUE},
            {1, 1, -1}
        };
        for (int[] head : heads) {
            byte[] bytes = ByteBuffer.allocate(64)
                    .putInt(0x4153_4c53)
                    .putInt(1)
                    .putInt(head[0])
                    .putInt(head[1])
                    .putInt(head[2])
                    .array();
            Path file = Files.write(folder.resolve("space.bin"), bytes);
            assertThatThrownBy(() -> LatentEmbedder.read(file, TextAnalysis.values()[0]))
                    .isInstanceOf(IOException.class);
        }
    }
}
