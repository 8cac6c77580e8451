package dev.assay.bench;

import dev.assay.distil.Playbook;
import dev.assay.distil.RagSample;
import dev.assay.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Documents, topics and judgements in the formats that test collections come in.
///
/// @param documents in the order of their files' names, then as they stand in a file
/// @param topics    text by topic id
/// @param judged    relevance by document id by topic id
record TestCollection(List<Playbook> documents, Map<String, String> topics, Map<String, Map<String, Integer>> judged) {
    /// A document without text can be in no ranking, but it counts in N.
    private static final String NOTHING = ".";

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
    ///                  (`<DOC><DOCNO>`) or JSON Lines (`_id`, `id` or `docno`; `title`; `text`, `contents`,
    ///                  `content` or `body`), such as the `rag.jsonl` of an export
    /// @param topics    TREC topics (`<top>`, whose title is taken), `<DOC><DOCNO>` records, tab-separated id
    ///                  and text, or JSON Lines (`_id`, `id` or `task_id`; `text`, `query` or `task`)
    /// @param judged    TREC judgements of four columns, or three after a header line
    /// @throws Fault (MISSING_FILE) if one is not there, (MALFORMED_FILE) if a line of JSON Lines is not JSON,
    ///     (BAD_DATA) if nothing is found in one, two documents have one id, or no topic can be measured
    static TestCollection read(Path documents, Path topics, Path judged) {
        List<Playbook> found = new ArrayList<>();
        for (Path file : files(documents)) {
            documents(file, found);
        }
        if (found.isEmpty()) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "there is no document here: give HTML pages, TREC records (<DOC><DOCNO>) or JSON Lines with"
                                    + " id and text")
                    .at(documents.toString());
        }
        Set<String> ids = new HashSet<>();
        for (Playbook each : found) {
            if (!ids.add(each.id())) {
                throw Fault.of(Fault.Kind.BAD_DATA, "two documents have the id '" + each.id() + "'")
                        .at(documents.toString());
            }
        }
        TestCollection collection = new TestCollection(found, topics(topics), judgements(judged));
        if (collection.judged().keySet().stream().noneMatch(collection::measurable)) {
            throw Fault.of(
                            Fault.Kind.BAD_DATA,
                            "no topic of " + topics.getFileName()
                                    + " has a relevant document here: check that both files name topics alike")
                    .at(judged.toString());
        }
        return collection;
    }

    /// Whether a topic has a text, and a document that is relevant to it.
    boolean measurable(String topic) {
        return topics.containsKey(topic)
                && judged.getOrDefault(topic, Map.of()).values().stream().anyMatch(relevance -> relevance > 0);
    }

    /// Relevant documents of topics that are measured which the collection does not hold. They count as not found.
    long relevantButMissing() {
        Set<String> ids = new HashSet<>();
        documents.forEach(each -> ids.add(each.id()));
        return judged.entrySet().stream()
                .filter(topic -> measurable(topic.getKey()))
                .flatMap(topic -> topic.getValue().entrySet().stream())
                .filter(document -> document.getValue() > 0 && !ids.contains(document.getKey()))
                .count();
    }

    private static List<Path> files(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Fault unreadable(Path file, IOException e) {
        return Fault.of(Fault.Kind.MISSING_FILE, "there is no such file that can be read; check the path")
                .at(file.toString())
                .causedBy(e);
    }

    /// The rows of JSON Lines. Empty lines are left out.
    private static List<JsonNode> rows(Path file, String text) {
        List<JsonNode> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                rows.add(JSON.readTree(line));
            } catch (JacksonException e) {
                throw Fault.of(Fault.Kind.MALFORMED_FILE, "the line is not JSON: write one JSON object a line")
                        .at(file + ":" + number)
                        .causedBy(e);
            }
        }
        return rows;
    }

    private static void documents(Path file, List<Playbook> into) {
        String name = String.valueOf(file.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".html") || lower.endsWith(".htm")) {
            add(name.substring(0, name.lastIndexOf('.')), "", visible(text(file)), into);
        } else if (lower.endsWith(".jsonl") || lower.endsWith(".json")) {
            for (JsonNode row : rows(file, text(file))) {
                if (first(row, "_id", "id", "docno").isEmpty()) {
                    throw Fault.of(Fault.Kind.BAD_DATA, "a document has no id: give each line _id, id or docno")
                            .at(file.toString());
                }
                String content = first(row, "text", "contents", "content", "body");
                String searched = first(row, "embedding_text");
                into.add(new Playbook(
                        first(row, "_id", "id", "docno"),
                        row.path("title").asString(""),
                        content.isBlank() ? NOTHING : content,
                        RagSample.Score.ACCEPTED,
                        "",
                        searched.isEmpty() ? Optional.empty() : Optional.of(searched)));
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
        into.add(Playbook.of(id, title, content.isBlank() ? NOTHING : content));
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
            for (JsonNode row : rows(file, text)) {
                topics.put(first(row, "_id", "id", "task_id"), first(row, "text", "query", "task"));
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
