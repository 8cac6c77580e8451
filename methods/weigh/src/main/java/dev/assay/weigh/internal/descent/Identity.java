package dev.assay.weigh.internal.descent;

import dev.assay.engine.Engine;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.RowBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SHA-256 digests of what a run is about, so that a checkpoint of another run is not mistaken for its own.
final class Identity {
    private static final int BUFFER = 1 << 16;

    private Identity() {}

    /// @param settings with all its fields, as text
    static Map<String, String> of(CalibrationProblem problem, String settings, String seed, Engine engine) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("rows", rows(problem, engine));
        identity.put("targets", text(problem.targets().toString()));
        identity.put("settings", text(settings));
        identity.put("seed", text(seed));
        return identity;
    }

    private static String rows(CalibrationProblem problem, Engine engine) {
        List<RowBlock> blocks = problem.design().blocks();
        MessageDigest all = sha();
        engine.map(blocks.size(), p -> block(blocks.get(p), problem)).forEach(all::update);
        return HexFormat.of().formatHex(all.digest());
    }

    private static byte[] block(RowBlock block, CalibrationProblem problem) {
        MessageDigest sha = sha();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        int[] ids = new int[problem.design().columns()];
        double[] values = new double[ids.length];
        for (int r = 0; r < block.rows(); r++) {
            int row = block.first() + r;
            int count = block.unpack(r, ids, values);
            put(sha, buffer, count);
            put(sha, buffer, Double.doubleToLongBits(problem.designWeights()[row]));
            if (problem.rowBounds().isPresent()) {
                put(
                        sha,
                        buffer,
                        Double.doubleToLongBits(problem.rowBounds().get().lower()[row]));
                put(
                        sha,
                        buffer,
                        Double.doubleToLongBits(problem.rowBounds().get().upper()[row]));
            }
            for (int e = 0; e < count; e++) {
                put(sha, buffer, ids[e]);
                put(sha, buffer, Double.doubleToLongBits(values[e]));
            }
        }
        sha.update(buffer.flip());
        return sha.digest();
    }

    private static void put(MessageDigest sha, ByteBuffer buffer, long value) {
        if (buffer.remaining() < Long.BYTES) {
            sha.update(buffer.flip());
            buffer.clear();
        }
        buffer.putLong(value);
    }

    private static String text(String text) {
        return HexFormat.of().formatHex(sha().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
