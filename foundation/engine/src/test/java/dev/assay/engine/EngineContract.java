package dev.assay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every engine promises.
abstract class EngineContract {
    abstract Engine engine();

    @Test
    void resultsComeInPartitionOrder() {
        try (Engine engine = engine()) {
            assertThat(engine.map(1000, p -> p * 2))
                    .isEqualTo(IntStream.range(0, 1000).mapToObj(p -> p * 2).toList());
        }
    }

    @Test
    void nothingToMapGivesNothing() {
        try (Engine engine = engine()) {
            assertThat(engine.map(0, p -> p)).isEmpty();
            assertThatThrownBy(() -> engine.reduce(0, p -> p, Integer::sum))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mergesFollowOneTreeWhateverTheThreads() {
        try (Engine engine = engine()) {
            String tree = engine.reduce(7, Integer::toString, (a, b) -> "(" + a + " " + b + ")");
            assertThat(tree).isEqualTo("((0 (1 2)) ((3 4) (5 6)))");
        }
    }

    @Test
    void workMayUseTheSameEngine() {
        try (Engine engine = engine()) {
            List<Integer> sums = engine.map(20, p -> engine.reduce(50, q -> p + q, Integer::sum));
            assertThat(sums.get(3)).isEqualTo(50 * 3 + 49 * 25);
        }
    }

    @Test
    void theFirstFailureInPartitionOrderIsThrownHoweverTheThreadsRun() {
        try (Engine engine = engine()) {
            for (int round = 0; round < 200; round++) {
                assertThatThrownBy(() -> engine.map(100, p -> {
                            if (p == 57 || p == 31 || p == 93) {
                                throw new IllegalStateException("partition " + p);
                            }
                            return p;
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("partition 31");
            }
        }
    }

    @Test
    void anInterruptEndsTheWork() throws InterruptedException {
        try (Engine engine = engine()) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    engine.map(100_000, p -> {
                        started.countDown();
                        return spin(p);
                    });
                } catch (CancellationException e) {
                    thrown.set(e);
                }
            });
            caller.start();
            started.await();
            caller.interrupt();
            caller.join(10_000);
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        }
    }

    private static double spin(int seed) {
        double x = seed;
        for (int i = 0; i < 10_000; i++) {
            x = Math.sin(x) + 1;
        }
        return x;
    }
}
