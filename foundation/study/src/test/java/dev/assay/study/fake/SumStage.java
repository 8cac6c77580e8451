package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Input;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Adds up numbers, and counts how often it did.
public final class SumStage implements Stage<SumStage.In, SumStage.Out> {
    public final AtomicInteger calls = new AtomicInteger();

    public record Total(long sum) {}

    public record In(
            @Input("the numbers to add") Numbers numbers,
            @Input("more of them, by label") Optional<Map<String, Numbers>> more,

            @Setting(value = "what each is multiplied by", defaultsTo = "1")
            int factor) {}

    public record Out(@Artefact("the sum") Total total) {}

    @Override
    public String kind() {
        return "test.sum";
    }

    @Override
    public String summary() {
        return "adds up numbers";
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
        long sum = input.numbers().values().stream().mapToLong(Long::longValue).sum();
        sum += input.more().orElse(Map.of()).values().stream()
                .flatMap(n -> n.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        context.warn("sums can be large");
        return new Out(new Total(sum * input.factor()));
    }
}
