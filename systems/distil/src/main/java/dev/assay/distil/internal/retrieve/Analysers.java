package dev.assay.distil.internal.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Tokens of texts.
public final class Analysers {
    // Keeps its parts for each thread, so one will do for all.
    private static final Analyzer ENGLISH = new EnglishAnalyzer(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);

    private Analysers() {}

    /// Lucene's standard chain for English.
    public static List<String> english(String text) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = ENGLISH.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    /// Runs of letters and digits, without stop words.
    public static List<String> plain(String text) {
        List<String> tokens = new ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            boolean inside = Character.isLetterOrDigit(c);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                keep(lower.substring(start, i), tokens);
                start = -1;
            }
            i += Character.charCount(c);
        }
        if (start >= 0) {
            keep(lower.substring(start), tokens);
        }
        return tokens;
    }

    private static void keep(String token, List<String> tokens) {
        if (!EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(token)) {
            tokens.add(token);
        }
    }
}
