package dev.assay.distil.internal.personal;

/// Public IPv4 addresses: four parts from 0 to 255, with no digit and no dot beside but one that ends a
/// sentence, in no range that the IANA registry of special-purpose addresses (RFC 6890 and its updates)
/// keeps from the public, nor multicast or reserved.
public final class Ipv4Scanner {
    /// Prefix and length of the ranges that identify nobody.
    private static final int[][] NOT_PUBLIC = {
        {0x00000000, 8}, // this network
        {0x0A000000, 8}, // private
        {0x64400000, 10}, // shared by carriers
        {0x7F000000, 8}, // loopback
        {0xA9FE0000, 16}, // link local
        {0xAC100000, 12}, // private
        {0xC0000000, 24}, // protocol assignments
        {0xC0000200, 24}, // documentation
        {0xC0586300, 24}, // former 6to4 relays
        {0xC0A80000, 16}, // private
        {0xC6120000, 15}, // benchmarking
        {0xC6336400, 24}, // documentation
        {0xCB007100, 24}, // documentation
        {0xE0000000, 3}, // multicast, reserved, broadcast
    };

    private Ipv4Scanner() {}

    /// Looks at every longest run of digits and dots: an address is one as a whole.
    ///
    /// @param text see [Ascii#bytes(String)]
    public static void scan(byte[] text, Spans spans) {
        int n = text.length;
        int after = 0;
        for (int i = Ascii.nextDigit(text, 0); i < n; i = Ascii.nextDigit(text, after)) {
            int from = i;
            while (from > after && text[from - 1] == '.') {
                from--;
            }
            after = i;
            while (after < n && part(text[after])) {
                after++;
            }
            // One dot behind ends a sentence.
            int to = after > from && text[after - 1] == '.' ? after - 1 : after;
            if (to - from >= 7 && to - from <= 15 && isPublic(text, from, to)) {
                spans.found(from, to);
            }
        }
    }

    private static boolean isPublic(byte[] text, int from, int to) {
        int address = 0;
        int parts = 0;
        int value = 0;
        int digits = 0;
        for (int i = from; i <= to; i++) {
            if (i < to && text[i] != '.') {
                value = 10 * value + text[i] - '0';
                digits++;
                continue;
            }
            if (digits == 0 || digits > 3 || value > 255) {
                return false;
            }
            address = address << 8 | value;
            parts++;
            value = 0;
            digits = 0;
        }
        if (parts != 4) {
            return false;
        }
        for (int[] range : NOT_PUBLIC) {
            if ((address ^ range[0]) >>> Integer.SIZE - range[1] == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean part(byte c) {
        return Ascii.digit(c) || c == '.';
    }
}
