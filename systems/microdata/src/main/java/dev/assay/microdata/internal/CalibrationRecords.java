package dev.assay.microdata.internal;

import dev.assay.microdata.CalibrationChoices;
import dev.assay.microdata.CalibrationRecord;
import dev.assay.receipt.Digest;
import dev.assay.weigh.CalibrationModel;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.TargetTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes records of calibrations, and the digests in them.
public final class CalibrationRecords {
    private CalibrationRecords() {}

    /// The record of a calibration.
    ///
    /// @param caveat why it alone does not make these weights, if so
    public static CalibrationRecord of(
            WeighingTables tables,
            Weighing weighing,
            CalibrationChoices choices,
            CalibrationModel model,
            CalibrationResult result,
            Optional<String> caveat) {
        double[] before = model.problem().design().totals(model.problem().designWeights());
        List<CalibrationRecord.Total> totals = new ArrayList<>();
        List<TargetTable.Row> rows = weighing.targets().rows();
        for (int j = 0; j < rows.size(); j++) {
            TargetTable.Row row = rows.get(j);
            totals.add(new CalibrationRecord.Total(
                    row.name(),
                    row.table(),
                    row.variable(),
                    row.filter(),
                    row.value(),
                    row.tolerance(),
                    Double.isInfinite(row.cost()) ? Optional.empty() : Optional.of(row.cost()),
                    row.floor(),
                    before[j]));
        }
        int[] order = order(weighing);
        return new CalibrationRecord(
                CalibrationRecord.SCHEMA,
                result.status().name().toLowerCase(Locale.ROOT),
                new CalibrationRecord.Tables(
                        tables.sampleTable(),
                        tables.personsTable(),
                        tables.key(),
                        tables.weight(),
                        tables.regionKey(),
                        tables.allowZeroWeights(),
                        tables.missing()),
                choices,
                totals,
                order.length,
                keys(weighing, order),
                values(weighing, choices, model.problem(), order),
                weights(result.weights(), order),
                caveat);
    }

    /// The targets of a record; as they come from no file, they stand on no line.
    public static TargetTable targets(CalibrationRecord record) {
        List<TargetTable.Row> rows = new ArrayList<>();
        for (CalibrationRecord.Total total : record.targets()) {
            rows.add(new TargetTable.Row(
                    total.name(),
                    total.table(),
                    total.variable(),
                    total.filter(),
                    total.value(),
                    total.tolerance(),
                    total.cost().orElse(Double.POSITIVE_INFINITY),
                    total.floor(),
                    0,
                    "",
                    rows.size() + 2));
        }
        return new TargetTable(rows, List.of());
    }

    /// The rows of the sample in ascending order of their keys; in its own where they have none.
    static int[] order(Weighing weighing) {
        Integer[] order = new Integer[weighing.sample().rows()];
        Arrays.setAll(order, i -> i);
        if (weighing.isKeyed()) {
            List<String> keys = weighing.rowKeys();
            Arrays.sort(order, Comparator.comparing(keys::get));
        }
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    static Digest keys(Weighing weighing, int[] order) {
        Feed feed = new Feed("keys");
        if (weighing.isKeyed()) {
            List<String> keys = weighing.rowKeys();
            for (int i : order) {
                feed.text(keys.get(i));
            }
        } else {
            feed.number(order.length);
        }
        return feed.digest();
    }

    static Digest values(Weighing weighing, CalibrationChoices choices, CalibrationProblem problem, int[] order) {
        Feed feed = new Feed("values");
        List<String> keys = weighing.isKeyed() ? weighing.rowKeys() : List.of();
        List<String> clusters = choices.cluster().map(weighing::labels).orElse(List.of());
        int[] ids = new int[problem.design().columns()];
        double[] values = new double[ids.length];
        for (int i : order) {
            feed.text(keys.isEmpty() ? "" : keys.get(i));
            feed.number(problem.designWeights()[i]);
            feed.number(problem.q()[i]);
            feed.text(clusters.isEmpty() ? "" : clusters.get(i));
            problem.rowBounds().ifPresent(bounds -> {
                feed.number(bounds.lower()[i]);
                feed.number(bounds.upper()[i]);
            });
            RowBlock block = problem.design().block(i);
            int count = block.unpack(i - block.first(), ids, values);
            feed.number(count);
            for (int e = 0; e < count; e++) {
                feed.number(ids[e]);
                feed.number(values[e]);
            }
        }
        return feed.digest();
    }

    static Digest weights(double[] weights, int[] order) {
        Feed feed = new Feed("weights");
        for (int i : order) {
            feed.number(weights[i]);
        }
        return feed.digest();
    }

    /// Numbers and texts on their way into a digest, so that no two series of them are the same bytes.
    private static final class Feed {
        private final MessageDigest sha;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

        Feed(String what) {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every platform has SHA-256", e);
            }
            text(CalibrationRecord.SCHEMA + " " + what);
        }

        void number(double value) {
            if (buffer.remaining() < Double.BYTES) {
                flush();
            }
            buffer.putDouble(value == 0 ? 0 : value);
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            flush();
            sha.update(bytes);
        }

        private void flush() {
            sha.update(buffer.array(), 0, buffer.position());
            buffer.clear();
        }

        Digest digest() {
            flush();
            return new Digest(HexFormat.of().formatHex(sha.digest()));
        }
    }
}
