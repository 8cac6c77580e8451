package dev.assay.report.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A script or style sheet that stands inside the page, and the digest by which the page's policy knows it.
///
/// @param source the text as the browser sees it
/// @param policy the source expression of the content security policy, `'sha256-...'`
record Asset(String source, String policy) {
    /// The chart library: the file of its package as it was published, since no jar of this version is.
    static final Asset CHARTS = load("/dev/assay/report/echarts-6.1.0/echarts.min.js");
    /// The page's own script.
    static final Asset SCRIPT = load("report.js");
    /// The page's style sheet.
    static final Asset STYLE = load("report.css");

    private static Asset load(String name) {
        try (InputStream in = Asset.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page's " + name + " is missing from the class path");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the page's " + name + " cannot be read from the class path", e);
        }
    }

    /// An asset with this source. Line ends become single, as the browser makes them before it takes the digest.
    ///
    /// @throws IllegalArgumentException if the source would end its own element
    static Asset of(String text) {
        String source = text.replace("\r\n", "\n").replace('\r', '\n');
        String lower = source.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("</script") || lower.contains("</style") || lower.contains("<!--")) {
            throw new IllegalArgumentException("a script or style sheet of the page would end its own element");
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return new Asset(source, "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
