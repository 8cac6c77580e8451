package dev.assay.distil.internal.replay;

/// Where a text stands in another, in time proportional to both: what is sought may come from a file, and what it is
/// sought in from a model.
final class Occurrences {
    /// Up to here, trying every place is faster than being careful.
    private static final int SHORT = 64;

    private Occurrences() {}

    @FunctionalInterface
    interface Place {
        boolean fits(int from, int to);
    }

    /// Whether any of the places where `sought` stands in `text` fits.
    static boolean any(String text, String sought, Place place) {
        int length = sought.length();
        if (length <= SHORT) {
            for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
                if (place.fits(at, at + length)) {
                    return true;
                }
            }
            return false;
        }
        int[] borders = borders(sought);
        int matched = 0;
        for (int at = 0; at < text.length(); at++) {
            while (matched > 0 && (matched == length || text.charAt(at) != sought.charAt(matched))) {
                matched = borders[matched - 1];
            }
            if (text.charAt(at) == sought.charAt(matched)) {
                matched++;
            }
            if (matched == length && place.fits(at + 1 - length, at + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Of each beginning, how much of it is its end too (Knuth, Morris and Pratt).
    private static int[] borders(String sought) {
        int[] borders = new int[sought.length()];
        int border = 0;
        for (int i = 1; i < borders.length; i++) {
            while (border > 0 && sought.charAt(i) != sought.charAt(border)) {
                border = borders[border - 1];
            }
            if (sought.charAt(i) == sought.charAt(border)) {
                border++;
            }
            borders[i] = border;
        }
        return borders;
    }
}
