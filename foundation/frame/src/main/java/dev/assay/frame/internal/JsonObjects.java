package dev.assay.frame.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// The objects of JSON Lines or of a JSON array, one after the other, with their keys and values
/// exactly as they are written: `a` and `A` are two keys, `-0` and `1e5` stay so. Memory: a line, or an
/// object. Close it.
final class JsonObjects implements Closeable {
    private static final int DIGITS = 100_000;
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final Limits limits;
    private final JsonFactory factory;
    private final @Nullable JsonParser array;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] block = new byte[BLOCK];
    private int at;
    private int inBlock;
    private long lines;
    private long objects;

    /// Takes the members of an object.
    interface Members {
        /// @param token what the value is: a number, string, true, false, null, or the start of an
        ///     object or array
        /// @param text  a number as it is written, a string's content, `true`, `false`, `null`, or the
        ///              JSON of an object or array without blanks
        void member(String key, JsonToken token, String text);
    }

    /// @param lines whether there is an object a line, else they are in one array
    JsonObjects(InputStream in, boolean lines, Limits limits) {
        this.in = in;
        this.limits = limits;
        long most = limits.of(Limit.LINE_BYTES);
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth((int) limits.of(Limit.DEPTH))
                        .maxStringLength((int) Math.min(Integer.MAX_VALUE - 8, most))
                        .maxNameLength((int) Math.min(Integer.MAX_VALUE - 8, most))
                        .maxNumberLength(DIGITS)
                        .build())
                .build();
        array = lines ? null : factory.createParser(ObjectReadContext.empty(), in);
    }

    /// The next object's members.
    ///
    /// @return whether there was one
    /// @throws Fault (MALFORMED_FILE) at its line if it is not well-formed, no object, or beyond a
    /// limit
    boolean next(Members members) throws IOException {
        JsonParser parser = array;
        try {
            if (parser != null) {
                return nextOfArray(parser, members);
            }
            while (readLine()) {
                byte[] bytes = line.toByteArray();
                int from = lines == 1 && startsWithMark(bytes) ? 3 : 0;
                if (isBlank(bytes, from)) {
                    continue;
                }
                try (JsonParser one =
                        factory.createParser(ObjectReadContext.empty(), bytes, from, bytes.length - from)) {
                    object(one, one.nextToken(), members);
                    if (one.nextToken() != null) {
                        throw notObjects();
                    }
                }
                objects++;
                return true;
            }
            return false;
        } catch (StreamConstraintsException e) {
            throw tooLarge(e).at("line " + line(parser));
        } catch (JacksonException e) {
            throw malformed(e).at("line " + line(parser));
        } catch (Fault fault) {
            throw fault.at("line " + line(parser));
        }
    }

    /// Objects so far.
    long objects() {
        return objects;
    }

    /// The line of the last object, counted from 1.
    long line() {
        return line(array);
    }

    private long line(@Nullable JsonParser parser) {
        return parser == null ? lines : parser.currentLocation().getLineNr();
    }

    private boolean nextOfArray(JsonParser parser, Members members) {
        if (objects == 0 && parser.currentToken() == null && parser.nextToken() != JsonToken.START_ARRAY) {
            throw notObjects();
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            if (parser.nextToken() != null) {
                throw notObjects();
            }
            return false;
        }
        if (token == null) {
            return false;
        }
        long from = parser.currentTokenLocation().getByteOffset();
        object(parser, token, members);
        if (parser.currentLocation().getByteOffset() - from > limits.of(Limit.LINE_BYTES)) {
            throw tooLong();
        }
        objects++;
        return true;
    }

    private static void object(JsonParser parser, @Nullable JsonToken start, Members members) {
        if (start != JsonToken.START_OBJECT) {
            throw notObjects();
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            requireUnicode(key);
            JsonToken value = parser.nextToken();
            switch (value) {
                case START_OBJECT, START_ARRAY -> members.member(key, value, nested(parser));
                case VALUE_STRING -> {
                    String text = parser.getString();
                    requireUnicode(text);
                    members.member(key, value, text);
                }
                default -> members.member(key, value, parser.getString());
            }
        }
    }

    /// The object or array that the parser is at the start of, without blanks, numbers as they are
    /// written.
    private static String nested(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                switch (token) {
                    case START_OBJECT -> out.writeStartObject();
                    case END_OBJECT -> out.writeEndObject();
                    case START_ARRAY -> out.writeStartArray();
                    case END_ARRAY -> out.writeEndArray();
                    case PROPERTY_NAME -> out.writeName(parser.currentName());
                    case VALUE_STRING -> {
                        requireUnicode(parser.getString());
                        out.writeString(parser.getString());
                    }
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getString());
                    case VALUE_TRUE -> out.writeBoolean(true);
                    case VALUE_FALSE -> out.writeBoolean(false);
                    default -> out.writeNull();
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > 0) {
                    parser.nextToken();
                }
            } while (depth > 0);
        }
        return text.toString();
    }

    private static void requireUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw FileFormat.malformed("half of a surrogate pair stands alone, which is no Unicode text; mend "
                            + "the program that wrote it.");
                }
                i++;
            }
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf;
    }

    private static boolean isBlank(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /// The bytes up to the next line feed.
    private boolean readLine() throws IOException {
        line.reset();
        lines++;
        while (true) {
            if (at == inBlock) {
                inBlock = in.read(block);
                at = 0;
                if (inBlock <= 0) {
                    inBlock = 0;
                    return line.size() > 0;
                }
            }
            int end = at;
            while (end < inBlock && block[end] != '\n') {
                end++;
            }
            line.write(block, at, end - at);
            if (line.size() > limits.of(Limit.LINE_BYTES)) {
                throw tooLong();
            }
            boolean ended = end < inBlock;
            at = ended ? end + 1 : end;
            if (ended) {
                return true;
            }
        }
    }

    private Fault tooLong() {
        return limits.exceeded(
                Fault.Kind.MALFORMED_FILE,
                Limit.LINE_BYTES,
                "the line is too long, with more than " + limits.of(Limit.LINE_BYTES)
                        + " bytes; look for a quote that is never closed");
    }

    private Fault tooLarge(StreamConstraintsException e) {
        if (String.valueOf(e.getMessage()).contains("depth")) {
            return limits.exceeded(
                            Fault.Kind.MALFORMED_FILE,
                            Limit.DEPTH,
                            "there are more than " + limits.of(Limit.DEPTH) + " levels of JSON within each other")
                    .causedBy(e);
        }
        return String.valueOf(e.getMessage()).contains("Number")
                ? FileFormat.malformed("a number has more than " + DIGITS + " digits; correct it.")
                        .causedBy(e)
                : tooLong().causedBy(e);
    }

    private Fault malformed(JacksonException e) {
        String spoken = array == null ? "JSON Lines" : "JSON";
        String message = String.valueOf(e.getMessage());
        return FileFormat.malformed(
                        message.contains("UTF-8")
                                ? "the file is not UTF-8; convert it."
                                : "the file is not well-formed " + spoken + " here; correct it.")
                .causedBy(e);
    }

    private static Fault notObjects() {
        return FileFormat.malformed("the file is not one of JSON objects; each row must be one object.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
