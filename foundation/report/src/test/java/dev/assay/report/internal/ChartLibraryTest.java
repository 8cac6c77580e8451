package dev.assay.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChartLibraryTest {
    /// Of `dist/echarts.min.js` in the package `echarts` 6.1.0 as it was published.
    private static final String SHA256 = "b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0";

    @Test
    void isTheFileThatWasPublished() throws Exception {
        try (InputStream in = Asset.class.getResourceAsStream("/dev/assay/report/echarts-6.1.0/echarts.min.js")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SHA256);
        }
        assertThat(Asset.CHARTS.source()).contains("version=\"6.1.0\"");
    }
}
