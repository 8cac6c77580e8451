package dev.assay.distil.internal;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/// Texts as they look: letters of other scripts that look like Latin ones, wide forms and characters that
/// nobody sees are folded, so that nothing passes a comparison by its spelling alone. The letters are
/// those of the table of confusables of Unicode Technical Standard 39 that stand for one Latin letter
/// each in Cyrillic, Greek, Armenian, Cherokee and phonetic letters.
public final class LookAlikes {
    private static final String PAIRS =
            "\u0430a\u0435e\u043Eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u04BBh\u0501d\u051Bq\u051Dw\u04CFl\u04AFy"
                    + "\u0410A\u0412B\u0415E\u0405S\u0406I\u0408J\u041AK\u041CM\u041DH\u041EO\u0420P\u0421C\u0422T\u0423Y\u0425X\u050CG\u051AQ\u051CW\u04AEY\u04C0I"
                    + "\u03B1a\u03B2b\u03B3y\u03B5e\u03B7n\u03B9i\u03BAk\u03BDv\u03BFo\u03C1p\u03C4t\u03C5u\u03C7x\u03C9w"
                    + "\u0391A\u0392B\u0395E\u0396Z\u0397H\u0399I\u039AK\u039CM\u039DN\u039FO\u03A1P\u03A4T\u03A5Y\u03A7X"
                    + "\u0585o\u057Du\u0578n\u0570h\u0581g\u0555O\u054DU\u054FS"
                    + "\u13AAA\u13F4B\u13DFC\u13A0D\u13ACE\u13BBH\u13ABJ\u13E6K\u13DEL\u13B7M\u13E2P\u13D2R\u13DAS\u13A2T\u13D9V\u13B3W\u13C3Z"
                    + "\u0131i\u0251a\u0261g\u026Ai\u0262g\u029Ch\u0274n\u0280r\u028Fy\u0299b\u1D00a\u1D04c\u1D05d\u1D07e\u1D0Aj\u1D0Bk\u1D0Dm\u1D0Fo\u1D18p\u1D1Bt\u1D1Cu\u1D20v\u1D21w\u1D22z";
    private static final int TABLE = 0x1E00;
    private static final char[] LATIN = new char[TABLE];
    /// The same for lower-case letters, those added whose capitals look alike: what is said in capitals
    /// is the same.
    private static final char[] EITHER_CASE = new char[TABLE];

    /// Scripts that put no space between words: each of their letters stands for itself.
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    static {
        for (int i = 0; i < PAIRS.length(); i += 2) {
            LATIN[PAIRS.charAt(i)] = PAIRS.charAt(i + 1);
        }
        for (char c = 0; c < TABLE; c++) {
            char lower = Character.toLowerCase(c);
            if (LATIN[c] != 0 && lower < TABLE && EITHER_CASE[lower] == 0) {
                EITHER_CASE[lower] = LATIN[lower] == 0 ? Character.toLowerCase(LATIN[c]) : LATIN[lower];
            }
        }
    }

    private LookAlikes() {}

    /// A text of the same length with the letters, wide forms, spaces and dashes that look like ASCII
    /// turned into it, so that places are the same.
    public static String sameLength(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(latin(text.charAt(i)));
        }
        return folded.toString();
    }

    private static char latin(char c) {
        if (c < TABLE && LATIN[c] != 0) {
            return LATIN[c];
        }
        if (c >= 0x80) {
            int type = Character.getType(c);
            if (type == Character.SPACE_SEPARATOR || type == Character.DASH_PUNCTUATION) {
                return type == Character.SPACE_SEPARATOR ? ' ' : '-';
            }
        }
        if (c >= '\uFF01' && c <= '\uFF5E') {
            return (char) (c - 0xFEE0);
        }
        return c;
    }

    /// A text to be compared with others: compatible forms as the plain ones (NFKC) except those of
    /// numbers, what nobody sees left out, words that mix Latin with letters that look like it, or are
    /// made of such letters alone, in Latin; the letters of scripts without spaces between words one by
    /// one.
    public static String folded(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        composed.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (c < 0x80 || type == Character.OTHER_NUMBER) {
                plain.appendCodePoint(c);
            } else if (type != Character.FORMAT && !(c >= 0xFE00 && c <= 0xFE0F)) {
                plain.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            }
        });
        StringBuilder folded = new StringBuilder(plain.length());
        int from = 0;
        while (from < plain.length()) {
            int c = plain.codePointAt(from);
            int to = from + Character.charCount(c);
            if (!Character.isLetter(c)) {
                folded.appendCodePoint(c);
            } else if (UNSPACED.contains(UnicodeScript.of(c))) {
                folded.append(' ').appendCodePoint(c).append(' ');
            } else {
                while (to < plain.length()
                        && Character.isLetter(plain.codePointAt(to))
                        && !UNSPACED.contains(UnicodeScript.of(plain.codePointAt(to)))) {
                    to += Character.charCount(plain.codePointAt(to));
                }
                word(plain, from, to, folded);
            }
            from = to;
        }
        return folded.toString();
    }

    private static void word(StringBuilder text, int from, int to, StringBuilder into) {
        boolean latin = false;
        boolean all = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            latin |= c < 0x80;
            all &= c < 0x80 || either(c) != 0;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            char alike = latin && c < TABLE && LATIN[c] != 0 ? LATIN[c] : latin || all ? either(c) : 0;
            into.append(alike == 0 ? c : alike);
        }
    }

    private static char either(char c) {
        char lower = Character.toLowerCase(c);
        return lower < TABLE ? EITHER_CASE[lower] : 0;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
