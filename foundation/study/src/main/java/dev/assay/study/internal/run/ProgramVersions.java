package dev.assay.study.internal.run;

import dev.assay.receipt.BuilderVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The versions of the program and of Java, for receipts. They stand in a resource that the build fills in.
final class ProgramVersions {
    private static final String RESOURCE = "/dev/assay/study/versions.properties";

    private ProgramVersions() {}

    static BuilderVersions current() {
        Properties versions = new Properties();
        try (InputStream in = ProgramVersions.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                versions.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuilderVersions(
                versions.getProperty("assay", "unknown"), Runtime.version().toString());
    }
}
