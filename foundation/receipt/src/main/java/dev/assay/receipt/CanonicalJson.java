package dev.assay.receipt;

import dev.assay.receipt.internal.CanonicalScan;
import dev.assay.receipt.internal.CanonicalWriter;
import dev.assay.receipt.internal.PlainBytes;
import dev.assay.receipt.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Canonical JSON by RFC 8785: no white space, members in the order of their names' UTF-16 code units,
/// numbers as ECMAScript writes a double, texts escaped only where JSON must.
///
/// It is the form of ids and of the bytes of receipts. Refused, since a reader would see something else:
/// integers beyond 2^53, NaN and infinities, texts with half of a surrogate pair, names that stand twice in
/// one object. Such values are carried as text.
public final class CanonicalJson {
    private static final ThreadLocal<CanonicalScan> SCAN =
            ThreadLocal.withInitial(() -> new CanonicalScan(Set.of(), Set.of()));

    private CanonicalJson() {}

    /// The canonical text of a JSON tree, or of anything that has one: records, maps, lists, texts, numbers.
    /// Absent optional components of records are left out.
    ///
    /// @throws IllegalArgumentException if it has no canonical form
    public static String of(Object value) {
        return CanonicalWriter.text(StrictJson.tree(value));
    }

    /// The bytes of [#of(Object)] in UTF-8.
    ///
    /// @throws IllegalArgumentException if it has no canonical form
    public static byte[] bytes(Object value) {
        return of(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The canonical form of a JSON text in UTF-8, in bytes: the array itself if that is canonical already.
    /// More than ten times as fast as by way of a tree, except where the text has something rare in it.
    ///
    /// @throws IllegalArgumentException if the bytes are not JSON in UTF-8, or have no canonical form
    public static byte[] canonical(byte[] utf8) {
        CanonicalScan scan = SCAN.get();
        if (!scan.read(utf8, 0, utf8.length)) {
            return bytes(parse(utf8));
        }
        return scan.isUnchanged() ? utf8 : scan.copy();
    }

    /// Where in the bytes of a JSON text something stands that does not stand for itself: the first quote,
    /// backslash or control character from `from` on, `to` if there is none. For those who look for the end
    /// of a text.
    public static int endOfPlain(byte[] utf8, int from, int to) {
        return PlainBytes.end(utf8, from, to);
    }

    /// The first place from `from` on at which a line feed stands, `to` if there is none. For those who read
    /// JSON Lines.
    public static int endOfLine(byte[] utf8, int from, int to) {
        return PlainBytes.lineFeed(utf8, from, to);
    }

    /// A number as it stands in canonical JSON.
    ///
    /// @throws IllegalArgumentException for NaN and infinities
    public static String number(double value) {
        return CanonicalWriter.number(value);
    }

    /// The tree of a JSON text that has a canonical form. `parse(of(x))` equals `x` up to the kind of Java
    /// number that holds a value, and `of(parse(text))` is `text` if that was canonical.
    ///
    /// An integer beyond 2^53 is read only if its digits are the canonical form of a double
    /// (`100000000000000000000` is 1e20).
    ///
    /// @throws IllegalArgumentException if the text is not JSON, or has no canonical form
    public static JsonNode parse(String text) {
        return StrictJson.parse(text);
    }

    /// The tree of a JSON text in UTF-8, as [#parse(String)].
    ///
    /// @throws IllegalArgumentException if the bytes are not JSON in UTF-8, or have no canonical form
    public static JsonNode parse(byte[] utf8) {
        return StrictJson.parse(utf8);
    }
}
