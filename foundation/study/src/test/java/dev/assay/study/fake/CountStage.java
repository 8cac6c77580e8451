package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Metric;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// Counts, and counts how often it did. Has a setting of each type.
public final class CountStage implements Stage<CountStage.In, CountStage.Out> {
    public final AtomicInteger calls = new AtomicInteger();

    public enum Order {
        UP,
        DOWN_FROM_TOP
    }

    public record Marks(
            @Setting("the mark") String mark,

            @Setting(value = "how often", defaultsTo = "2", min = 1)
            int times) {
        public Marks {
            if (mark.isBlank()) {
                throw new IllegalArgumentException("a mark must not be blank");
            }
        }
    }

    public record In(
            @Setting(value = "the last number", min = 1, max = 1000)
            int upTo,

            @Setting(value = "which way", defaultsTo = "up") Order order,

            @Setting(value = "a share", defaultsTo = "0.5", min = 0, max = 1)
            double share,

            @Setting(value = "whether loud", defaultsTo = "false")
            boolean loud,

            @Setting(value = "a large number", defaultsTo = "9007199254740993")
            long large,

            @Setting(value = "columns", defaultsTo = "[a, b]")
            List<String> columns,

            @Setting(value = "weights", defaultsTo = "") List<Double> weights,
            @Setting(value = "renamed", defaultsTo = "{}") Map<String, String> renamed,
            @Setting("a remark") Optional<String> remark,

            @Setting(value = "marks", defaultsTo = "{mark: x}")
            Marks marks) {}

    public record Out(
            @Artefact("the numbers") Numbers numbers,
            @Artefact("the last of them") Numbers last) {}

    @Override
    public String kind() {
        return "test.count";
    }

    @Override
    public String summary() {
        return "counts to a number";
    }

    @Override
    public Class<In> input() {
        return In.class;
    }

    @Override
    public Class<Out> output() {
        return Out.class;
    }

    @Override
    public Out run(In input, StageContext context) {
        calls.incrementAndGet();
        context.count("records_out", input.upTo());
        context.measured(Metric.exact("last", input.upTo(), input.upTo()));
        context.measured(
                Metric.estimate("mean", input.upTo() / 2.0, input.upTo() / 2.0 - 1, input.upTo() / 2.0 + 1, 9, "row"));
        List<Long> values = LongStream.rangeClosed(1, input.upTo()).boxed().toList();
        return new Out(
                new Numbers(input.marks().mark(), input.order() == Order.UP ? values : values.reversed()),
                new Numbers("last", List.of((long) input.upTo())));
    }
}
