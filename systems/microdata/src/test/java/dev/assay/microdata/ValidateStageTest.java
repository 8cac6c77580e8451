package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.chance.Seed;
import dev.assay.engine.LocalEngine;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.Frame;
import dev.assay.microdata.ValidateStage.Validated;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateStageTest {
    private static final Source SOURCE = new Source("people.csv", 2, List.of(new Source.TallRow(1, 3)), 6);

    @TempDir
    Path folder;

    @AutoClose
    private final LocalEngine engine = LocalEngine.of(2);

    /// What the stage that ran last said.
    private InMemoryContext said;

    @BeforeEach
    void setUp() {
        said = context();
    }

    /// A context for one run of a stage.
    private InMemoryContext context() {
        said = InMemoryContext.of(Seed.of(1), engine, folder);
        return said;
    }

    private Frame table = Frame.empty()
            .with("id", Column.Longs.of(1, 2, 3, 4, 5, 6))
            .with("age", Column.Doubles.of(30, Double.NaN, 50, 200, 20, 40))
            .with("income", Column.Texts.of("10", "20", "n/a", "1e3", "0x1p3", " 7 "));

    private List<String> key = List.of();
    private Optional<String> parentKey = Optional.empty();
    private Optional<Frame> parent = Optional.empty();
    private List<String> required = List.of();
    private List<String> numbers = List.of();
    private Map<String, String> rules = Map.of();
    private double most = 1;

    @Test
    void eachKindOfRuleSetsRowsAsideWithReasonFileAndLine() {
        required = List.of("age");
        numbers = List.of("income");
        rules = new LinkedHashMap<>(Map.of("age in range", "age BETWEEN 0 AND 120"));

        Validated made = run();

        assertThat(made.accepted().frame().numbers("id")).containsExactly(1, 6);
        Frame aside = made.quarantined().frame();
        assertThat(aside.schema().names()).containsExactly("reason", "file", "line", "id", "age", "income");
        assertThat(texts(aside, "reason"))
                .containsExactly("missing age", "not a number income", "age in range", "not a number income");
        assertThat(texts(aside, "file")).containsOnly("people.csv");
        // The second row takes four lines.
        assertThat(aside.numbers("line")).containsExactly(3, 7, 8, 9);
        assertThat(said.counts())
                .containsEntry("accepted", 2L)
                .containsEntry("quarantined", 4L)
                .containsEntry("quarantine.not a number income", 2L);
        assertThat(said.value("quarantined-share")).isEqualTo(4 / 6.0);
    }

    @Test
    void numbersInTextColumnsBecomeNumbersOnceTheRestIsAside() {
        numbers = List.of("income");

        Column income = run().accepted().frame().column("income");

        assertThat(income).isInstanceOf(Column.Doubles.class);
        assertThat(run().accepted().frame().numbers("income")).containsExactly(10, 20, 1000, 7);
    }

    @Test
    void aRuleThatAMissingValueLeavesOpenIsNotBroken() {
        rules = Map.of("young", "age < 100");

        assertThat(run().accepted().frame().numbers("id")).containsExactly(1, 2, 3, 5, 6);
    }

    @Test
    void personsWithoutAHouseholdAreSetAside() {
        parent = Optional.of(Frame.empty().with("id", Column.Longs.of(1, 2, 3, 4, 5)));
        parentKey = Optional.of("id");

        Validated made = run();

        assertThat(texts(made.quarantined().frame(), "reason")).containsExactly("no parent id");
    }

    @Test
    void aParentKeyNeedsItsTable() {
        parentKey = Optional.of("id");

        assertThat(fault().kind()).isEqualTo(Fault.Kind.BAD_SETTING);
    }

    @Test
    void aParentTableNeedsAKeyThatIdentifiesItsRows() {
        parent = Optional.of(Frame.empty().with("id", Column.Longs.of(1, 2, 3, 4, 5, 6, 2)));

        assertThat(fault().kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault().getMessage()).startsWith("'parent' is given but not 'parent-key'");

        parentKey = Optional.of("id");
        assertThat(fault().kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault().getMessage())
                .startsWith("column 'id' does not identify a row of 'parent': row 7 repeats row 2");
    }

    @Test
    void theLinesOfAnotherTableAreRefused() {
        table = table.filter(row -> row != 3);

        assertThat(fault().kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault().getMessage())
                .startsWith(
                        "'source' tells the lines of 6 rows, but the table has 5: give the source of the stage that read "
                                + "this very table");
    }

    @Test
    void moreRowsAsideThanAllowedEndTheStageWithTheFirstPlace() {
        required = List.of("age");
        most = 0.1;

        Fault fault = fault();

        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DATA);
        assertThat(fault.getMessage())
                .startsWith("people.csv: 1 of 6 rows break a rule, more than max-quarantined = 0.1 allows")
                .contains("missing age at line 3");
    }

    @Test
    void aKeyThatRepeatsNamesBothLines() {
        key = List.of("age");
        table = table.with("age", Column.Doubles.of(1, 2, 3, 4, 2, 1));

        assertThat(fault().getMessage()).contains("2 rows repeat", "line 9 repeats line 3");
    }

    @Test
    void aMissingCellOfAKeyIsNoText() {
        key = List.of("name");
        table = table.with("name", Column.Texts.of("\0", null, "", "null", "a", "b"));
        assertThat(run().accepted().rows()).isEqualTo(6);

        table = table.with("name", Column.Texts.of("\0", null, "", "null", "a", null));
        assertThat(fault().getMessage()).contains("1 row repeats", "line 10 repeats line 3");
    }

    @Test
    void aColumnWithoutAnyValueIsNamed() {
        table = table.with("empty", Column.Texts.of(null, null, null, null, null, null));

        assertThat(fault().getMessage()).startsWith("people.csv: column 'empty' has no value in any of the 6 rows");
    }

    @Test
    void aRuleThatIsNoSqlIsNamed() {
        rules = Map.of("odd", "age >> > 3");
        assertThat(fault().getMessage()).startsWith("rule 'odd': the SQL does not work");
        rules = Map.of("odd", "agge > 3");
        assertThat(fault().getMessage()).startsWith("rule 'odd': there is no column 'agge'. Did you mean 'age'?");
        rules = Map.of("odd", "age > 3) OR (1 = 1");
        assertThat(fault().getMessage()).startsWith("rule 'odd': the parentheses");
    }

    @Test
    void aRuleWithoutANameIsRefused() {
        rules = Map.of(" ", "age > 3");

        assertThat(fault().kind()).isEqualTo(Fault.Kind.BAD_SETTING);
        assertThat(fault().getMessage()).startsWith("a rule needs a name");
    }

    @Test
    void whatIsWrongNeverQuotesCells() {
        rules = Map.of("cast", "CAST(income AS INT) > 3");

        assertThat(fault().getMessage()).startsWith("rule 'cast'").doesNotContain("n/a", "0x1p3");
    }

    private Fault fault() {
        return catchThrowableOfType(Fault.class, this::run);
    }

    private Validated run() {
        return new ValidateStage()
                .run(
                        new ValidateStage.Settings(
                                Stored.of(table),
                                Optional.of(SOURCE),
                                parent.map(Stored::of),
                                key,
                                parentKey,
                                required,
                                numbers,
                                rules,
                                most),
                        context());
    }

    private static List<String> texts(Frame frame, String column) {
        return java.util.stream.IntStream.range(0, frame.rows())
                .mapToObj(row -> String.valueOf(frame.column(column).text(row)))
                .toList();
    }
}
