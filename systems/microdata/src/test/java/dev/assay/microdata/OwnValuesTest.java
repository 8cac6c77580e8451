package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.SynthesiseStage.Method;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values that one training row has, and what becomes of them in synthetic rows.
class OwnValuesTest {
    private static final int ROWS = 300;

    @TempDir
    Path folder;

    private static Frame people(int rows) {
        RandomGenerator random = Seed.of(4).generator();
        return Frame.empty()
                .with(
                        "age",
                        Column.Longs.of(IntStream.range(0, rows)
                                .mapToLong(i -> 20 + i % 43)
                                .toArray()))
                .with("group", texts(rows, i -> "g" + i % 7))
                .with(
                        "income",
                        Column.Doubles.of(random.doubles(rows, 0, 90_000).toArray()));
    }

    private static Column texts(int rows, IntFunction<String> text) {
        return Column.Texts.of(IntStream.range(0, rows).mapToObj(text).toArray(String[]::new));
    }

    private static Column longs(int rows, java.util.function.IntToLongFunction value) {
        return Column.Longs.of(IntStream.range(0, rows).mapToLong(value).toArray());
    }

    private static SynthesiseStage.Settings settings(
            Frame training,
            Method method,
            List<String> conditioning,
            Map<String, String> kinds,
            List<String> keep,
            int least) {
        return new SynthesiseStage.Settings(
                training,
                method,
                Optional.empty(),
                conditioning,
                List.of(),
                List.of(),
                kinds,
                Optional.empty(),
                4,
                0,
                false,
                keep,
                least,
                10,
                true);
    }

    private Frame made(InMemoryContext context, SynthesiseStage.Settings settings) {
        return new SynthesiseStage().run(settings, context).synthetic();
    }

