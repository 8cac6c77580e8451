package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.chance.Draws;
import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
    private static final NearDuplicateSettings DEFAULTS = NearDuplicateSettings.defaults();
    private static final double[] THRESHOLDS = {0.2, 1 / 3.0, 0.5, 0.55, 0.7, 0.8, 0.9, 1};

    private static Engine one;
    private static Engine three;

    @BeforeAll
    static void open() {
        one = LocalEngine.of(1);
        three = LocalEngine.of(3);
    }

    @AfterAll
    static void close() {
        one.close();
        three.close();
    }

    @Test
    void textsInPartsAreAlikeIfEveryPartIs() {
        String answer = words(0, 60);
        List<KeyedText> texts = List.of(
                new KeyedText("a", List.of("is the film about whales good", answer)),
                new KeyedText("b", List.of("did the train arrive on time", answer)),
                new KeyedText("c", List.of("did the train arrive on time", answer + " indeed")),
                new KeyedText("d", List.of(words(100, 160), "yes")),
                new KeyedText("e", List.of(words(100, 160), "no")),
                new KeyedText("f", List.of(words(100, 160), "")),
                new KeyedText("g", List.of("", words(100, 160))));
        for (int exactUpTo : List.of(100, 0)) {
            NearDuplicateReport report =
                    NearDuplicates.find(texts, NearDuplicateSettings.defaults().withExactUpTo(exactUpTo), three);
            assertThat(report.removed()).isEqualTo(Map.of("c", "b"));
            assertThat(report.pairs().getFirst().similarity()).isCloseTo(56.0 / 57, within(1e-12));
        }
    }

    @Test
    void thePartsDecideAsAComparisonOfAllPartsDoes() {
        Property.holds(40, seed -> {
            RandomGenerator random = seed.generator();
            List<KeyedText> texts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                List<String> parts = new ArrayList<>();
                for (int part = 0; part < 3; part++) {
                    int from = random.nextInt(3);
                    parts.add(random.nextInt(6) == 0 ? "" : words(from, from + 5 + random.nextInt(25)));
                }
                texts.add(new KeyedText("k" + (100 + i), parts));
            }
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                for (int j = i + 1; j < texts.size(); j++) {
                    double least = 1;
                    boolean any = false;
                    for (int part = 0; part < 3; part++) {
                        Set<List<String>> x = shinglesOf(texts.get(i).parts().get(part));
                        Set<List<String>> y = shinglesOf(texts.get(j).parts().get(part));
                        Set<List<String>> all = new HashSet<>(x);
                        all.addAll(y);
                        x.retainAll(y);
                        any |= !all.isEmpty();
                        least = all.isEmpty() ? least : Math.min(least, (double) x.size() / all.size());
                    }
                    if (any && least >= 0.5) {
                        expected.add(texts.get(i).key() + texts.get(j).key());
                    }
                }
            }
            NearDuplicateReport report =
                    NearDuplicates.find(texts, NearDuplicateSettings.defaults().withThreshold(0.5), three);
            // Equal texts are listed with the first of them only, so the clusters are compared.
            assertThat(report.removed().keySet()).isEqualTo(laterOnes(expected));
        });
    }

    private static Set<String> laterOnes(List<String> pairs) {
        Map<String, String> first = new HashMap<>();
        for (int round = 0; round < 50; round++) {
            for (String pair : pairs) {
                String x = first.getOrDefault(pair.substring(0, 4), pair.substring(0, 4));
                String y = first.getOrDefault(pair.substring(4), pair.substring(4));
                String earliest = x.compareTo(y) < 0 ? x : y;
                first.put(pair.substring(0, 4), earliest);
                first.put(pair.substring(4), earliest);
            }
        }
        Set<String> later = new HashSet<>();
        first.forEach((key, kept) -> {
            if (!key.equals(kept)) {
                later.add(key);
            }
        });
        return later;
    }

    private static Set<List<String>> shinglesOf(String text) {
        List<String> tokens = text.isEmpty() ? List.of() : List.of(text.split(" "));
        Set<List<String>> shingles = new HashSet<>();
        for (int i = 0; i == 0 && !tokens.isEmpty() || i + 5 <= tokens.size(); i++) {
            shingles.add(tokens.subList(i, Math.min(tokens.size(), i + 5)));
        }
        return shingles;
    }

    @Test
    void theExactSearchFindsWhatComparingAllPairsFinds() {
        Property.holds(300, seed -> {
            RandomGenerator random = seed.generator();
            List<KeyedText> texts = texts(random, random.nextInt(120));
            NearDuplicateSettings settings = new NearDuplicateSettings(
                    THRESHOLDS[random.nextInt(THRESHOLDS.length)], 1 + random.nextInt(5), 14, 8, 1, 1000);

            assertThat(NearDuplicates.find(texts, settings, three)).isEqualTo(allPairs(texts, settings));
        });
    }

    @Test
    void oneBandOfOneHashProposesTextsOfOneSmallestShingleAndTheirPairsAreTrue() {
        Property.holds(100, seed -> {
            RandomGenerator random = seed.generator();
            List<KeyedText> texts = texts(random, random.nextInt(200));
            double threshold = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
            NearDuplicateSettings exact =
                    new NearDuplicateSettings(threshold, 1 + random.nextInt(5), 1, 1, seed.asLong(), 1000);

            NearDuplicateReport report = NearDuplicates.find(texts, exact.withExactUpTo(0), three);

            assertThat(new HashSet<>(NearDuplicates.find(texts, exact, three).pairs()))
                    .containsAll(report.pairs());
            assertThat(report.clusters()).isEqualTo(clusters(report.pairs()));
        });
    }

    @Test
    void soManyBandsThatNothingIsMissedFindWhatTheExactSearchFinds() {
        Property.holds(60, seed -> {
            RandomGenerator random = seed.generator();
            List<KeyedText> texts = texts(random, random.nextInt(200));
            // A pair at 0.5 is missed once in 2^200 times.
            NearDuplicateSettings exact =
                    new NearDuplicateSettings(0.5, 1 + random.nextInt(5), 200, 1, seed.asLong(), 1000);

            NearDuplicateReport report = NearDuplicates.find(texts, exact.withExactUpTo(0), three);
            NearDuplicateReport expected = NearDuplicates.find(texts, exact, three);

            assertThat(report.pairs()).isEqualTo(expected.pairs());
            assertThat(report.clusters()).isEqualTo(expected.clusters());
            assertThat(report.withoutTokens()).isEqualTo(expected.withoutTokens());
        });
    }

    /// Texts that share most of their words, so that each has hundreds of candidates; some are alike, some
    /// only nearly.
    @Test
    void clustersAreThoseOfAllPairsWhereTextsHaveHundredsOfCandidates() {
        int[] notListed = new int[2];
        int[] clusters = new int[1];
        Property.holds(6, seed -> {
            RandomGenerator random = seed.generator();
            List<KeyedText> texts = IntStream.range(0, 500)
                    .mapToObj(i -> new KeyedText(
                            "k" + i,
                            words(0, 30)
                                    + random.ints(9, 100, 130)
                                            .mapToObj(n -> " w" + n)
                                            .collect(Collectors.joining())))
                    .toList();
            NearDuplicateSettings exact =
                    new NearDuplicateSettings(0.78 + 0.04 * random.nextInt(4), 1, 200, 1, seed.asLong(), 1000);

            NearDuplicateReport expected = allPairs(texts, exact);
            NearDuplicateReport found = NearDuplicates.find(texts, exact, three);
            NearDuplicateReport proposed = NearDuplicates.find(texts, exact.withExactUpTo(0), three);
            NearDuplicateReport inParts = NearDuplicates.find(texts::stream, exact.withExactUpTo(0), three, 2000);

            for (NearDuplicateReport each : List.of(found, proposed, inParts)) {
                assertThat(each.clusters()).isEqualTo(expected.clusters());
                assertThat(new HashSet<>(expected.pairs())).containsAll(each.pairs());
            }
            clusters[0] = Math.max(clusters[0], expected.clusters().size());
            notListed[0] += expected.pairs().size() - found.pairs().size();
            notListed[1] += expected.pairs().size() - proposed.pairs().size();
        });
        assertThat(clusters[0]).isGreaterThan(10);
        assertThat(Math.min(notListed[0], notListed[1])).isGreaterThan(1000);
    }

    @Test
    void shinglesThatDoNotFitAtOnceAreReadInSeveralReadings() {
        List<KeyedText> texts = texts(Seed.of(5).generator(), 700);
        NearDuplicateSettings settings = DEFAULTS.withExactUpTo(0).withThreshold(0.6);
        AtomicInteger readings = new AtomicInteger();

        NearDuplicateReport atOnce = NearDuplicates.find(texts, settings, three);
        NearDuplicateReport inParts = NearDuplicates.find(
                () -> {
                    readings.incrementAndGet();
                    return texts.stream();
                },
                settings,
                three,
                500);

        assertThat(atOnce.pairs()).hasSizeGreaterThan(50);
        assertThat(inParts).isEqualTo(atOnce);
        assertThat(readings.get()).isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void threadsDoNotMatter(int exactUpTo) {
        List<KeyedText> texts = texts(Seed.of(6).generator(), 900);
        NearDuplicateSettings settings = DEFAULTS.withExactUpTo(exactUpTo).withThreshold(0.5);

        NearDuplicateReport report = NearDuplicates.find(texts, settings, one);

        assertThat(report.pairs()).isNotEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(NearDuplicates.find(texts, settings, three)).isEqualTo(report);
        }
    }

    /// All are alike, so that a comparison of all pairs would be one of 4 million.
    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void aLargeFamilyIsOneClusterAndIsNotListedPairByPair(int exactUpTo) {
        int members = 3000;
        List<KeyedText> texts = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            texts.add(new KeyedText("k" + (100_000 + i), words(0, 200) + " number " + i + " " + words(500, 600)));
        }

        NearDuplicateReport report = NearDuplicates.find(texts, DEFAULTS.withExactUpTo(exactUpTo), three);

        assertThat(report.clusters()).hasSize(1);
        assertThat(report.clusters().getFirst().kept()).isEqualTo("k100000");
        assertThat(report.removed()).hasSize(members - 1);
        assertThat(report.pairs()).hasSizeBetween(members - 1, 100 * members);
        assertThat(report.pairs())
                .allSatisfy(pair -> assertThat(pair.similarity()).isBetween(0.8, 1.0));
    }

    /// Families that share most of their words with each other, though not enough to be alike, land in one
    /// bucket.
    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void familiesBelowTheThresholdStayApartInLargeBuckets(int exactUpTo) {
        List<KeyedText> texts = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            int family = i % 3;
            String own = words(1000 + 100 * family, 1060 + 100 * family);
            texts.add(new KeyedText("k" + (100_000 + i), words(0, 100) + " " + own + " number " + i));
        }
        NearDuplicateSettings settings = new NearDuplicateSettings(0.8, 2, 20, 2, 1, exactUpTo);

        NearDuplicateReport report = NearDuplicates.find(texts, settings, three);

        assertThat(report.clusters()).hasSize(3);
        assertThat(report.clusters())
                .extracting(cluster -> cluster.removed().size())
                .containsOnly(499);
        assertThat(report.clusters())
                .extracting(NearDuplicateReport.Cluster::kept)
                .containsExactly("k100000", "k100001", "k100002");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void textsOfEqualShinglesAreListedWithTheEarliest(int exactUpTo) {
        List<KeyedText> texts = List.of(
                new KeyedText("c", "Yes, of course!"),
                new KeyedText("d", "something else"),
                new KeyedText("a", "yes: of course"),
                new KeyedText("b", "YES... OF... COURSE..."));

        NearDuplicateReport report = NearDuplicates.find(texts, DEFAULTS.withExactUpTo(exactUpTo), three);

        assertThat(report.pairs())
                .containsExactly(new NearDuplicateReport.Pair("a", "b", 1), new NearDuplicateReport.Pair("a", "c", 1));
        assertThat(report.clusters()).containsExactly(new NearDuplicateReport.Cluster("a", List.of("b", "c")));
        assertThat(report.removed()).containsExactly(Map.entry("b", "a"), Map.entry("c", "a"));
        assertThat(report.exact()).isEqualTo(exactUpTo > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void textsWithoutATokenAreAlikeNothingAndCounted(int exactUpTo) {
        List<KeyedText> texts = List.of(
                new KeyedText("a", ""), new KeyedText("b", "?!"), new KeyedText("c", "?!"), new KeyedText("d", "d"));

        NearDuplicateReport report = NearDuplicates.find(texts, DEFAULTS.withExactUpTo(exactUpTo), one);

        assertThat(report).isEqualTo(new NearDuplicateReport(4, 3, exactUpTo > 0, List.of(), List.of()));
        assertThat(NearDuplicates.find(List.of(), DEFAULTS.withExactUpTo(exactUpTo), one)
                        .texts())
                .isZero();
    }

    @Test
    void keysAreOrderedByCodePoints() {
        String beyond = "\uD83D\uDE00";
        List<KeyedText> texts = List.of(new KeyedText(beyond, "one two"), new KeyedText("\uFF5E", "one two"));

        assertThat(NearDuplicates.find(texts, DEFAULTS, one).removed()).containsExactly(Map.entry(beyond, "\uFF5E"));
    }

    @Test
    void theLimitOfTheExactSearchIsTheLastThatIsExact() {
        List<KeyedText> texts = texts(Seed.of(7).generator(), 129);

        assertThat(NearDuplicates.find(texts, DEFAULTS.withExactUpTo(129), one).exact())
                .isTrue();
        assertThat(NearDuplicates.find(texts, DEFAULTS.withExactUpTo(128), one).exact())
                .isFalse();
    }

    @Test
    void everyStreamIsClosed() {
        List<KeyedText> texts = texts(Seed.of(8).generator(), 300);
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();

        NearDuplicates.find(
                () -> {
                    opened.incrementAndGet();
                    return texts.stream().onClose(closed::incrementAndGet);
                },
                DEFAULTS.withExactUpTo(0).withThreshold(0.5),
                three);

        assertThat(opened.get()).isEqualTo(2);
        assertThat(closed.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void twoTextsWithOneKeyAreRefused(int exactUpTo) {
        List<KeyedText> texts = new ArrayList<>(texts(Seed.of(9).generator(), 200));
        texts.add(new KeyedText(texts.get(17).key(), "words that nothing else says in this order"));

        assertThatThrownBy(() -> NearDuplicates.find(texts, DEFAULTS.withExactUpTo(exactUpTo), three))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_DATA))
                .hasMessage(
                        "Near duplicates: texts 17 and 200 (counted from 0) have the same key; give every text a key"
                                + " of its own.");
    }

    @Test
    void aSourceThatChangesBetweenTwoReadingsIsRefused() {
        List<KeyedText> texts = IntStream.range(0, 200)
                .mapToObj(i -> new KeyedText("k" + i, words(0, 50) + " " + i))
                .toList();
        AtomicInteger reading = new AtomicInteger();

        assertThatThrownBy(() -> NearDuplicates.find(
                        () -> reading.getAndIncrement() == 0
                                ? texts.stream()
                                : texts.stream()
                                        .map(t -> t.key().equals("k150") ? new KeyedText("k150", t.text() + "!a") : t),
                        DEFAULTS.withExactUpTo(0),
                        three))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("text 150 (counted from 0) was not the same when it was read a second time");
        for (int length : List.of(199, 201)) {
            reading.set(0);
            assertThatThrownBy(() -> NearDuplicates.find(
                            () -> reading.getAndIncrement() == 0
                                    ? texts.stream()
                                    : Stream.concat(texts.stream(), Stream.of(new KeyedText("more", "more")))
                                            .limit(length),
                            DEFAULTS.withExactUpTo(0),
                            three))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("was not the same");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.053", "0.6, 0.211", "0.7, 0.565", "0.8, 0.924", "0.9, 0.9996"})
    void theChanceToProposeIsThatOfTheBands(double similarity, double chance) {
        assertThat(DEFAULTS.chanceToPropose(similarity)).isCloseTo(chance, within(0.0005));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (NearDuplicateSettingsMaker bad : List.<NearDuplicateSettingsMaker>of(
                () -> DEFAULTS.withThreshold(0),
                () -> DEFAULTS.withThreshold(1.01),
                () -> DEFAULTS.withThreshold(Double.NaN),
                () -> new NearDuplicateSettings(0.8, 0, 14, 8, 1, 0),
                () -> new NearDuplicateSettings(0.8, 5, 0, 8, 1, 0),
                () -> new NearDuplicateSettings(0.8, 5, 14, 0, 1, 0),
                () -> new NearDuplicateSettings(0.8, 5, 4096, 2, 1, 0),
                () -> DEFAULTS.withExactUpTo(-1))) {
            assertThatThrownBy(bad::make)
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.BAD_SETTING))
                    .hasMessageStartingWith("Near duplicates: ");
        }
    }

    @FunctionalInterface
    private interface NearDuplicateSettingsMaker {
        NearDuplicateSettings make();
    }

    /// Texts of few words, some of them edited copies of others, some equal but for case and marks, in no
    /// order of keys.
    private static List<KeyedText> texts(RandomGenerator random, int count) {
        int[] keys = Draws.permutation(count, random);
        int vocabulary = 5 + random.nextInt(60);
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            if (i > 0 && random.nextInt(3) > 0) {
                words.addAll(all.get(random.nextInt(i)));
                for (int edits = random.nextInt(4); edits > 0 && !words.isEmpty(); edits--) {
                    words.set(random.nextInt(words.size()), "w" + random.nextInt(vocabulary));
                }
            } else {
                for (int n = random.nextInt(50); n > 0; n--) {
                    words.add("w" + random.nextInt(vocabulary));
                }
            }
            all.add(words);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new KeyedText(
                        "k" + keys[i],
                        random.nextBoolean()
                                ? String.join(" ", all.get(i))
                                : String.join(", ", all.get(i)).toUpperCase(Locale.ROOT)))
                .toList();
    }

    private static String words(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    /// The definition, pair by pair.
    private static NearDuplicateReport allPairs(List<KeyedText> texts, NearDuplicateSettings settings) {
        Map<String, Set<String>> sets = new TreeMap<>();
        int empty = 0;
        for (KeyedText text : texts) {
            Set<String> shingles = shingles(text.text(), settings.ngram());
            empty += shingles.isEmpty() ? 1 : 0;
            if (!shingles.isEmpty()) {
                sets.put(text.key(), shingles);
            }
        }
        List<String> keys = List.copyOf(sets.keySet());
        Map<Set<String>, String> earliest = new HashMap<>();
        keys.forEach(key -> earliest.putIfAbsent(Objects.requireNonNull(sets.get(key)), key));
        List<NearDuplicateReport.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            for (int j = i + 1; j < keys.size(); j++) {
                Set<String> x = Objects.requireNonNull(sets.get(keys.get(i)));
                Set<String> y = Objects.requireNonNull(sets.get(keys.get(j)));
                int common = 0;
                for (String shingle : x) {
                    common += y.contains(shingle) ? 1 : 0;
                }
                double similarity = (double) common / (x.size() + y.size() - common);
                boolean first = keys.get(i).equals(earliest.get(x));
                boolean listed = x.equals(y) ? first : first && keys.get(j).equals(earliest.get(y));
                if (similarity >= settings.threshold() && listed) {
                    pairs.add(new NearDuplicateReport.Pair(keys.get(i), keys.get(j), similarity));
                }
            }
        }
        return new NearDuplicateReport(texts.size(), empty, true, pairs, clusters(pairs));
    }

    private static Set<String> shingles(String text, int ngram) {
        List<String> tokens = Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(t -> !t.isEmpty())
                .toList();
        Set<String> shingles = new HashSet<>();
        if (!tokens.isEmpty() && tokens.size() < ngram) {
            shingles.add(String.join(" ", tokens));
        }
        for (int i = 0; i + ngram <= tokens.size(); i++) {
            shingles.add(String.join(" ", tokens.subList(i, i + ngram)));
        }
        return shingles;
    }

    /// Connected components, by spreading the earliest key along pairs until nothing changes.
    private static List<NearDuplicateReport.Cluster> clusters(List<NearDuplicateReport.Pair> pairs) {
        Map<String, String> kept = new TreeMap<>();
        pairs.forEach(pair -> {
            kept.put(pair.first(), pair.first());
            kept.put(pair.second(), pair.second());
        });
        boolean changed = true;
        while (changed) {
            changed = false;
            for (NearDuplicateReport.Pair pair : pairs) {
                String x = Objects.requireNonNull(kept.get(pair.first()));
                String y = Objects.requireNonNull(kept.get(pair.second()));
                String least = x.compareTo(y) <= 0 ? x : y;
                changed |= !x.equals(y);
                kept.put(pair.first(), least);
                kept.put(pair.second(), least);
            }
        }
        Map<String, List<String>> removed = new TreeMap<>();
        kept.forEach((key, least) -> {
            List<String> others = removed.computeIfAbsent(least, k -> new ArrayList<>());
            if (!key.equals(least)) {
                others.add(key);
            }
        });
        return removed.entrySet().stream()
                .map(e -> new NearDuplicateReport.Cluster(e.getKey(), e.getValue()))
                .toList();
    }
}
