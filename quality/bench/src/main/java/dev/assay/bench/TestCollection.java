package dev.assay.bench;

import dev.assay.distil.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Documents, topics and judgements in the formats that test collections come in.
///
/// @param documents in the order of their files' names, then as they stand in a file
/// @param topics    text by topic id
/// @param judged    relevance by document id by topic id
record TestCollection(List<Playbook> documents, Map<String, String> topics, Map<String, Map<String, Integer>> judged) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RECORD = Pattern.compile("(?is)<(doc|top)>(.*?)</\\1>");
    private static final Pattern NUMBER =
            Pattern.compile("(?is)<docno>\\s*(\\S+)\\s*</docno>|<num>(?:\\s*Number:)?\\s*(\\S+)");
    private static final Pattern TITLE = Pattern.compile("(?is)<title>(?:\\s*Topic:)?(.*?)(?=<|\\z)");
    // As browsers do: a tag begins with a letter right after the bracket.
    private static final Pattern TAG = Pattern.compile("(?s)<!--.*?-->|</?[A-Za-z!?][^>]*>");

    /// Reads a collection.
    ///
    /// @param documents a file or folder of HTML pages (one document each, its name the id), TREC files
    ///                  (`<DOC><DOCNO>`) or JSON Lines (`_id` or `id`, `title`, `text` or `contents`)
    /// @param topics    TREC topics (`<top>`, whose title is taken), `<DOC><DOCNO>` records, tab-separated id
    ///                  and text, or JSON Lines (`_id` or `id`, `text` or `query`)
    /// @param judged    TREC judgements of four columns, or three after a header line
    static TestCollection read(Path documents, Path topics, Path judged) {
        List<Playbook> found = new ArrayList<>();
        for (Path file : files(documents)) {
            documents(file, found);
        }
        return new TestCollection(found, topics(topics), judgements(judged));
    }

    private static List<Path> files(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void documents(Path file, List<Playbook> into) {
        String name = String.valueOf(file.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".html") || lower.endsWith(".htm")) {
            add(name.substring(0, name.lastIndexOf('.')), "", visible(text(file)), into);
        } else if (lower.endsWith(".jsonl") || lower.endsWith(".json")) {
            for (String line : text(file).lines().filter(l -> !l.isBlank()).toList()) {
                JsonNode row = JSON.readTree(line);
                add(
                        first(row, "_id", "id", "docno"),
                        row.path("title").asString(""),
                        first(row, "text", "contents", "body"),
                        into);
            }
        } else {
            Matcher records = RECORD.matcher(text(file));
            while (records.find()) {
                Matcher number = NUMBER.matcher(records.group(2));
                if (number.find()) {
                    add(number.group(1), "", visible(number.replaceFirst("")), into);
                }
            }
        }
    }

    private static void add(String id, String title, String content, List<Playbook> into) {
        // A document without text can be in no ranking, but it counts in N.
        into.add(Playbook.of(id, title, content.isBlank() ? "." : content));
    }

    private static String first(JsonNode row, String... members) {
        for (String member : members) {
            JsonNode value = row.get(member);
            if (value != null && !value.isNull()) {
                return value.asString();
            }
        }
        return "";
    }

    /// The text that a reader of a page sees.
    static String visible(String html) {
        return TAG.matcher(html.replaceAll("(?is)<(script|style)\\b.*?</\\1>", " "))
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }

    /// Topics, or any file of queries of the same formats.
    static Map<String, String> topics(Path file) {
        String text = text(file);
        Map<String, String> topics = new LinkedHashMap<>();
        if (text.stripLeading().startsWith("{")) {
            for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
                JsonNode row = JSON.readTree(line);
                topics.put(first(row, "_id", "id"), first(row, "text", "query"));
            }
            return topics;
        }
        Matcher records = RECORD.matcher(text);
        while (records.find()) {
            Matcher number = NUMBER.matcher(records.group(2));
            if (number.find()) {
                boolean titled = records.group(1).equalsIgnoreCase("top");
                Matcher title = TITLE.matcher(records.group(2));
                String id = number.group(1) == null ? number.group(2) : number.group(1);
                topics.put(id, titled && title.find() ? title.group(1).strip() : visible(number.replaceFirst("")));
            }
        }
        if (topics.isEmpty()) {
            for (String line : text.lines().filter(l -> l.contains("\t")).toList()) {
                int tab = line.indexOf('\t');
                topics.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return topics;
    }

    private static Map<String, Map<String, Integer>> judgements(Path file) {
        Map<String, Map<String, Integer>> judged = new TreeMap<>();
        for (String line : text(file).lines().filter(l -> !l.isBlank()).toList()) {
            List<String> cells =
                    Pattern.compile("\\s+").splitAsStream(line.strip()).toList();
            if (cells.size() >= 3 && cells.getLast().matches("-?[0-9]+")) {
                judged.computeIfAbsent(cells.getFirst(), t -> new TreeMap<>())
                        .put(cells.get(cells.size() - 2), Integer.parseInt(cells.getLast()));
            }
        }
        return judged;
    }
}
