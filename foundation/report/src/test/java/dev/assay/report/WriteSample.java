package dev.assay.report;

import java.nio.file.Path;

/// Writes the sample report for people who want to look at the page: the one argument is the file.
final class WriteSample {
    private WriteSample() {}

    public static void main(String[] arguments) {
        ReportPage.write(SampleReport.rich(), Path.of(arguments[0]));
    }
}
