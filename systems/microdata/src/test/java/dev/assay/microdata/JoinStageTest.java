package dev.assay.microdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chance.Seed;
import dev.assay.fault.Fault;
import dev.assay.frame.Column;
import dev.assay.frame.ColumnType;
import dev.assay.frame.Field;
import dev.assay.frame.Frame;
import dev.assay.frame.JoinKind;
import dev.assay.study.InMemoryContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinStageTest {
    @TempDir
    Path folder;

    @Test
    void aJoinInWhichNoRowHasAPartnerIsAWrongKey() {
        Frame left = Frame.empty().with("k", Column.Texts.of("0000", "0001", null));
        Frame right = Frame.empty().with("k", Column.Texts.of("0", "1")).with("v", Column.Longs.of(7, 8));
        for (JoinStage.Kind kind : JoinStage.Kind.values()) {
            assertThatThrownBy(() -> joined(left, right, kind, false))
                    .isInstanceOf(Fault.class)
                    .hasMessage(
                            "no row has a partner: none of 3 left rows has the key of one of 2 right rows; check the key "
                                    + "columns");
        }
    }

    @Test
    void zerosWithAndWithoutASignAreOneKey() {
        Frame left = Frame.empty().with("k", Column.Doubles.of(0, 1));
        Frame right = Frame.empty().with("k", Column.Doubles.of(0.0, -0.0)).with("v", Column.Longs.of(1, 2));
        assertThatThrownBy(() -> joined(left, right, JoinStage.Kind.LEFT, false))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("where 0 and -0 are one key");
        assertThat(joined(left, right, JoinStage.Kind.LEFT, true).table().rows())
                .isEqualTo(3);
    }

    @Test
    void aKeyInTwoUnitsIsRefused() {
        Frame left = Frame.empty().with(new Field("k", ColumnType.LONG, "EUR"), Column.Longs.of(1, 2));
        for (String unit : List.of("EUR", "kEUR", "")) {
            Frame right = Frame.empty()
                    .with(new Field("k", ColumnType.LONG, unit), Column.Longs.of(1, 2))
                    .with("v", Column.Longs.of(3, 4));
            if (unit.equals("kEUR")) {
                String message =
                        "the key 'k' is in EUR in the left table and in kEUR in the right one; bring both to one unit";
                assertThatThrownBy(() -> joined(left, right, JoinStage.Kind.LEFT, false))
                        .isInstanceOf(Fault.class)
                        .hasMessageStartingWith(message);
                assertThatThrownBy(() -> left.join(right, List.of("k"), JoinKind.LEFT, ""))
                        .isInstanceOf(Fault.class)
                        .hasMessageStartingWith(message);
            } else {
                assertThat(joined(left, right, JoinStage.Kind.LEFT, false)
                                .table()
                                .rows())
                        .isEqualTo(2);
            }
        }
    }

    private JoinStage.Joined joined(Frame left, Frame right, JoinStage.Kind kind, boolean several) {
        try (InMemoryContext context = InMemoryContext.of(Seed.of(1), 2, folder)) {
            return new JoinStage()
                    .run(
                            new JoinStage.Settings(Stored.of(left), Stored.of(right), List.of("k"), kind, several, ""),
                            context);
        }
    }
}
