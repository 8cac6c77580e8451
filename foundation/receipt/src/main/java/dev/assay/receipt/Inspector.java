package dev.assay.receipt;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import dev.assay.receipt.internal.Confined;
import dev.assay.receipt.internal.FileSizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Hashes again what a statement names. Takes any JSON; what is no descriptor with a digest is a finding.
final class Inspector {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String CODE = "code";

    private final Path runFolder;
    private final List<Path> inputRoots;
    private final Optional<DigestKey> digestKey;
    private final Map<Object, Digest> hashed = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    Inspector(Path runFolder, List<Path> inputRoots, Optional<DigestKey> digestKey) {
        this.runFolder = runFolder;
        this.digestKey = digestKey;
        this.inputRoots = List.copyOf(inputRoots);
    }

    /// Looks at everything that the statement names, and returns the names of what a run wrote.
    Set<String> inspect(String receipt, JsonNode statement, Findings findings) {
        Set<String> written = new HashSet<>();
        each(receipt, statement.path("subject"), Role.SUBJECT, written, findings);
        JsonNode predicate = statement.path("predicate");
        JsonNode dependencies = predicate.path("buildDefinition").path("resolvedDependencies");
        each(receipt, dependencies, Role.DEPENDENCY, new HashSet<>(), findings);
        each(receipt, predicate.path("runDetails").path("byproducts"), Role.BYPRODUCT, written, findings);
        return written;
    }

    private void each(String receipt, JsonNode descriptors, Role role, Set<String> names, Findings findings) {
        for (JsonNode descriptor : descriptors) {
            String name = descriptor.path("name").stringValue("");
            JsonNode digests = descriptor.path("digest");
            boolean keyed = !digests.has(ResourceDescriptor.SHA256) && digests.has(DigestKey.ALGORITHM);
            String digest = digests.path(keyed ? DigestKey.ALGORITHM : ResourceDescriptor.SHA256)
                    .stringValue("");
            if (role == Role.DEPENDENCY && name.equals(CODE)) {
                // The program is no file of the run; its version is compared with the record's.
                continue;
            }
            names.add(name);
            if (SHA256.matcher(digest).matches()) {
                findings.add(look(receipt, role, name, new Digest(digest), keyed));
            } else {
                findings.add(receipt, role, name, Outcome.MALFORMED, "it has no SHA-256 to compare with");
            }
        }
    }

    private Finding look(String receipt, Role role, String name, Digest expected, boolean keyed) {
        List<Path> roots = new ArrayList<>(List.of(runFolder));
        if (role == Role.DEPENDENCY) {
            roots.addAll(inputRoots);
        }
        for (Path root : roots) {
            // What a run read may be behind a link, what it wrote is not.
            boolean own = root.equals(runFolder) && role != Role.DEPENDENCY;
            switch (own ? Confined.findOwn(root, name) : Confined.find(root, name)) {
                case Confined.Place.Found(Path path, boolean folder) -> {
                    if (keyed && digestKey.isEmpty()) {
                        return finding(
                                receipt,
                                role,
                                name,
                                Outcome.KEYED,
                                expected,
                                "its digest is keyed, and no key was given");
                    }
                    Digest plain;
                    try {
                        plain = digest(path, folder);
                    } catch (IOException | UncheckedIOException e) {
                        return finding(receipt, role, name, Outcome.REFUSED, expected, "it cannot be read");
                    } catch (Fault fault) {
                        return finding(receipt, role, name, Outcome.REFUSED, expected, fault.sentence());
                    }
                    Digest found = keyed ? digestKey.get().keyed(plain) : plain;
                    boolean matches = found.equals(expected);
                    return new Finding(
                            receipt,
                            role,
                            name,
                            matches ? Outcome.MATCH : Outcome.MISMATCH,
                            Optional.of(expected),
                            Optional.of(found),
                            keyed && !matches ? "it was changed, or its digest was made with another key" : "");
                }
                case Confined.Place.Refused(String reason) -> {
                    return finding(receipt, role, name, Outcome.REFUSED, expected, reason);
                }
                case Confined.Place.Nothing() -> {
                    // Perhaps below the next folder.
                }
            }
        }
        return finding(receipt, role, name, Outcome.ABSENT, expected, "");
    }

    private static Finding finding(
            String receipt, Role role, String name, Outcome outcome, Digest expected, String note) {
        return new Finding(receipt, role, name, outcome, Optional.of(expected), Optional.empty(), note);
    }

    /// The digest of what lies there. Each file is hashed once, however many names and folders lead to it: else
    /// whoever made the run folder could have one large file read without end.
    private Digest digest(Path path, boolean folder) throws IOException {
        return folder ? Digest.ofListing(FolderListing.each(path, (name, file) -> ofFile(file))) : ofFile(path);
    }

    private Digest ofFile(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            Object place = key == null ? file : key;
            Digest known = hashed.get(place);
            if (known != null) {
                return known;
            }
            Limits limits = Limits.ofProcess();
            long size = attributes.size();
            if (size <= limits.of(Limit.FILE_BYTES) && file.startsWith(runFolder.toRealPath())) {
                FileSizes.refuse(file, bytes.get() + size, "the size of all files up to this one", limits);
                bytes.addAndGet(size);
            }
            Digest digest = Digest.ofFile(file);
            hashed.put(place, digest);
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
