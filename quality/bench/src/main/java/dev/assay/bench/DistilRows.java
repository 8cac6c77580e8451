package dev.assay.bench;

import dev.assay.receipt.CanonicalJson;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/// Any number of rows of about a kilobyte, made of the answers of six models that ship with the project: each round
/// asks the
/// same questions under new ids and with a number in them, so that no two rows are the same.
///
/// `DistilRows DATA ROWS FILE`
public final class DistilRows {
    private DistilRows() {}

    public static void main(String[] args) throws Exception {
        long wanted = Long.parseLong(args[1]);
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(args[0], "zeroeval"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList()) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    CanonicalJson.parse(in.readAllBytes()).forEach(rows::add);
                }
            }
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])), 1 << 20)) {
            for (long i = 0; i < wanted; i++) {
                JsonNode row = rows.get((int) (i % rows.size()));
                long round = i / rows.size();
                Map<String, Object> made = new LinkedHashMap<>();
                made.put("id", row.get("id").stringValue() + "-" + round);
                made.put("generator", row.get("generator").stringValue());
                made.put(
                        "question",
                        "Question " + round + ". " + row.get("question").stringValue());
                made.put(
                        "output",
                        List.of("Round " + round + ": "
                                + row.get("output").get(0).stringValue()));
                made.put("answer", row.get("answer").stringValue());
                made.put("configs", row.get("configs"));
                made.put("source", row.get("source"));
                // Members in the order in which programs write them, not in the canonical one.
                String line = made.entrySet().stream()
                        .map(member -> CanonicalJson.of(member.getKey()) + ": " + CanonicalJson.of(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        System.out.println(wanted + " rows, " + Files.size(Path.of(args[2])) / 1_000_000 + " MB");
    }
}
