package dev.assay.distil;

import dev.assay.distil.internal.score.CompiledRules;
import dev.assay.distil.internal.score.RuleReader;
import java.nio.file.Path;
import java.util.List;

/// Rules that give each run a category: the first that holds decides, and no model is asked.
///
/// ```yaml
/// version: 1.0.0
/// define:
///   answer: last_match($.text, '"answer": *"([^"]*)"', 1)
/// rules:
///   - when: { blank: $.text }
///     then: rejected
///     reason: empty_output
///   - when: { same_number: [ answer, $.reference ] }
///     then: accepted
///     reason: number_equal
/// scores:
///   answer_length: length(answer)
/// ```
///
/// Paths look at the fields of evidence; expressions are those of [Mapping]. Predicates: `all`, `any`, `not`,
/// `exists`, `blank`, `eq`, `ne`, `lt`, `le`, `gt`, `ge` (numbers as decimals), `in`, `matches` (somewhere in
/// the text) and `same_number` (the first number of each). A comparison with an absent value is false. If no
/// rule holds the category is [Category#NEEDS_HUMAN_REVIEW] for the reason `no_rule_matched`.
///
/// @param version  `<version of the file>+<first 12 hex digits of the SHA-256 of its canonical form>`: it
///                 cannot be set, and a changed rule changes it
/// @param digest   SHA-256 of the canonical form
/// @param outcomes every category with a reason that a rule may give, in the file's order
/// @param compiled the same, ready to run
public record RuleFile(String version, String digest, List<String> outcomes, CompiledRules compiled) {
    /// Copies the list.
    public RuleFile {
        outcomes = List.copyOf(outcomes);
    }

    /// Reads a rule file, YAML or JSON.
    ///
    /// @throws Fault (STUDY, MISSING_FILE) naming file and line of what is wrong
    public static RuleFile read(Path file) {
        return RuleReader.read(file);
    }
}
