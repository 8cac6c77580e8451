package dev.assay.distil.internal.retrieve;

import dev.assay.chance.Seed;
import dev.assay.distil.IndexManifest;
import dev.assay.distil.IndexSettings;
import dev.assay.distil.Playbook;
import dev.assay.distil.Playbooks;
import dev.assay.distil.RetrievalIndex;
import dev.assay.distil.VectorSource;
import dev.assay.distil.internal.endpoint.Sent;
import dev.assay.engine.Engine;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.study.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/// Writes index folders: `index.json`, `lucene/`, and `space.bin` if the vectors are latent. Nothing is written
/// outside the folder.
public final class IndexFolder {
    static final String SEGMENTS = "lucene";
    static final String SPACE = "space.bin";
    private static final String DRAFT = ".draft";

    private IndexFolder() {}

    /// Makes an index in a folder that does not exist or is empty.
    ///
    /// @param permissions asked before texts are sent to an end point
    public static RetrievalIndex.Change create(
            Path folder,
            IndexSettings settings,
            Playbooks playbooks,
            Seed seed,
            Engine engine,
            Permissions permissions) {
        try {
            Files.createDirectories(folder);
            if (holdsAnything(folder)) {
                throw Fault.of(
                                Fault.Kind.BAD_SETTING,
                                "the folder is not empty: give a new one, or add to the index that is there")
                        .at(folder.toString());
            }
            Optional<Digest> space = Optional.empty();
            Embedder embedder = null;
            if (settings.vectors() instanceof VectorSource.Latent latent) {
                LatentEmbedder fitted =
                        LatentEmbedder.fit(playbooks, settings.analysis(), latent.dimensions(), seed, engine);
                fitted.write(folder.resolve(SPACE));
                space = Optional.of(Digest.ofFile(folder.resolve(SPACE)));
                embedder = fitted;
            } else if (settings.vectors() instanceof VectorSource.Embedded embedded) {
                embedder = new EndPointEmbedder(embedded, Sent.SAMPLES, permissions);
            }
            Files.createDirectories(folder.resolve(SEGMENTS));
            return write(folder, settings, playbooks, embedder, space);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(folder, e);
        }
    }

    /// Adds those playbooks whose ids are not there yet.
    ///
    /// @param permissions asked before texts are sent to the end point that the index names
    public static RetrievalIndex.Change add(Path folder, Playbooks playbooks, Permissions permissions) {
        IndexManifest manifest = ManifestFile.read(folder);
        try {
            return write(
                    folder,
                    manifest.settings(),
                    playbooks,
                    embedder(folder, manifest, manifest.settings().vectors(), Sent.SAMPLES, permissions),
                    manifest.spaceDigest());
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(folder, e);
        }
    }

    /// What an index says of itself.
    public static IndexManifest manifest(Path folder) {
        return ManifestFile.read(folder);
    }

    /// What makes vectors for an index, or null if it has none. An index is a file like any other, so the
    /// end point that it names is asked only with permission.
    ///
    /// @param content what would be sent to an end point
    static @Nullable Embedder embedder(
            Path folder, IndexManifest manifest, VectorSource vectors, String content, Permissions permissions)
            throws IOException {
        return switch (vectors) {
            case VectorSource.None none -> null;
            case VectorSource.Latent latent -> {
                Path space = folder.resolve(SPACE);
                if (!Files.isRegularFile(space) || !manifest.spaceDigest().equals(Optional.of(Digest.ofFile(space)))) {
                    throw ManifestFile.damaged(space);
                }
                yield LatentEmbedder.read(space, manifest.settings().analysis());
            }
            case VectorSource.Embedded embedded -> new EndPointEmbedder(embedded, content, permissions);
        };
    }

