package dev.assay.study.internal.run;

import dev.assay.files.OwnFolder;
import dev.assay.files.Unwritable;
import dev.assay.study.Event;
import dev.assay.study.EventListener;
import dev.assay.study.Metric;
import dev.assay.study.internal.store.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Tells what happens, to the run's `events.jsonl` first and then to the listener, one event at a time.
///
/// The listener hears all; of progress the file gets so little that it stays small however long a run
/// takes: an event of a stage when a second has passed since its last one and a fiftieth of the time
/// since its first one. Each event but progress is flushed, so that a killed run's file ends with
/// what last happened. A plain stream, since a channel would be closed by the interrupt of any thread
/// that speaks.
final class EventStream implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int PARTS = 50;

    private final Path file;
    private final Writer log;
    private final EventListener listener;
    private final Clock clock;
    private final Discretion discretion;
    private final Map<String, Written> progress = new HashMap<>();

    /// When progress of a stage was written first and last.
    private record Written(Instant first, Instant last) {}

    /// @param discretion what may be told, here and to the listener
    EventStream(OwnFolder files, Path file, EventListener listener, Clock clock, Discretion discretion) {
        this.discretion = discretion;
        this.file = file;
        this.listener = listener;
        this.clock = clock;
        this.log = new BufferedWriter(new OutputStreamWriter(files.create(file), StandardCharsets.UTF_8));
    }

    /// The present time.
    Instant now() {
        return clock.instant();
    }

    /// Tells an event that is made from the present time, so that times in the stream never fall.
    synchronized void tell(Function<Instant, Event> event) {
        discretion.disclosed(event.apply(clock.instant())).ifPresent(this::tell);
    }

    /// Tells of a measurement that is named after a value of the data, if that may be told.
    void tellMeasuredWithin(String stage, Metric metric) {
        discretion.namedAfterData(stage, metric.name());
        tell(at -> new Event.Measured(at, stage, metric));
    }

    private void tell(Event now) {
        try {
            if (!(now instanceof Event.Progress heard) || isWritten(heard)) {
                log.write(Json.line(now));
                log.write('\n');
            }
            if (!(now instanceof Event.Progress)) {
                log.flush();
            }
        } catch (IOException e) {
            throw Unwritable.fault(e, file, "workspace");
        }
        listener.on(now);
    }

    private boolean isWritten(Event.Progress heard) {
        Written before = progress.get(heard.stage());
        if (before != null) {
            Duration passed = Duration.between(before.last(), heard.at());
            Duration since = Duration.between(before.first(), heard.at());
            if (passed.compareTo(SHORTEST) < 0 || passed.compareTo(since.dividedBy(PARTS)) < 0) {
                return false;
            }
        }
        progress.put(heard.stage(), new Written(before == null ? heard.at() : before.first(), heard.at()));
        return true;
    }

    @Override
    public synchronized void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw Unwritable.fault(e, file, "workspace");
        }
    }
}
