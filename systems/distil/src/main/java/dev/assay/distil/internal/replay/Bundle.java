package dev.assay.distil.internal.replay;

import dev.assay.distil.Hit;
import dev.assay.distil.Playbook;
import dev.assay.distil.RagSample;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What was retrieved for a task.
///
/// @param hits      everything above the floor, best first
/// @param exemplars accepted runs that are shown
/// @param warnings  partially accepted runs that are shown
/// @param steps     lines of retrieved content that say what to validate
public record Bundle(List<Hit> hits, List<Playbook> exemplars, List<Playbook> warnings, List<String> steps) {
    /// Accepted runs shown at most.
    public static final int MOST_EXEMPLARS = 3;

    /// Partially accepted runs shown at most.
    public static final int MOST_WARNINGS = 2;

    /// Validation steps at most.
    public static final int MOST_STEPS = 10;

    private static final Set<String> STEP_VERBS = Set.of("verify", "check", "assert", "ensure", "confirm");
    // Bullets, numbers, check boxes, quotes and headings, in any combination.
    private static final Pattern LIST_MARK =
            Pattern.compile("^(?:[-*+\\u2022>#]+|[0-9]{1,3}[.)]|\\([0-9]{1,3}\\)|\\[[ xX]?\\])[ \\t]+");
    private static final Pattern FIRST_WORD = Pattern.compile("^[*_`]*([A-Za-z]+)");

    /// Copies the lists.
    public Bundle {
        hits = List.copyOf(hits);
        exemplars = List.copyOf(exemplars);
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
    }

    /// Nothing.
    public static Bundle empty() {
        return new Bundle(List.of(), List.of(), List.of(), List.of());
    }

    /// The bundle of these hits.
    public static Bundle of(List<Hit> hits) {
        return new Bundle(
                hits,
                first(hits, RagSample.Score.ACCEPTED, MOST_EXEMPLARS),
                first(hits, RagSample.Score.PARTIALLY_ACCEPTED, MOST_WARNINGS),
                steps(hits));
    }

    private static List<Playbook> first(List<Hit> hits, RagSample.Score score, int most) {
        return hits.stream()
                .map(Hit::playbook)
                .filter(playbook -> playbook.score() == score)
                .limit(most)
                .toList();
    }

    private static List<String> steps(List<Hit> hits) {
        Set<String> steps = new LinkedHashSet<>();
        for (Hit hit : hits) {
            for (String line : hit.playbook().content().lines().toList()) {
                String step = unmarked(line.strip());
                var word = FIRST_WORD.matcher(step);
                if (word.find() && STEP_VERBS.contains(word.group(1).toLowerCase(Locale.ROOT))) {
                    steps.add(step);
                    if (steps.size() == MOST_STEPS) {
                        return new ArrayList<>(steps);
                    }
                }
            }
        }
        return new ArrayList<>(steps);
    }

    private static String unmarked(String line) {
        var mark = LIST_MARK.matcher(line);
        int from = 0;
        while (mark.region(from, line.length()).lookingAt()) {
            from = mark.end();
        }
        return line.substring(from).strip();
    }

    /// The texts that an answer may lean on besides the task.
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Hit hit : hits) {
            texts.add(Prompt.label(hit.playbook()));
            texts.add(hit.playbook().title());
            texts.add(hit.playbook().content());
        }
        return texts;
    }
}