    private static RetrievalIndex.Change write(
            Path folder,
            IndexSettings settings,
            Playbooks playbooks,
            @Nullable Embedder embedder,
            Optional<Digest> space)
            throws IOException {
        Path draftFolder = folder.resolve(DRAFT);
        Path segments = folder.resolve(SEGMENTS);
        delete(draftFolder);
        Files.createDirectories(draftFolder);
        try (Directory directory = FSDirectory.open(segments);
                Known before = Known.in(segments)) {
            Set<String> known = before.ids();
            Batch batch = new Batch(embedder, before, known);
            try (SegmentDraft draft = new SegmentDraft(draftFolder, settings)) {
                playbooks.each(playbook -> batch.take(playbook, draft));
                batch.flush(draft);
                batch.requireUnchanged();
                if (draft.documents() > 0) {
                    Digest content = draft.finish();
                    SettledSegment.move(draftFolder, draft.directory(), segments, directory, content);
                }
            }
            if (known.isEmpty()) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "there is not one playbook to index: export accepted or partially accepted runs first");
            }
            ManifestFile.write(
                    folder,
                    new IndexManifest(
                            settings,
                            batch.dimensions(folder),
                            known.size(),
                            digest(known),
                            space,
                            Version.LATEST.toString()));
            return new RetrievalIndex.Change(batch.added, batch.skipped, known.size());
        } finally {
            if (embedder instanceof AutoCloseable closeable) {
                close(closeable);
            }
            delete(draftFolder);
        }
    }

    /// Playbooks on their way into a draft, as many at once as vectors are asked for.
    private static final class Batch {
        private final @Nullable Embedder embedder;
        private final Known before;
        private final Set<String> known;
        private final Set<String> seen = new HashSet<>();
        private final List<Playbook> waiting = new ArrayList<>();
        private int dimensions;
        private int added;
        private int skipped;
        private int changed;

        Batch(@Nullable Embedder embedder, Known before, Set<String> known) {
            this.embedder = embedder;
            this.before = before;
            this.known = known;
        }

        void take(Playbook playbook, SegmentDraft draft) {
            if (!seen.add(playbook.id())) {
                throw Fault.of(Fault.Kind.BAD_DATA, "two playbooks have the same id: ids must be unique in an export")
                        .at("playbook " + seen.size());
            }
            if (!known.add(playbook.id())) {
                skipped++;
                changed += differs(playbook) ? 1 : 0;
                return;
            }
            added++;
            waiting.add(playbook);
            if (embedder == null || waiting.size() >= embedder.batch()) {
                flush(draft);
            }
        }

        private boolean differs(Playbook playbook) {
            try {
                return before.differs(playbook);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Nothing has been settled yet.
        void requireUnchanged() {
            if (changed > 0) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        changed + " of " + skipped
                                + " samples that the index holds have another category, source or text in "
                                + "this export, so they were scored or made anew since; make a new index, without an earlier one");
            }
        }

        void flush(SegmentDraft draft) {
            try {
                List<float[]> vectors = embedder == null || waiting.isEmpty()
                        ? List.of()
                        : embedder.vectors(
                                waiting.stream().map(Playbook::searchText).toList());
                for (int i = 0; i < waiting.size(); i++) {
                    float[] vector = vectors.isEmpty() ? null : checked(vectors.get(i));
                    draft.add(waiting.get(i), vector);
                }
                waiting.clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private float @Nullable [] checked(float[] vector) {
            if (dimensions == 0) {
                dimensions = vector.length;
            }
            if (vector.length != dimensions) {
                throw Fault.of(
                        Fault.Kind.BAD_DATA,
                        "the vectors have " + dimensions + " and " + vector.length
                                + " numbers: the model of the end point must not change; make the index anew");
            }
            for (float x : vector) {
                if (x != 0) {
                    return vector;
                }
            }
            return null;
        }

        int dimensions(Path folder) {
            return dimensions > 0 || !Files.exists(folder.resolve(ManifestFile.NAME))
                    ? dimensions
                    : ManifestFile.read(folder).dimensions();
        }
    }

    static Digest digest(Set<String> ids) {
        List<BytesRef> sorted = new ArrayList<>(ids.size());
        ids.forEach(id -> sorted.add(new BytesRef(id)));
        sorted.sort(Comparator.naturalOrder());
        MessageDigest sha = Digest.sha256();
        for (BytesRef id : sorted) {
            sha.update((id.utf8ToString() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.from(sha);
    }

    private static boolean holdsAnything(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    private static void close(AutoCloseable closeable) throws IOException {
        try {
            closeable.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Fault unwritable(Path folder, Exception cause) {
        return Fault.of(Fault.Kind.STORAGE, "the index cannot be written: free space or choose another folder")
                .at(folder.toString())
                .causedBy(cause);
    }
}
