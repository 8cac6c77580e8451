package dev.assay.receipt.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A few names, looked up as bytes: by length and first byte, in which most other names differ.
final class NameSet {
    private final byte[][][] byLength;
    private final long[] firstBytes;

    NameSet(Set<String> names) {
        List<byte[]> all = new ArrayList<>();
        names.forEach(name -> all.add(name.getBytes(StandardCharsets.UTF_8)));
        int longest = all.stream().mapToInt(name -> name.length).max().orElse(-1);
        byLength = new byte[longest + 1][][];
        firstBytes = new long[longest + 1];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] =
                    all.stream().filter(name -> name.length == wanted).toArray(byte[][]::new);
            for (byte[] name : byLength[length]) {
                firstBytes[length] |= length == 0 ? -1L : 1L << name[0];
            }
        }
    }

    boolean has(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= byLength.length || (firstBytes[length] >>> bytes[from] & 1) == 0) {
            return false;
        }
        for (byte[] name : byLength[length]) {
            if (Arrays.equals(name, 0, length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
