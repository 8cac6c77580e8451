package dev.assay.distil.internal.personal;

import java.util.HashMap;
import java.util.Map;

/// International bank account numbers (ISO 13616): a country of SWIFT's registry, two check digits, as
/// many letters and digits as the country has, with single spaces or hyphens between, and the remainder 1
/// by 97 (ISO 7064). Small letters count where nothing stands between.
public final class IbanScanner {
    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 "
                    + "DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
                    + "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 "
                    + "PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
                    + "YE30";
    private static final Map<String, Integer> LENGTH = new HashMap<>();
    private static final int MODULUS = 97;

    static {
        for (String each : LENGTHS.split(" ")) {
            LENGTH.put(each.substring(0, 2), Integer.valueOf(each.substring(2)));
        }
    }

    private IbanScanner() {}

    /// Looks at every pair of letters that two digits follow.
    public static void scan(String text, Spans spans) {
        int n = text.length();
        for (int i = 2; i + 1 < n; i++) {
            if (!Ascii.digit(text.charAt(i))
                    || !Ascii.digit(text.charAt(i + 1))
                    || !Ascii.letter(text.charAt(i - 1))
                    || !Ascii.letter(text.charAt(i - 2))
                    || !Context.begins(text, i - 2)) {
                continue;
            }
            boolean capitals = Ascii.capital(text.charAt(i - 2)) && Ascii.capital(text.charAt(i - 1));
            Integer length = LENGTH.get(text.substring(i - 2, i).toUpperCase(java.util.Locale.ROOT));
            int end = length == null ? -1 : end(text, i - 2, length, capitals);
            if (end >= 0 && Context.ends(text, end)) {
                spans.found(i - 2, end);
                i = end + 1;
            }
        }
    }

    /// Behind so many letters and digits if their check digits fit, or -1.
    private static int end(String text, int from, int length, boolean grouped) {
        StringBuilder account = new StringBuilder(length);
        int i = from;
        for (; i < text.length() && account.length() < length; i++) {
            char c = text.charAt(i);
            if (Ascii.letterOrDigit(c)) {
                account.append(c);
            } else if (!grouped || c != ' ' && c != '-' || !Ascii.letterOrDigit(text.charAt(i - 1))) {
                return -1;
            }
        }
        if (account.length() < length) {
            return -1;
        }
        int remainder = 0;
        for (int k = 0; k < length; k++) {
            int value = Character.digit(account.charAt((k + 4) % length), 36);
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % MODULUS;
        }
        return remainder == 1 ? i : -1;
    }
}
