package dev.assay.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunReportTest {
    @Test
    void aRecordWithAnyTimesHasSeconds() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RunReport.seconds(start, start.plusMillis(1_250))).isEqualTo(1.25);
        assertThat(RunReport.seconds(start.plusMillis(1_250), start)).isEqualTo(-1.25);
        assertThat(RunReport.seconds(Instant.MIN, Instant.MAX)).isPositive();
    }
}
