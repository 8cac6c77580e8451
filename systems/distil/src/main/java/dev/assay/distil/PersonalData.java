package dev.assay.distil;

import dev.assay.distil.internal.personal.Ascii;
import dev.assay.distil.internal.personal.CardScanner;
import dev.assay.distil.internal.personal.EmailScanner;
import dev.assay.distil.internal.personal.Ipv4Scanner;
import dev.assay.distil.internal.personal.SecretScanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Finds what identifies people, or opens their accounts, in texts that are about to be trained on.
///
/// | kind | pattern |
/// |---|---|
/// | e-mail | `[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}` |
/// | IPv4 | dotted quad of 0 to 255, not beside a digit or dot; private and reserved ranges are left alone |
/// | card | 13 to 19 digits with single spaces or hyphens, not preceded by a letter, digit or dot, passing Luhn |
/// | secret | a private key in PEM form, from its first line to its last; `AKIA[0-9A-Z]{16}` |
///
/// Time is linear in the length of the text, whatever it holds. Patterns find what has a form: names, street
/// addresses and numbers without a check digit pass.
public final class PersonalData {
    private PersonalData() {}

    /// What was found. In this order one kind wins where two overlap.
    public enum Kind {
        /// Key material.
        SECRET("[SECRET]"),
        /// An e-mail address.
        EMAIL("[EMAIL]"),
        /// A payment card number.
        CARD("[CARD]"),
        /// A public IPv4 address.
        IP("[IP]");

        private final String placeholder;

        Kind(String placeholder) {
            this.placeholder = placeholder;
        }

        /// What stands in its place under [Policy#REPLACE].
        public String placeholder() {
            return placeholder;
        }
    }

    /// What is done with a row in which something was found.
    public enum Policy {
        /// It stays as it is; what was found is counted.
        KEEP,
        /// Each place becomes the placeholder of its kind.
        REPLACE,
        /// The row is left out.
        DROP,
        /// The row is left out and set aside for a person to look at.
        QUARANTINE
    }

    /// A place in a text.
    ///
    /// @param from the first character
    /// @param to   behind the last
    public record Finding(Kind kind, int from, int to) {}

    /// A row after its treatment.
    ///
    /// @param removed whether it leaves the export, by [Policy#DROP] or [Policy#QUARANTINE]
    /// @param fields  its texts, in the order given; changed by [Policy#REPLACE] only
    /// @param counts  how often each kind was found, without those that were not
    public record Treated(boolean removed, List<String> fields, Map<Kind, Integer> counts) {
        public Treated {
            fields = List.copyOf(fields);
            counts = Map.copyOf(counts);
        }

        /// Whether anything was found.
        public boolean found() {
            return !counts.isEmpty();
        }
    }

    /// Everything in a text, in order. What overlaps is one finding over all of it.
    public static List<Finding> find(String text) {
        List<Finding> found = new ArrayList<>();
        SecretScanner.privateKeys(text, (from, to) -> found.add(new Finding(Kind.SECRET, from, to)));
        SecretScanner.accessKeys(text, (from, to) -> found.add(new Finding(Kind.SECRET, from, to)));
        EmailScanner.scan(text, (from, to) -> found.add(new Finding(Kind.EMAIL, from, to)));
        byte[] ascii = Ascii.bytes(text);
        CardScanner.scan(ascii, (from, to) -> found.add(new Finding(Kind.CARD, from, to)));
        Ipv4Scanner.scan(ascii, (from, to) -> found.add(new Finding(Kind.IP, from, to)));
        found.sort(Comparator.comparingInt(Finding::from));
        List<Finding> apart = new ArrayList<>();
        for (Finding next : found) {
            if (apart.isEmpty() || next.from() >= apart.getLast().to()) {
                apart.add(next);
                continue;
            }
            Finding last = apart.removeLast();
            Kind stronger = last.kind().compareTo(next.kind()) <= 0 ? last.kind() : next.kind();
            apart.add(new Finding(stronger, last.from(), Math.max(last.to(), next.to())));
        }
        return List.copyOf(apart);
    }

    /// The text with a placeholder for everything found in it.
    public static String replaced(String text) {
        return replaced(text, find(text));
    }

    /// Treats the texts of one row together: what is in one of them removes the row.
    ///
    /// @param fields its prompt, context, text, or whichever of them is exported
    public static Treated treat(Policy policy, List<String> fields) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        List<String> after = new ArrayList<>();
        for (String field : fields) {
            List<Finding> found = find(field);
            found.forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
            after.add(policy == Policy.REPLACE ? replaced(field, found) : field);
        }
        boolean removed = !counts.isEmpty() && (policy == Policy.DROP || policy == Policy.QUARANTINE);
        return new Treated(removed, after, counts);
    }

    private static String replaced(String text, List<Finding> found) {
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        int from = 0;
        for (Finding each : found) {
            replaced.append(text, from, each.from()).append(each.kind().placeholder());
            from = each.to();
        }
        return replaced.append(text, from, text.length()).toString();
    }
}
