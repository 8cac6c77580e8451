package dev.assay.cli;

import dev.assay.receipt.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Something that somebody with write access does to the folder of a signed run, and what verifying it with the
/// signer's key must say.
///
/// @param name    what is done, in a few words
/// @param deed    does it
/// @param outcome what must be found
/// @param says    a text that the output must have, apart from spaces
record Tampering(String name, Deed deed, Outcome outcome, String says) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What verifying must come to.
    enum Outcome {
        /// It speaks against the run.
        CAUGHT,
        /// The command cannot be carried out with what it was given.
        REFUSED,
        /// It is harmless, and the output names it among what is not covered.
        NAMED
    }

    /// Changes a run folder.
    @FunctionalInterface
    interface Deed {
        void to(Copy run) throws Exception;
    }

    static Tampering caught(String name, String says, Deed deed) {
        return new Tampering(name, deed, Outcome.CAUGHT, says);
    }

    static Tampering refused(String name, String says, Deed deed) {
        return new Tampering(name, deed, Outcome.REFUSED, says);
    }

    static Tampering named(String name, String says, Deed deed) {
        return new Tampering(name, deed, Outcome.NAMED, says);
    }

    @Override
    public String toString() {
        return name;
    }

    /// A copy of a signed run, with what an attacker may have besides.
    static final class Copy {
        /// The copy.
        Path home;
        /// Folders of keys, `mine` that signed and `other`, and of another run of the same study, `older`.
        final Path around;
        /// What is given to `--key`.
        Path key;

        Copy(Path home, Path around) {
            this.home = home;
            this.around = around;
            this.key = around.resolve("mine/pub.pem");
        }

        Path at(String name) {
            return home.resolve(name);
        }

        String text(String name) throws IOException {
            return Files.readString(at(name), StandardCharsets.UTF_8);
        }

        void write(String name, String text) throws IOException {
            write(name, text.getBytes(StandardCharsets.UTF_8));
        }

        void write(String name, byte[] bytes) throws IOException {
            Files.createDirectories(at(name).getParent());
            Files.write(at(name), bytes);
        }

        void change(String name, UnaryOperator<String> how) throws IOException {
            String before = text(name);
            String after = how.apply(before);
            if (before.equals(after)) {
                throw new AssertionError("nothing of " + name + " was changed");
            }
            write(name, after);
        }

        void replace(String name, String from, String to) throws IOException {
            change(name, text -> text.replace(from, to));
        }

        void delete(String... names) throws IOException {
            for (String name : names) {
                Files.delete(at(name));
            }
        }

        ObjectNode json(String name) throws IOException {
            return (ObjectNode) JSON.readTree(text(name));
        }

        /// Changes the members of an envelope and leaves its layout as it is.
        void envelope(String name, Consumer<ObjectNode> how) throws IOException {
            ObjectNode tree = json(name);
            how.accept(tree);
            write(name, CanonicalJson.bytes(tree));
        }

        /// The first signature of an envelope.
        static ObjectNode signature(JsonNode envelope) {
            return (ObjectNode) envelope.path("signatures").path(0);
        }

        /// Changes the statement in an envelope and the one beside it alike.
        void statement(String name, UnaryOperator<String> how) throws IOException {
            change(name + ".intoto.json", how);
            byte[] bytes = Files.readAllBytes(at(name + ".intoto.json"));
            envelope(
                    name + ".dsse.json",
                    tree -> tree.put("payload", Base64.getEncoder().encodeToString(bytes)));
        }

        void copyAll(Path from) throws IOException {
            copy(from, home);
        }

        /// The run's files below a folder, by their names.
        List<String> files(String folder) throws IOException {
            try (Stream<Path> files = Files.walk(at(folder))) {
                return files.filter(Files::isRegularFile)
                        .map(file -> home.relativize(file).toString())
                        .sorted()
                        .toList();
            }
        }
    }

    /// Copies a folder with all that is in it.
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /// Deletes a folder with all that is in it.
    static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
