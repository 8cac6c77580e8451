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
import java.time.Instant;
import java.util.function.Function;

/// Tells what happens, to the run's `events.jsonl` first and then to the listener, one event at a time.
///
/// Each event but progress is flushed, so that a killed run's file ends with what last happened. A plain
/// stream, since a channel would be closed by the interrupt of any thread that speaks.
final class EventStream implements AutoCloseable {
    private final Path file;
    private final Writer log;
    private final EventListener listener;
    private final Clock clock;
    private final Discretion discretion;

    /// @param discretion what may be told, here and to the listener
    EventStream(OwnFolder files, Path file, EventListener listener, Clock clock, Discretion discretion) {
        this.discretion = discretion;
        this.file = file;
        this.listener = listener;
        this.clock = clock;
        this.log = new BufferedWriter(new OutputStreamWriter(files.create(file), StandardCharsets.UTF_8));
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
            log.write(Json.line(now));
            log.write('\n');
            if (!(now instanceof Event.Progress)) {
                log.flush();
            }
        } catch (IOException e) {
            throw Unwritable.fault(e, file, "workspace");
        }
        listener.on(now);
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
