package dev.assay.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadBackAndHasTheSameBytes() throws Exception {
        Path run = new Fabricated(folder).write();
        ReceiptReader reader = ReceiptReader.at(run);
        assertThat(reader.summary().overallPassed()).isTrue();
        assertThat(reader.stages()).extracting(StageRecord::stage).containsExactly("collect", "score", "export");
        for (StageRecord record : reader.stages()) {
            assertThat(Files.readAllBytes(run.resolve("receipts/" + record.stage() + ".record.json")))
                    .isEqualTo(CanonicalJson.bytes(record));
        }
    }

    @Test
    void aRunAgreesWithItsReceipts() {
        Fabricated fabricated = new Fabricated(folder);
        Path run = fabricated.write();
        DriftReport drift =
                Drift.compare(java.util.Optional.empty(), run, DriftSettings.standard(), fabricated.clock());
        ReceiptWriter.at(run).drift(drift, DriftSettings.standard());
        Verification verification = ReceiptVerifier.verify(run);
        assertThat(verification.problems()).isEmpty();
        assertThat(verification.consistent()).isTrue();
        assertThat(ReceiptReader.at(run).drift()).isEqualTo(drift);
    }
}