    private Fault refused(SynthesiseStage.Settings settings) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            return catchThrowableOfType(Fault.class, () -> made(context, settings));
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aTextThatDiffersInEveryRowIsRefusedByEveryMethod(Method method) {
        Frame training = people(ROWS).with("name", texts(ROWS, i -> "person " + i));
        Fault fault = refused(settings(training, method, List.of(), Map.of(), List.of(), 50));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage())
                .contains("column 'name' is different in every one of 300 rows", "leave-out: [name]", "'keep-unique'")
                .doesNotContain("person");
    }

    @Test
    void soIsOneThatDiffersInNearlyEveryRowAndOneThatConditions() {
        Frame nearly = people(ROWS).with("name", texts(ROWS, i -> "person " + Math.max(20, i)));
        assertThat(refused(settings(nearly, Method.CART, List.of(), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("column 'name' is different in 279 of 300 rows");
        assertThat(refused(settings(nearly, Method.CART, List.of("name"), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("column 'name'");
    }

    @Test
    void wholeNumbersThatDifferInEveryRowAreKeysUnlessDeclared() {
        Frame training = people(ROWS).with("id", longs(ROWS, i -> 1_000_000 + 7919L * i));
        assertThat(refused(settings(training, Method.QRF, List.of(), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("column 'id' is different in every one of 300 rows", "kinds: {id: count}");
        assertThat(refused(settings(training, Method.QRF, List.of(), Map.of("id", "count"), List.of(), 50)))
                .isNull();
        // As a condition it comes out as it is, whatever it measures.
        assertThat(refused(settings(training, Method.QRF, List.of("id"), Map.of("id", "count"), List.of(), 50)))
                .isNotNull();
        Frame small = people(60).with("id", longs(60, i -> 5L * i));
        assertThat(refused(settings(small, Method.CART, List.of(), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("column 'id'");
    }

    @Test
    void ninetyOfAHundredIsTheFirstShareThatIsRefused() {
        for (int own : new int[] {269, 270}) {
            Frame training = people(ROWS).with("name", texts(ROWS, i -> "person " + Math.max(ROWS - own - 1, i)));
            Fault fault = refused(settings(training, Method.CART, List.of(), Map.of(), List.of(), 50));
            assertThat(fault == null).as(own + " of 300").isEqualTo(own == 269);
        }
    }

    @Test
    void aDayInEveryRowIsASeriesUnlessItConditions() {
        Frame training = people(ROWS)
                .with(
                        "day",
                        Column.Dates.of(
                                IntStream.range(0, ROWS).map(i -> 19_000 + i).toArray()));
        assertThat(refused(settings(training, Method.QRF, List.of(), Map.of(), List.of(), 50)))
                .isNull();
        assertThat(refused(settings(training, Method.QRF, List.of("day"), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("column 'day' is different in every one of 300 rows");
    }

    @Test
    void amountsWithFractionsDifferByNature() {
        assertThat(refused(settings(people(ROWS), Method.QRF, List.of(), Map.of(), List.of(), 50)))
                .isNull();
    }

    @Test
    void whatIsKeptIsDrawnAndToldWithItsCounts() {
        Frame training = people(ROWS).with("name", texts(ROWS, i -> "person " + i));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            Frame made = made(context, settings(training, Method.CART, List.of(), Map.of(), List.of("name"), 50));
            long different = IntStream.range(0, ROWS)
                    .mapToObj(i -> made.column("name").text(i))
                    .distinct()
                    .count();
            assertThat(context.value("one-row-values")).isEqualTo(ROWS);
            assertThat(context.warnings())
                    .singleElement()
                    .satisfies(w -> assertThat(w)
                            .contains(
                                    "column 'name' has 300 values that one training row has each",
                                    different + " of them")
                            .doesNotContain("person"));
            assertThat(context.listing("What one training row has").rows())
                    .anySatisfy(row -> assertThat(row).containsExactly("name", 300, (int) different, 300L));
        }
    }

    @Test
    void aPlaceWithFewRepeatsIsToldAndACategoryIsNot() {
        // 60 of 300 rows have a place of their own.
        Frame training = people(ROWS).with("zip", texts(ROWS, i -> "z" + (i < 60 ? i : 1000 + i % 40)));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            Frame lineage = new SynthesiseStage()
                    .run(settings(training, Method.MARGINAL, List.of(), Map.of(), List.of(), 50), context)
                    .lineage();
            assertThat(context.warnings())
                    .singleElement()
                    .satisfies(w -> assertThat(w).contains("column 'zip' has 60 values", "20.0 %"));
            int zip = IntStream.range(0, lineage.rows())
                    .filter(i -> "zip".equals(lineage.column("column").text(i)))
                    .findFirst()
                    .orElseThrow();
            assertThat(lineage.numbers("values_of_one_row")[zip]).isEqualTo(60);
            assertThat(lineage.numbers("cells_of_one_row")[zip]).isEqualTo(context.value("one-row-values"));
            assertThat(Arrays.stream(lineage.numbers("values_of_one_row")).sum())
                    .isEqualTo(60);
        }
    }

    @Test
    void combinationsOfConditionsAreToldAndSoAreWholeRows() {
        Frame training = people(ROWS).select(List.of("age", "group", "income"));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            made(context, settings(training, Method.CART, List.of("age", "group"), Map.of(), List.of(), 50));
            // 43 ages and 7 groups: each of the 300 rows is alone.
            assertThat(context.value("one-row-conditions")).isEqualTo(ROWS);
            assertThat(context.warnings())
                    .singleElement()
                    .satisfies(
                            w -> assertThat(w).contains("100.0 % of the training rows", "condition on fewer columns"));
        }
        Frame few = training.select(List.of("age", "group"));
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            Frame made = made(context, settings(few, Method.MARGINAL, List.of(), Map.of(), List.of(), 50));
            assertThat(made.rows()).isEqualTo(ROWS);
            long copies = IntStream.range(0, ROWS)
                    .filter(i -> IntStream.range(0, ROWS)
                            .anyMatch(t -> few.column("age").number(t)
                                            == made.column("age").number(i)
                                    && String.valueOf(few.column("group").text(t))
                                            .equals(made.column("group").text(i))))
                    .count();
            assertThat(context.value("copied-rows")).isEqualTo(copies);
        }
    }

    @Test
    void fewRowsAreRefusedAndSaidHowMany() {
        assertThat(refused(settings(people(1), Method.CART, List.of(), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("there is 1 training row, and at least 50 are needed", "'least-rows'");
        assertThat(refused(settings(people(49), Method.CART, List.of(), Map.of(), List.of(), 50))
                        .getMessage())
                .contains("there are 49 training rows");
        assertThat(refused(settings(people(49), Method.CART, List.of(), Map.of(), List.of(), 10)))
                .isNull();
    }
}
