package dev.assay.distil.internal.similar;

import dev.assay.engine.Engine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Connects the texts of one large bucket without comparing those that are connected already: each text with
/// every group of earlier ones until it meets one that it is like. A family of texts all alike costs one
/// comparison a text.
///
/// Some texts at a time are compared with the groups before them, by all threads, and then with each other.
///
/// A group is a list linked through `next`, so that two become one at once.
final class LargeBucket {
    private static final int NONE = -1;

    /// Texts compared with the same groups.
    private static final int CHUNK = 64;

    private final BandSearch search;
    private final int band;
    private final PairList found;
    private final int[] rows;
    private final int[] next;

    /// The group that each text was put into.
    private final int[] groupOf;

    /// Of each group the first text, the last, and the group that it has become part of, or itself.
    private final int[] head;

    private final int[] tail;
    private final int[] into;
    private int groups;

    private final int[] active;
    private int activeCount;

    /// For clusters of earlier bands the group of their texts.
    private final Map<Integer, Integer> groupOfCluster = new HashMap<>();

    /// The bucket of a band with the rows at places `from` to `to`, exclusive.
    LargeBucket(BandSearch search, int band, int from, int to, PairList found) {
        this.search = search;
        this.band = band;
        this.found = found;
        int size = to - from;
        rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = search.row(band, from + i);
        }
        next = new int[size];
        Arrays.fill(next, NONE);
        groupOf = new int[size];
        head = new int[size];
        tail = new int[size];
        into = new int[size];
        active = new int[size];
    }

    /// The groups that a text met.
    private record Met(int[] groups, PairList pairs) {}

    void connect(Engine engine) {
        for (int from = 0; from < rows.length; from += CHUNK) {
            int begin = from;
            int count = Math.min(CHUNK, rows.length - begin);
            List<Met> met = engine.map(count, i -> meet(begin + i));
            for (int i = 0; i < count; i++) {
                join(begin, begin + i, met.get(i));
            }
            int kept = 0;
            for (int a = 0; a < activeCount; a++) {
                if (into[active[a]] == active[a]) {
                    active[kept++] = active[a];
                }
            }
            activeCount = kept;
        }
    }

    /// Compares a text with all groups but its own, whose texts are earlier ones.
    private Met meet(int i) {
        int own = ofCluster(i);
        PairList pairs = new PairList();
        int[] groupsMet = new int[4];
        int count = 0;
        for (int a = 0; a < activeCount; a++) {
            int group = active[a];
            if (group == own) {
                continue;
            }
            for (int j = head[group]; j != NONE; j = next[j]) {
                if (search.alike(rows[j], rows[i], band, pairs)) {
                    if (count == groupsMet.length) {
                        groupsMet = Arrays.copyOf(groupsMet, 2 * count);
                    }
                    groupsMet[count++] = group;
                    break;
                }
            }
        }
        return new Met(Arrays.copyOf(groupsMet, count), pairs);
    }

    /// Puts a text into a group, after comparing it with those of its chunk.
    private void join(int chunk, int i, Met met) {
        found.addAll(met.pairs);
        int own = ofCluster(i);
        for (int group : met.groups) {
            own = merged(own, current(group));
        }
        for (int j = chunk; j < i; j++) {
            int group = current(groupOf[j]);
            if (group != own && search.alike(rows[j], rows[i], band, found)) {
                own = merged(own, group);
            }
        }
        if (own == NONE) {
            own = groups++;
            into[own] = own;
            head[own] = i;
            active[activeCount++] = own;
        } else {
            next[tail[own]] = i;
        }
        tail[own] = i;
        groupOf[i] = own;
        groupOfCluster.put(search.root(rows[i]), own);
    }

    private int ofCluster(int i) {
        int group = groupOfCluster.getOrDefault(search.root(rows[i]), NONE);
        return group == NONE ? NONE : current(group);
    }

    private int current(int group) {
        int at = group;
        while (into[at] != at) {
            at = into[at];
        }
        return at;
    }

    private int merged(int x, int y) {
        if (x == NONE || x == y) {
            return y;
        }
        int kept = Math.min(x, y);
        int other = Math.max(x, y);
        next[tail[kept]] = head[other];
        tail[kept] = tail[other];
        into[other] = kept;
        return kept;
    }
}
