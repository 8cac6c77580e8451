package dev.assay.report;

import dev.assay.fault.Fault;
import dev.assay.files.AtomicFile;
import dev.assay.files.Tree;
import dev.assay.report.internal.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The page of a run: one HTML file with everything inside.
///
/// The same report gives the same bytes. The page's content security policy lets it run its own two scripts,
/// known by their digests, and load nothing.
public final class ReportPage {
    private ReportPage() {}

    /// The whole page as HTML, about one megabyte of which is the chart library.
    public static String render(Report report) {
        return new Page(report).html();
    }

    /// Writes the page as UTF-8. It is written beside the target and moved into place, so that a reader sees
    /// the old page or the new one, never a part.
    ///
    /// @throws Fault of kind [Fault.Kind#STORAGE] if the file cannot be written
    public static void write(Report report, Path file) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw Fault.of(Fault.Kind.STORAGE, "A report needs a file name, and this is a folder; name a file in it.")
                    .at(file.toString());
        }
        byte[] bytes = render(report).getBytes(StandardCharsets.UTF_8);
        try {
            Tree.makeFolders(folder);
            AtomicFile.write(target, bytes);
        } catch (IOException e) {
            throw Fault.of(
                            Fault.Kind.STORAGE,
                            "The report could not be written; check that the folder can be written and has room.")
                    .at(file.toString())
                    .causedBy(e);
        }
    }
}
