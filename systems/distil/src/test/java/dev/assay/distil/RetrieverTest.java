package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.receipt.Digest;
import dev.assay.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrieverTest {
    private static final RetrievalMethod EXACT = new RetrievalMethod.Bm25(0.9, 0.4, true);

    @TempDir
    Path place;

    private static Playbook playbook(String id, String content) {
        return Playbook.of(id, "", content);
    }

    private Path index(String name, IndexSettings settings, List<Playbook> playbooks) {
        try (LocalEngine engine = LocalEngine.of(2)) {
            RetrievalIndex.create(place.resolve(name), settings, Playbooks.of(playbooks), Seed.of(1), engine);
        }
        return place.resolve(name);
    }

    private Path index(List<Playbook> playbooks) {
        return index("index", IndexSettings.DEFAULT, playbooks);
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(hit -> hit.playbook().id()).toList();
    }

    private static List<Hit> search(Path index, RetrievalMethod method, String query, int k) {
        try (Retriever retriever = Retriever.open(index, method)) {
            return retriever.search(query, k);
        }
    }

    @Test
    void wordsAreStemmedAndStopWordsLeftOut() {
        assertThat(TextAnalysis.ENGLISH.tokens("The printer's queues are WAITING for x-rays"))
                .containsExactly("printer", "queue", "wait", "x", "rai");
        assertThat(TextAnalysis.PLAIN.tokens("The printer's queues are WAITING for x_rays"))
                .containsExactly("printer", "s", "queues", "waiting", "x", "rays");
    }

    @Test
    void bm25IsItsFormula() {
        Path index = index(List.of(
                playbook("a", "apple apple pear"), playbook("b", "apple plum plum plum"), playbook("c", "cherry")));
        List<Hit> hits = search(index, EXACT, "apple apple plum", 9);
        double average = 8.0 / 3;
        double idfApple = Math.log(1 + 1.5 / 2.5);
        double idfPlum = Math.log(1 + 2.5 / 1.5);
        double saturationA = 0.9 * (0.6 + 0.4 * 3 / average);
        double saturationB = 0.9 * (0.6 + 0.4 * 4 / average);
        assertThat(ids(hits)).containsExactly("b", "a");
        assertThat(hits.get(0).score())
                .isCloseTo(2 * idfApple / (1 + saturationB) + idfPlum * 3 / (3 + saturationB), within(1e-12));
        assertThat(hits.get(1).score()).isCloseTo(2 * idfApple * 2 / (2 + saturationA), within(1e-12));
    }

    @Test
    void luceneAgreesWithTheFormulaOnShortTexts() {
        // Lucene keeps lengths up to 40 as they are, and sums in 32 bits.
        Property.holds(20, seed -> {
            RandomGenerator random = seed.generator();
            List<Playbook> playbooks = generated(random, 60, 40);
            Path index = index("agree" + seed.asLong(), IndexSettings.DEFAULT, playbooks);
            String query = words(random, 5);
            Map<String, Double> exact = new HashMap<>();
            search(index, EXACT, query, 100).forEach(h -> exact.put(h.playbook().id(), h.score()));
            List<Hit> lucene = search(index, RetrievalMethod.DEFAULT, query, 100);
            assertThat(lucene).hasSameSizeAs(exact.keySet());
            for (Hit hit : lucene) {
                double expected =
                        Objects.requireNonNull(exact.get(hit.playbook().id()));
                assertThat(hit.score()).isCloseTo(expected, within(1e-5 * expected));
            }
        });
    }

    @Test
    void jaccardIsSharedWordsByAllWords() {
        Path index = index(List.of(playbook("a", "apple pear plum"), playbook("b", "apple kiwi kiwi")));
        List<Hit> hits = search(index, new RetrievalMethod.Jaccard(), "apple pear fig", 9);
        assertThat(ids(hits)).containsExactly("a", "b");
        assertThat(hits.get(0).score()).isCloseTo(2.0 / 4, within(1e-15));
        assertThat(hits.get(1).score()).isCloseTo(1.0 / 4, within(1e-15));
    }

    @Test
    void cosineIsItsFormula() {
        Path index = index(List.of(playbook("a", "apple apple pear"), playbook("b", "pear")));
        double apple = Math.log(3.0 / 2) + 1;
        double pear = Math.log(3.0 / 3) + 1;
        double weight = (1 + Math.log(2)) * apple;
        List<Hit> hits = search(index, new RetrievalMethod.TfIdf(), "apple pear", 9);
        assertThat(ids(hits)).containsExactly("a", "b");
        assertThat(hits.get(0).score())
                .isCloseTo(
                        (weight * apple + pear * pear) / Math.hypot(weight, pear) / Math.hypot(apple, pear),
                        within(1e-14));
        assertThat(hits.get(1).score()).isCloseTo(pear / Math.hypot(apple, pear), within(1e-14));
    }

    @Test
    void tiesAreBrokenByIdAndNothingWithoutAWordIsReturned() {
        List<Playbook> playbooks = new ArrayList<>();
        for (String id : List.of("d", "b", "e", "a", "c")) {
            playbooks.add(playbook(id, "apple"));
        }
        playbooks.add(playbook("0", "pear"));
        Path index = index(playbooks.subList(0, 3));
        RetrievalIndex.add(index, Playbooks.of(playbooks.subList(3, 6)));
        for (RetrievalMethod method : List.of(
                RetrievalMethod.DEFAULT,
                EXACT,
                new RetrievalMethod.Jaccard(),
                new RetrievalMethod.TfIdf(),
                RetrievalMethod.Fused.of(RetrievalMethod.DEFAULT, new RetrievalMethod.Jaccard()))) {
            assertThat(ids(search(index, method, "an apple", 3)))
                    .as("%s", method)
                    .containsExactly("a", "b", "c");
            assertThat(ids(search(index, method, "apple", 9))).containsExactly("a", "b", "c", "d", "e");
            assertThat(search(index, method, "nothing like it", 9)).isEmpty();
            assertThat(search(index, method, "the", 9)).isEmpty();
        }
    }

    @Test
    void idsAreOrderedByTheirUtf8() {
        // By UTF-16 the second would come first.
        List<String> order = List.of("\uFF5A", "\uD83D\uDE00");
        Path index = index(List.of(playbook(order.get(1), "apple"), playbook(order.get(0), "apple")));
        for (RetrievalMethod method : List.of(RetrievalMethod.DEFAULT, EXACT)) {
            assertThat(ids(search(index, method, "apple", 2))).isEqualTo(order);
        }
    }

    @Test
    void coverageIsTheShareOfTheQueryByWeight() {
        Path index = index(List.of(playbook("a", "apple pear"), playbook("b", "apple"), playbook("c", "kiwi")));
        double apple = Math.log(1 + 1.5 / 2.5);
        double pear = Math.log(1 + 2.5 / 1.5);
        double unknown = Math.log(1 + 3.5 / 0.5);
        double all = apple + pear + unknown;
        try (Retriever retriever = Retriever.open(index, RetrievalMethod.DEFAULT)) {
            List<Hit> hits = retriever.search("apple pear apple zebra", 9);
            assertThat(hits.get(0).coverage()).isCloseTo((apple + pear) / all, within(1e-15));
            assertThat(hits.get(1).coverage()).isCloseTo(apple / all, within(1e-15));
            assertThat(ids(retriever.relevant("apple pear zebra", 9, 0.25))).containsExactly("a");
            assertThat(ids(retriever.relevant("apple pear zebra", 9, apple / all - 1e-12)))
                    .containsExactly("a", "b");
            assertThat(retriever.relevant("apple zebra giraffe", 9, 0.25)).isEmpty();
        }
    }

    @Test
    void whatMayNotBeShownTakesNoPlace() {
        List<Playbook> playbooks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            playbooks.add(new Playbook(
                    "p%02d".formatted(i),
                    "",
                    "apple " + "filler ".repeat(i),
                    RagSample.Score.ACCEPTED,
                    i % 10 == 9 ? "other" : "own",
                    Optional.empty()));
        }
        Path index = index(playbooks);
        for (RetrievalMethod method : List.of(
                EXACT, new RetrievalMethod.TfIdf(), RetrievalMethod.Fused.of(EXACT, new RetrievalMethod.Jaccard()))) {
            try (Retriever retriever = Retriever.open(index, method)) {
                for (double floor : new double[] {0, 0.25}) {
                    List<Hit> all = retriever.relevant("apple", 60, floor);
                    List<Hit> others = all.stream()
                            .filter(hit -> hit.playbook().sourceRunId().equals("other"))
                            .toList();
                    assertThat(others).hasSize(6);
                    for (int k : new int[] {1, 4, 6, 8}) {
                        assertThat(retriever.relevant(
                                        "apple", k, floor, p -> !p.sourceRunId().equals("own")))
                                .as("%s, floor %s, k %s", method, floor, k)
                                .isEqualTo(others.subList(0, Math.min(k, 6)));
                    }
                    assertThat(retriever.relevant("apple", 8, floor, p -> false))
                            .isEmpty();
                    assertThat(retriever.relevant("apple", 8, floor, p -> true)).isEqualTo(all.subList(0, 8));
                }
            }
        }
    }

    @Test
    void theFloorLooksPastTheFirstOnes() {
        // Repetition takes the first ranks, coverage the last ones.
        List<Playbook> playbooks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            playbooks.add(playbook("r%03d".formatted(i), "apple ".repeat(30)));
        }
        for (int i = 0; i < 800; i++) {
            playbooks.add(playbook("s%03d".formatted(i), "kiwi"));
        }
        playbooks.add(playbook("whole", "apple pear " + "filler ".repeat(400)));
        Path index = index(playbooks);
        try (Retriever retriever = Retriever.open(index, new RetrievalMethod.Bm25(5, 1, false))) {
            String query = "apple ".repeat(30) + "pear";
            assertThat(ids(retriever.search(query, 8))).doesNotContain("whole");
            List<Hit> hits = retriever.relevant(query, 8, 0.9);
            assertThat(ids(hits)).containsExactly("whole");
            assertThat(hits.getFirst().rank()).isEqualTo(201);
        }
    }

    @Test
    void fusionSumsReciprocalRanks() {
        Path index =
                index(List.of(playbook("a", "apple apple apple pear"), playbook("b", "apple"), playbook("c", "pear")));
        List<String> bm25 = ids(search(index, RetrievalMethod.DEFAULT, "apple", 9));
        List<String> jaccard = ids(search(index, new RetrievalMethod.Jaccard(), "apple", 9));
        assertThat(bm25).containsExactly("a", "b");
        assertThat(jaccard).containsExactly("b", "a");
        List<Hit> fused = search(
                index, RetrievalMethod.Fused.of(RetrievalMethod.DEFAULT, new RetrievalMethod.Jaccard()), "apple", 9);
        assertThat(ids(fused)).containsExactly("a", "b");
        assertThat(fused.getFirst().score()).isCloseTo(1.0 / 61 + 1.0 / 62, within(1e-15));
    }

    @Test
    void addingWritesTheNewOnesOnlyAndRanksAsOneIndexWould() throws IOException {
        RandomGenerator random = Seed.of(5).generator();
        List<Playbook> playbooks = generated(random, 120, 30);
        Path whole = index("whole", IndexSettings.DEFAULT, playbooks);
        Path grown = index("grown", IndexSettings.DEFAULT, playbooks.subList(0, 80));
        Map<String, Digest> before = files(grown.resolve("lucene"));
        assertThat(RetrievalIndex.add(grown, Playbooks.of(playbooks.subList(60, 120))))
                .isEqualTo(new RetrievalIndex.Change(40, 20, 120));
        Map<String, Digest> after = files(grown.resolve("lucene"));
        before.forEach((name, digest) -> {
            if (!name.startsWith("segments")) {
                assertThat(after).containsEntry(name, digest);
            }
        });
        assertThat(after.keySet().stream().filter(n -> n.startsWith("segments")))
                .hasSize(1);
        assertThat(RetrievalIndex.manifest(grown).idsDigest())
                .isEqualTo(RetrievalIndex.manifest(whole).idsDigest());
        for (RetrievalMethod method :
                List.of(RetrievalMethod.DEFAULT, EXACT, new RetrievalMethod.Jaccard(), new RetrievalMethod.TfIdf())) {
            for (int q = 0; q < 20; q++) {
                String query = words(random, 4);
                assertThat(search(grown, method, query, 200)).isEqualTo(search(whole, method, query, 200));
            }
        }
        Map<String, Digest> settled = files(grown);
        assertThat(RetrievalIndex.add(grown, Playbooks.of(playbooks)))
                .isEqualTo(new RetrievalIndex.Change(0, 120, 120));
        assertThat(files(grown)).isEqualTo(settled);
    }

    @Test
    void theSamePlaybooksGiveTheSameBytesAndLuceneFindsNoFault() throws IOException {
        List<Playbook> playbooks = generated(Seed.of(6).generator(), 300, 30);
        IndexSettings settings = IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(16));
        Path one = index("one", settings, playbooks.subList(0, 200));
        Path two = index("two", settings, playbooks.subList(0, 200));
        RetrievalIndex.add(one, Playbooks.of(playbooks));
        RetrievalIndex.add(two, Playbooks.of(playbooks));
        assertThat(Digest.ofFolder(one)).isEqualTo(Digest.ofFolder(two));
        Path other = index("other", settings, playbooks);
        assertThat(Digest.ofFolder(other)).isNotEqualTo(Digest.ofFolder(one));
        for (Path index : List.of(one, other)) {
            try (FSDirectory directory = FSDirectory.open(index.resolve("lucene"));
                    CheckIndex check = new CheckIndex(directory)) {
                check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_SLOW_CHECKS);
                CheckIndex.Status status = check.checkIndex();
                assertThat(status.clean).isTrue();
                assertThat(status.totLoseDocCount).isZero();
            }
        }
    }

    @Test
    void nothingIsLeftOfAnUnfinishedWrite() throws IOException {
        Path index = index(List.of(playbook("a", "apple")));
        Digest before = Digest.ofFolder(index);
        Files.createDirectories(index.resolve(".draft"));
        Files.writeString(index.resolve(".draft").resolve("_0.fdt"), "half");
        assertThatThrownBy(() ->
                        RetrievalIndex.add(index, Playbooks.of(List.of(playbook("b", "pear"), playbook("b", "plum")))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("two playbooks have the same id");
        assertThat(Digest.ofFolder(index)).isEqualTo(before);
        RetrievalIndex.add(index, Playbooks.of(List.of(playbook("b", "pear"))));
        assertThat(ids(search(index, RetrievalMethod.DEFAULT, "pear", 9))).containsExactly("b");
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files).containsExactly(index);
        }
    }

    @Test
    void latentVectorsFindWhatSharesNoWord() {
        List<Playbook> playbooks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            playbooks.add(playbook("car%02d".formatted(i), "car engine wheel road " + (i % 2 == 0 ? "auto" : "motor")));
            playbooks.add(
                    playbook("sea%02d".formatted(i), "boat sail water harbour " + (i % 2 == 0 ? "ship" : "ferry")));
        }
        Path index = index("latent", IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(2)), playbooks);
        List<String> found = ids(search(index, new RetrievalMethod.Vectors(), "auto", 20));
        assertThat(found).hasSize(20).allMatch(id -> id.startsWith("car"));
        assertThat(RetrievalIndex.manifest(index).dimensions()).isEqualTo(2);
        assertThat(search(index, new RetrievalMethod.Vectors(), "unheard", 9)).isEmpty();
    }

    @Test
    void latentVectorsOfFewTextsHaveTheirRank() {
        Path index = index(
                "few",
                IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(64)),
                List.of(playbook("a", "apple pear"), playbook("b", "apple pear"), playbook("c", "kiwi")));
        assertThat(RetrievalIndex.manifest(index).dimensions()).isEqualTo(2);
        // Of two equal texts both have cosine 1 with themselves.
        List<Hit> hits = search(index, new RetrievalMethod.Vectors(), "pear apple", 9);
        assertThat(ids(hits)).containsExactly("a", "b");
        assertThat(hits.getFirst().score()).isCloseTo(1, within(1e-6));
    }

    @Test
    void theNumberOfThreadsDoesNotShow() {
        List<Playbook> playbooks = generated(Seed.of(9).generator(), 150, 25);
        IndexSettings settings = IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(20));
        Set<Digest> digests = new HashSet<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (LocalEngine engine = LocalEngine.of(threads)) {
                Path folder = place.resolve("threads" + threads);
                RetrievalIndex.create(folder, settings, Playbooks.of(playbooks), Seed.of(3), engine);
                digests.add(Digest.ofFolder(folder));
            }
        }
        assertThat(digests).hasSize(1);
    }

    @Test
    void aTaskOfManyThousandWordsIsAQuery() {
        Path index = index(List.of(playbook("a", "apple")));
        StringBuilder query = new StringBuilder("apple");
        for (int i = 0; i < 5000; i++) {
            query.append(" word").append(i);
        }
        assertThat(ids(search(index, RetrievalMethod.DEFAULT, query.toString(), 9)))
                .containsExactly("a");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneSentence() throws IOException {
        Path index = index(List.of(playbook("a", "apple")));
        assertThatThrownBy(() -> Retriever.open(index, new RetrievalMethod.Vectors()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the index holds no vectors");
        assertThatThrownBy(() -> Retriever.open(place.resolve("none"), RetrievalMethod.DEFAULT))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("this is no index");
        assertThatThrownBy(() -> index(List.of(playbook("b", "pear"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the folder is not empty");
        assertThatThrownBy(() -> index("empty", IndexSettings.DEFAULT, List.of()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("there is not one playbook");
        Path latent = index(
                "latent",
                IndexSettings.DEFAULT.withVectors(new VectorSource.Latent(1)),
                List.of(playbook("a", "apple")));
        Files.writeString(latent.resolve("space.bin"), "other");
        assertThatThrownBy(() -> Retriever.open(latent, new RetrievalMethod.Vectors()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("damaged");
        Files.writeString(index.resolve("index.json"), "{}");
        assertThatThrownBy(() -> Retriever.open(index, RetrievalMethod.DEFAULT))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("damaged");
    }

    private static final String[] WORDS = {
        "apple", "pear", "plum", "cherry", "kiwi", "fig", "lemon", "grape", "mango", "melon", "peach", "lime", "berry"
    };

    private static String words(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            // Some words are common, some rare.
            int word = (int) (WORDS.length * random.nextDouble() * random.nextDouble());
            text.append(WORDS[word]).append(' ');
        }
        return text.toString();
    }

    private static List<Playbook> generated(RandomGenerator random, int count, int longest) {
        List<Playbook> playbooks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            playbooks.add(playbook("p%04d".formatted((i * 7919) % 10_000), words(random, 1 + random.nextInt(longest))));
        }
        return playbooks;
    }

    private static Map<String, Digest> files(Path folder) throws IOException {
        Map<String, Digest> digests = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .forEach(f -> digests.put(folder.relativize(f).toString(), Digest.ofFile(f)));
        }
        return digests;
    }
}
