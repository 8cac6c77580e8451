package dev.assay.study.fake;

import dev.assay.study.Artefact;
import dev.assay.study.Destination;
import dev.assay.study.Origin;
import dev.assay.study.Setting;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Would send something, and counts how often it was let.
public final class SenderStage implements Stage<SenderStage.In, SenderStage.Out> {
    public final AtomicInteger sent = new AtomicInteger();

    public record In(
            @Setting(value = "where to, known from the start", form = Setting.Form.BASE_URL)
            Optional<String> baseUrl,

            @Setting(value = "where to, known only when it runs", form = Setting.Form.BASE_URL)
            Optional<String> later,

            @Setting(value = "the key", form = Setting.Form.KEY_VARIABLE)
            Optional<String> keyVariable) {}

    public record Out(@Artefact("what came back") Numbers made) {}

    @Override
    public String kind() {
        return "test.send";
    }

    @Override
    public String summary() {
        return "sends something";
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
    public List<Destination> destinations(Map<String, Object> settings) {
        return settings.get("base-url") instanceof String url
                ? List.of(destination(url, Optional.ofNullable((String) settings.get("key-variable"))))
                : List.of();
    }

    private static Destination destination(String url, Optional<String> variable) {
        return new Destination(Origin.of(url), "numbers", variable);
    }

    @Override
    public Out run(In input, StageContext context) {
        input.baseUrl().ifPresent(url -> send(url, input, context));
        input.later().ifPresent(url -> send(url, input, context));
        return new Out(new Numbers("sent", List.of(1L)));
    }

    private void send(String url, In input, StageContext context) {
        context.permissions().to(destination(url, input.keyVariable()));
        sent.incrementAndGet();
    }
}
