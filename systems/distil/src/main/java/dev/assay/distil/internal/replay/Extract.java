package dev.assay.distil.internal.replay;

import dev.assay.distil.Hit;
import dev.assay.distil.TextAnalysis;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Answers with sentences of retrieved runs and nothing else: those that share most distinct words with the
/// task, in the order of the ranking and of the text, each with the label of its run.
final class Extract {
    private record Sentence(int hit, int place, String text, int shared) {}

    private Extract() {}

    /// The sentences, a line each; empty if no sentence shares a word with the task.
    ///
    /// @param most sentences quoted at most
    static String answer(String task, Bundle bundle, TextAnalysis analysis, int most) {
        Set<String> wanted = new HashSet<>(analysis.tokens(task));
        List<Sentence> sentences = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int h = 0; h < bundle.hits().size(); h++) {
            int place = 0;
            for (String text : sentences(bundle.hits().get(h).playbook().content())) {
                Set<String> words = new HashSet<>(analysis.tokens(text));
                words.retainAll(wanted);
                if (!words.isEmpty() && seen.add(text)) {
                    sentences.add(new Sentence(h, place, text, words.size()));
                }
                place++;
            }
        }
        sentences.sort(Comparator.comparingInt(Sentence::shared)
                .reversed()
                .thenComparingInt(Sentence::hit)
                .thenComparingInt(Sentence::place));
        List<Sentence> best = new ArrayList<>(sentences.subList(0, Math.min(most, sentences.size())));
        best.sort(Comparator.comparingInt(Sentence::hit).thenComparingInt(Sentence::place));
        List<String> lines = new ArrayList<>();
        for (Sentence each : best) {
            Hit hit = bundle.hits().get(each.hit());
            lines.add("\"" + each.text() + "\" " + Prompt.label(hit.playbook()));
        }
        return String.join("\n", lines);
    }

    private static List<String> sentences(String content) {
        List<String> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        for (String line : content.lines().toList()) {
            breaks.setText(line);
            int from = breaks.first();
            for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
                String sentence = line.substring(from, to).strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
                from = to;
            }
        }
        return sentences;
    }
}
