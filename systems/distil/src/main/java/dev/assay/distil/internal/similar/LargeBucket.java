package dev.assay.distil.internal.similar;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Connects the texts of one large bucket without comparing those that are connected already: each text in
/// turn with every group of earlier ones until it meets one that it is like. A family of texts all alike
/// costs one comparison a text.
///
/// A group is a list linked through `next`, so that two become one at once.
final class LargeBucket {
    private static final int NONE = -1;

    private final BandSearch search;
    private final int band;
    private final PairList found;
    private int[] rows = new int[0];
    private int[] next = rows;
    private int[] head = rows;
    private int[] tail = rows;

    /// The group that a group has become part of, or itself.
    private int[] into = rows;

    private int groups;
    private int[] active = rows;
    private int activeCount;

    LargeBucket(BandSearch search, int band, PairList found) {
        this.search = search;
        this.band = band;
        this.found = found;
    }

    /// Connects the rows at places `from` to `to`, exclusive.
    void connect(int from, int to) {
        int size = to - from;
        rows = new int[size];
        next = new int[size];
        Arrays.fill(next, NONE);
        head = new int[size];
        tail = new int[size];
        into = new int[size];
        active = new int[size];
        Map<Integer, Integer> groupOfCluster = new HashMap<>();
        for (int i = 0; i < size; i++) {
            rows[i] = search.row(band, from + i);
            int root = search.root(rows[i]);
            int own = compare(i, ofCluster(groupOfCluster, root));
            if (own == NONE) {
                own = groups++;
                into[own] = own;
                head[own] = i;
                active[activeCount++] = own;
            } else {
                next[tail[own]] = i;
            }
            tail[own] = i;
            groupOfCluster.put(root, own);
        }
    }

    private int ofCluster(Map<Integer, Integer> groupOfCluster, int root) {
        int group = groupOfCluster.getOrDefault(root, NONE);
        while (group != NONE && into[group] != group) {
            group = into[group];
        }
        return group;
    }

    /// Compares a text with all groups but its own; those that it is like become one.
    ///
    /// @return the group that it belongs to afterwards, or none
    private int compare(int i, int ownAtFirst) {
        int own = ownAtFirst;
        int kept = 0;
        for (int a = 0; a < activeCount; a++) {
            int group = active[a];
            if (into[group] != group) {
                continue;
            }
            if (group != own && like(i, group)) {
                if (own != NONE) {
                    int other = Math.max(own, group);
                    own = Math.min(own, group);
                    next[tail[own]] = head[other];
                    tail[own] = tail[other];
                    into[other] = own;
                    if (other == group) {
                        continue;
                    }
                } else {
                    own = group;
                }
            }
            active[kept++] = group;
        }
        activeCount = kept;
        return own;
    }

    private boolean like(int i, int group) {
        for (int j = head[group]; j != NONE; j = next[j]) {
            if (search.alike(rows[j], rows[i], band, found)) {
                return true;
            }
        }
        return false;
    }
}
