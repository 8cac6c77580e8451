package dev.assay.distil.internal.retrieve;

import dev.assay.distil.Playbook;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The playbooks that an index holds before others are added.
final class Known implements Closeable {
    private final @Nullable OpenIndex index;
    private final Map<String, Integer> documents = new HashMap<>();

    private Known(@Nullable OpenIndex index) throws IOException {
        this.index = index;
        List<String> ids = index == null ? List.of() : index.ids();
        for (int i = 0; i < ids.size(); i++) {
            documents.put(ids.get(i), i);
        }
    }

    /// Those in a folder of Lucene's; none if it is empty.
    static Known in(Path segments) throws IOException {
        try (Stream<Path> files = Files.list(segments)) {
            if (files.findAny().isEmpty()) {
                return new Known(null);
            }
        }
        OpenIndex index = OpenIndex.in(segments);
        try {
            return new Known(index);
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /// Their ids, as a set of the caller's own.
    Set<String> ids() {
        return new HashSet<>(documents.keySet());
    }

    /// Whether a playbook of this id is there and says something else: it was scored anew, or comes from
    /// another run.
    boolean differs(Playbook playbook) throws IOException {
        Integer document = documents.get(playbook.id());
        if (index == null || document == null) {
            return false;
        }
        Playbook there = index.playbook(document);
        return !there.score().equals(playbook.score())
                || !there.sourceRunId().equals(playbook.sourceRunId())
                || !there.title().equals(playbook.title())
                || !there.content().equals(playbook.content());
    }

    @Override
    public void close() throws IOException {
        if (index != null) {
            index.close();
        }
    }
}
