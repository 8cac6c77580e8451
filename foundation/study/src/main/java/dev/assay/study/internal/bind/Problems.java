package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything that is wrong with what was given, told together.
public final class Problems {
    private record Problem(Fault.Kind kind, Place place, String sentence) {
        @Override
        public String toString() {
            return place + ": " + sentence;
        }
    }

    private final List<Problem> problems = new ArrayList<>();

    /// Notes a problem.
    public void add(Fault.Kind kind, Place place, String sentence) {
        Problem problem = new Problem(kind, place, sentence);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /// Whether nothing is wrong so far.
    public boolean none() {
        return problems.isEmpty();
    }

    /// Number of problems noted so far.
    public int size() {
        return problems.size();
    }

    /// Throws all problems as one fault, in the order of their lines. Its kind is that of the problems if
    /// they agree, else the general one.
    ///
    /// @param general the kind for mixed problems
    public void raise(Fault.Kind general) {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> ordered = problems.stream()
                .sorted(Comparator.comparingInt(p -> p.place().line()))
                .toList();
        Problem first = ordered.getFirst();
        Fault.Kind kind = ordered.stream().allMatch(p -> p.kind() == first.kind()) ? first.kind() : general;
        if (ordered.size() == 1) {
            throw Fault.of(kind, first.sentence()).at(first.place().toString());
        }
        throw Fault.of(kind, ordered.size() + " problems:")
                .listing(ordered.stream().map(Problem::toString).toList());
    }
}
