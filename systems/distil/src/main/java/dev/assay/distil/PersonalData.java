package dev.assay.distil;

import dev.assay.distil.internal.LookAlikes;
import dev.assay.distil.internal.personal.Ascii;
import dev.assay.distil.internal.personal.CardScanner;
import dev.assay.distil.internal.personal.CredentialScanner;
import dev.assay.distil.internal.personal.EmailScanner;
import dev.assay.distil.internal.personal.IbanScanner;
import dev.assay.distil.internal.personal.Ipv4Scanner;
import dev.assay.distil.internal.personal.Ipv6Scanner;
import dev.assay.distil.internal.personal.KeyScanner;
import dev.assay.distil.internal.personal.PhoneScanner;
import dev.assay.distil.internal.personal.SecretScanner;
import dev.assay.distil.internal.personal.Spans;
import dev.assay.distil.internal.personal.SsnScanner;
import dev.assay.distil.internal.personal.TokenScanner;
import dev.assay.distil.internal.personal.UrlScanner;
import dev.assay.distil.internal.personal.VersionContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds what identifies people, or opens their accounts, in texts that are about to be trained on, by
/// the rule set [#RULE_SET].
///
/// Each kind is a pattern, a validator (check digits, ranges that are given out, a header that can be
/// read) and a test of what stands beside; `docs/reference/personal-data.md` has all of them, and how
/// much of a labelled set they find. Letters of other scripts that look like Latin ones and wide forms
/// count as what they look like.
///
/// Time is linear in the length of the text, whatever it holds. Patterns find what has a form: names and
/// street addresses pass.
public final class PersonalData {
    /// Name and version of the rules. Another version may find other places.
    public static final String RULE_SET = "personal-data 2.0";

    private PersonalData() {}

    /// What was found. In this order one kind wins where two overlap.
    public enum Kind {
        /// A private key in PEM or OpenPGP's form, from its first line to its last.
        PRIVATE_KEY("[SECRET]"),
        /// A key of a programming interface, by its provider's shape.
        API_KEY("[SECRET]"),
        /// A JSON web token whose header can be read.
        WEB_TOKEN("[SECRET]"),
        /// User and password in a URL.
        URL_PASSWORD("[SECRET]"),
        /// A value under a name that says that it is secret.
        CREDENTIAL("[SECRET]"),
        /// An e-mail address, also with its signs written out.
        EMAIL("[EMAIL]"),
        /// An international bank account number with the right check digits.
        IBAN("[IBAN]"),
        /// A payment card number of an issuer's range with the right check digit.
        CARD("[CARD]"),
        /// A US social security number.
        SSN("[SSN]"),
        /// A global IPv6 address.
        IPV6("[IP]"),
        /// A public IPv4 address that is not the number of a version.
        IPV4("[IP]"),
        /// A telephone number.
        PHONE("[PHONE]");

        private final String placeholder;

        Kind(String placeholder) {
            this.placeholder = placeholder;
        }

        /// What stands in its place under [Policy#REPLACE].
        public String placeholder() {
            return placeholder;
        }

        /// As it is called in receipts: `url-password`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        String plain = LookAlikes.sameLength(text);
        SecretScanner.privateKeys(plain, into(found, Kind.PRIVATE_KEY));
        SecretScanner.accessKeys(plain, into(found, Kind.API_KEY));
        KeyScanner.scan(plain, into(found, Kind.API_KEY));
        TokenScanner.scan(plain, into(found, Kind.WEB_TOKEN));
        UrlScanner.scan(plain, into(found, Kind.URL_PASSWORD));
        CredentialScanner.scan(plain, into(found, Kind.CREDENTIAL));
        EmailScanner.scan(plain, into(found, Kind.EMAIL));
        EmailScanner.scanWritten(plain, into(found, Kind.EMAIL));
        byte[] ascii = Ascii.bytes(plain);
        if (Ascii.nextDigit(ascii, 0) < ascii.length) {
            IbanScanner.scan(plain, into(found, Kind.IBAN));
            CardScanner.scan(ascii, into(found, Kind.CARD));
            SsnScanner.scan(plain, into(found, Kind.SSN));
            Ipv6Scanner.scan(plain, into(found, Kind.IPV6));
            Ipv4Scanner.scan(ascii, (from, to) -> {
                if (!VersionContext.is(plain, from, to)) {
                    found.add(new Finding(Kind.IPV4, from, to));
                }
            });
            PhoneScanner.scan(plain, into(found, Kind.PHONE));
        }
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

    private static Spans into(List<Finding> found, Kind kind) {
        return (from, to) -> found.add(new Finding(kind, from, to));
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
