package dev.assay.frame.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Some columns as the conditions on them see them: rows that no condition tells apart are one class.
final class Dimension {
    private final int[] ofRow;
    private final int[][] termsOfClass;

    private Dimension(int[] ofRow, int[][] termsOfClass) {
        this.ofRow = ofRow;
        this.termsOfClass = termsOfClass;
    }

    int classes() {
        return termsOfClass.length;
    }

    int classOf(int row) {
        return ofRow[row];
    }

    /// The terms that hold for a class, ascending.
    int[] terms(int of) {
        return termsOfClass[of];
    }

    boolean holds(int of, int term) {
        return Arrays.binarySearch(termsOfClass[of], term) >= 0;
    }

    /// Refines one class of everything by one term after the other.
    static final class Builder {
        private final Codes codes;
        private final int[] classOfCode;
        private int[][] terms = new int[16][];
        private int[] sizes = new int[16];
        private int classes = 1;

        Builder(Codes codes) {
            this.codes = codes;
            this.classOfCode = new int[codes.firsts().length];
            terms[0] = new int[0];
            sizes[0] = classOfCode.length;
        }

        /// @param where the distinct tuples for which the term holds
        void term(int term, BitSet where) {
            Map<Integer, Integer> split = new HashMap<>();
            for (int code = where.nextSetBit(0); code >= 0; code = where.nextSetBit(code + 1)) {
                int old = classOfCode[code];
                int fresh = split.computeIfAbsent(old, c -> add(terms[c], term));
                classOfCode[code] = fresh;
                sizes[old]--;
                sizes[fresh]++;
            }
        }

        private int add(int[] old, int term) {
            if (classes == terms.length) {
                terms = Arrays.copyOf(terms, 2 * classes);
                sizes = Arrays.copyOf(sizes, 2 * classes);
            }
            int[] more = Arrays.copyOf(old, old.length + 1);
            more[old.length] = term;
            terms[classes] = more;
            return classes++;
        }

        Dimension build() {
            int[] number = new int[classes];
            int[][] kept = new int[classes][];
            int count = 0;
            for (int c = 0; c < classes; c++) {
                if (sizes[c] > 0) {
                    number[c] = count;
                    kept[count++] = terms[c];
                }
            }
            int[] ofRow = new int[codes.ofRow().length];
            for (int i = 0; i < ofRow.length; i++) {
                ofRow[i] = number[classOfCode[codes.ofRow()[i]]];
            }
            return new Dimension(ofRow, Arrays.copyOf(kept, count));
        }
    }
}
