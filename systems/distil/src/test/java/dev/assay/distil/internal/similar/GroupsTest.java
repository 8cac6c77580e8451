package dev.assay.distil.internal.similar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GroupsTest {
    /// Keys that share their high bits, where row numbers lie while sorting, and differ below or in the
    /// second key.
    @Test
    void rowsAreGroupedByWholeKeys() {
        Property.holds(200, seed -> {
            RandomGenerator random = seed.generator();
            int rows = random.nextInt(300);
            long[] first = new long[rows];
            long[] second = new long[rows];
            boolean[] has = new boolean[rows];
            Map<List<Long>, List<Integer>> expected = new LinkedHashMap<>();
            for (int row = 0; row < rows; row++) {
                first[row] = (random.nextInt(20) - 10L) << 58 | random.nextInt(3);
                second[row] = random.nextInt(2);
                has[row] = random.nextInt(5) > 0;
                if (has[row]) {
                    expected.computeIfAbsent(List.of(first[row], second[row]), k -> new ArrayList<>())
                            .add(row);
                }
            }
            expected.values().removeIf(group -> group.size() == 1);

            Groups groups = Groups.of(rows, new Groups.Keys() {
                @Override
                public long of(int row) {
                    return first[row];
                }

                @Override
                public long second(int row) {
                    return second[row];
                }

                @Override
                public boolean has(int row) {
                    return has[row];
                }
            });

            List<List<Integer>> found = new ArrayList<>();
            for (int g = 0; g < groups.count(); g++) {
                List<Integer> group = new ArrayList<>();
                for (int place = groups.start(g); place < groups.start(g + 1); place++) {
                    group.add(groups.row(place));
                }
                found.add(group);
            }
            assertThat(found).doesNotHaveDuplicates();
            assertThat(new HashSet<>(found)).isEqualTo(new HashSet<>(expected.values()));
        });
    }
}
