package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipException;

/// One pass over the bytes of a text file before DuckDB sees it: how many records it holds, how long
/// the longest is, and for CSV the fields of the header. DuckDB passes over a last record that is
/// longer than its buffer, so a count of one's own is what tells that all rows came; and a compressed
/// file that expands without end is told here, where nothing of it is kept.
///
/// A record of CSV ends with a line break outside quotes; lines without any byte are no records, unless
/// there is one column alone. A record of JSON Lines is a line with more than blanks, one of a JSON
/// array an object in it.
///
/// @param records rows of the table
/// @param longest bytes of the longest record
/// @param header  the first record of CSV as it is written, empty for JSON
record TextSurvey(long records, long longest, byte[] header) {
    /// What stands in the file.
    ///
    /// @throws Fault (MALFORMED_FILE) if a record, the number of columns, the depth of JSON or the
    ///     expansion is beyond its limit, at `line n`, or if the compression is damaged
    /// @throws SQLException if DuckDB cannot decompress it
    static TextSurvey of(Database database, Path file, FileFormat format, Limits limits) throws SQLException {
        return of(database, file, format, limits, Limits.FREE_BYTES);
    }

    /// The same where a compressed file may always become so many bytes.
    static TextSurvey of(Database database, Path file, FileFormat format, Limits limits, long free)
            throws SQLException {
        try (InputStream in = open(database, file, format, limits)) {
            long most = format.compression().equals("none") ? Long.MAX_VALUE : allowed(Files.size(file), limits, free);
            return new SurveyPass(format, limits, most).over(in);
        } catch (EOFException | ZipException e) {
            throw FileFormat.malformed("the file is damaged, cut short or has a line that is too long; make it anew.")
                    .causedBy(e);
        } catch (IOException e) {
            throw Fault.of(Fault.Kind.MISSING_FILE, "the file cannot be read; check the disk.")
                    .causedBy(e);
        }
    }

    private static InputStream open(Database database, Path file, FileFormat format, Limits limits)
            throws IOException, SQLException {
        return format.compression().equals("zstd") ? new LinesOfZstd(database, file, limits) : open(file, format);
    }

    /// The bytes of a file that is not compressed, or by gzip.
    static InputStream open(Path file, FileFormat format) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return format.compression().equals("gzip") ? new GzipBytes(bytes) : bytes;
    }

    private static long allowed(long bytes, Limits limits, long free) {
        double most = (double) bytes * limits.of(Limit.EXPANSION);
        return Math.max(free, most > Long.MAX_VALUE ? Long.MAX_VALUE : (long) most);
    }

    /// @throws Fault (MALFORMED_FILE) if the reader gave fewer rows than there are records
    void requireAll(long rows) {
        if (records > rows) {
            throw FileFormat.malformed("only " + rows + " of " + records + " rows can be read; the file is damaged or "
                    + "its last rows are too long.");
        }
    }
}
