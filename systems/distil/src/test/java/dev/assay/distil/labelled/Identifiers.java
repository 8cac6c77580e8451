package dev.assay.distil.labelled;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Draws identifiers by the public descriptions of their formats: RFC 5321 (mail), RFC 4291 and 5952 (IPv6), ITU-T
/// E.123
/// and the North American Numbering Plan (telephone), the Social Security Administration's rules for numbers, ISO 13616
/// with the lengths of SWIFT's registry (IBAN), ISO/IEC 7812 (cards), RFC 7519 (tokens), RFC 7468 and RFC 4880 (keys),
/// RFC 3986
/// (URLs) and what providers publish of the shapes of their keys.
final class Identifiers {
    private static final List<String> FIRST = List.of(
            "jane", "omar", "li", "sofia", "piotr", "amara", "noah", "ines", "kofi", "yuki", "lars", "maria", "dmitri",
            "aisha");
    private static final List<String> LAST = List.of(
            "doe", "okafor", "wang", "rossi", "nowak", "haddad", "smith", "almeida", "mensah", "sato", "berg",
            "garcia");
    private static final List<String> HOSTS = List.of(
            "example.org",
            "gmail.com",
            "mail.example.co.uk",
            "uni-bonn.de",
            "proton.me",
            "acme.io",
            "corp.local-systems.com",
            "orange.fr",
            "yahoo.co.jp",
            "sub.dept.example.edu",
            "web.de",
            "startup.dev",
            "museum.travel",
            "qq.com");
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LETTERS = CAPITALS + CAPITALS.toLowerCase(Locale.ROOT);
    private static final String WORD = LETTERS + DIGITS;
    private static final String URL_SAFE = WORD + "-_";

    private final RandomGenerator random;

    Identifiers(RandomGenerator random) {
        this.random = random;
    }

    String of(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    String some(String alphabet, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    String email() {
        String first = of(FIRST);
        String last = of(LAST);
        String local = switch (random.nextInt(8)) {
            case 0 -> first + "." + last;
            case 1 -> first.charAt(0) + last;
            case 2 -> first + "_" + last + between(1, 99);
            case 3 -> first + "+" + of(List.of("news", "shop", "bugs"));
            case 4 -> first.toUpperCase(Locale.ROOT) + "." + last.toUpperCase(Locale.ROOT);
            case 5 -> first + "-" + last;
            case 6 -> last + between(1950, 2010);
            default -> first + "." + last.charAt(0) + "." + last;
        };
        String host = of(HOSTS);
        return switch (random.nextInt(14)) {
            case 0 -> local + "(at)" + host;
            case 1 -> local + " [at] " + host.replace(".", " [dot] ");
            // Letters of another script that look the same.
            case 2 ->
                local.replace('a', 'а').replace('o', 'о') + "@"
                        + host.replace('a', 'а').replace('o', 'о');
            default -> local + "@" + host;
        };
    }

    String ipv4() {
        int first;
        do {
            first = between(1, 223);
        } while (List.of(10, 100, 127, 169, 172, 192, 198, 203).contains(first));
        return first + "." + between(0, 255) + "." + between(0, 255) + "." + between(1, 254);
    }

    String ipv6() {
        String net =
                of(List.of("2a00:1450:4001", "2001:4860:4860", "2606:4700:3031", "2a01:4f8:c17", "2400:cb00:2048"));
        return switch (random.nextInt(5)) {
            case 0 -> net + "::" + Integer.toHexString(between(1, 0xffff));
            case 1 -> net + ":81b::" + Integer.toHexString(between(1, 0xffff));
            case 2 -> net + "::" + some(HEX, 4) + ":" + some(HEX, 4);
            case 3 ->
                (net + ":" + group() + ":" + group() + ":" + group() + ":" + group() + ":" + group())
                        .toUpperCase(Locale.ROOT);
            default -> net + ":" + group() + ":" + group() + ":" + group() + ":" + group() + ":" + group();
        };
    }

    private String group() {
        return Integer.toHexString(between(0x100, 0xffff));
    }

    /// A number with how it is written; those without a country code or brackets need a word beside them.
    String telephone(boolean wordBeside) {
        String area = "" + between(2, 9) + some(DIGITS, 2).replace("11", "12");
        String exchange = "" + between(2, 9) + some(DIGITS, 2).replace("11", "12");
        String line = some(DIGITS, 4);
        return switch (random.nextInt(wordBeside ? 10 : 6)) {
            case 0 -> "+1 " + area + "-" + exchange + "-" + line;
            case 1 -> "(" + area + ") " + exchange + "-" + line;
            case 2 -> "+44 20 " + between(3000, 8999) + " " + line;
            case 3 -> "+49 " + of(List.of("30", "89", "221", "151")) + " " + between(100_000, 9_999_999);
            case 4 -> "+33 " + between(1, 7) + " " + pairs(4);
            case 5 -> "+" + of(List.of("91", "55", "81", "61")) + between(10, 99) + some(DIGITS, 8);
            case 6 -> area + "-" + exchange + "-" + line;
            case 7 -> area + "." + exchange + "." + line;
            case 8 -> "0" + between(1, 7) + " " + pairs(4);
            default -> "0" + of(List.of("30", "89", "221")) + " " + between(1_000_000, 99_999_999);
        };
    }

    private String pairs(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(some(DIGITS, 2));
        }
        return text.toString();
    }

    /// @param wordBeside whether the surroundings say what it is, so that the hyphens may be missing
    String socialSecurity(boolean wordBeside) {
        int area;
        do {
            area = between(1, 899);
        } while (area == 666);
        String number = String.format(Locale.ROOT, "%03d-%02d-%04d", area, between(1, 99), between(1, 9999));
        return switch (random.nextInt(wordBeside ? 6 : 1)) {
            case 1 -> number.replace("-", "");
            case 2 -> number.replace('-', ' ');
            default -> number;
        };
    }

    String iban() {
        // Country, and the form of its basic account number: n digits, a letters or digits.
        String[] form = of(List.of(
                        "DE n18",
                        "GB c4 n14",
                        "FR n10 a11 n2",
                        "NL c4 n10",
                        "ES n20",
                        "IT c1 n10 a12",
                        "PL n24",
                        "NO n11",
                        "CH n5 a12",
                        "AT n16",
                        "BE n12",
                        "SE n20",
                        "SA n2 a18",
                        "AE n19"))
                .split(" ");
        StringBuilder account = new StringBuilder();
        for (int i = 1; i < form.length; i++) {
            String alphabet = switch (form[i].charAt(0)) {
                case 'n' -> DIGITS;
                case 'c' -> CAPITALS;
                default -> CAPITALS + DIGITS;
            };
            account.append(some(alphabet, Integer.parseInt(form[i].substring(1))));
        }
        StringBuilder number = new StringBuilder();
        (account + form[0] + "00").chars().forEach(c -> number.append(Character.digit(c, 36)));
        int check = 98
                - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
        String iban = form[0] + String.format(Locale.ROOT, "%02d", check) + account;
        return switch (random.nextInt(4)) {
            case 0 -> iban;
            case 1 -> random.nextInt(3) == 0 ? iban.toLowerCase(Locale.ROOT) : iban;
            default -> String.join(" ", iban.split("(?<=\\G.{4})"));
        };
    }

    String card() {
        String[] form = of(List.of(
                        "4 16", "4 16", "51 16", "55 16", "2221 16", "34 15", "37 15", "6011 16", "65 16", "3530 16",
                        "36 14", "62 16"))
                .split(" ");
        int length = Integer.parseInt(form[1]);
        String digits = form[0] + some(DIGITS, length - form[0].length() - 1);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit / 10 + digit % 10;
        }
        digits += (10 - sum % 10) % 10;
        String groups = length == 16
                ? String.join(" ", digits.split("(?<=\\G.{4})"))
                : digits.substring(0, 4) + " " + digits.substring(4, 10) + " " + digits.substring(10);
        return switch (random.nextInt(3)) {
            case 0 -> digits;
            case 1 -> groups.replace(' ', '-');
            default -> groups;
        };
    }

    String apiKey() {
        return switch (random.nextInt(22)) {
            case 0 -> "AKIA" + some(CAPITALS + "234567", 16);
            case 1 -> "ASIA" + some(CAPITALS + "234567", 16);
            case 2 -> "ghp_" + some(WORD, 36);
            case 3 -> "github_pat_" + some(WORD, 22) + "_" + some(WORD, 59);
            case 4 -> "gho_" + some(WORD, 36);
            case 5 -> "glpat-" + some(URL_SAFE, 20);
            case 6 -> "sk-" + some(WORD, 20) + "T3BlbkFJ" + some(WORD, 20);
            case 7 -> "sk-proj-" + some(URL_SAFE, 74) + "T3BlbkFJ" + some(URL_SAFE, 74);
            case 8 -> "sk-ant-api03-" + some(URL_SAFE, 93) + "AA";
            case 9 -> "xoxb-" + some(DIGITS, 12) + "-" + some(DIGITS, 13) + "-" + some(WORD, 24);
            case 10 -> "AIza" + some(URL_SAFE, 35);
            case 11 -> "sk_live_" + some(WORD, 24);
            case 12 -> "rk_live_" + some(WORD, 24);
            case 13 -> "SG." + some(URL_SAFE, 22) + "." + some(URL_SAFE, 43);
            case 14 -> "npm_" + some(WORD, 36);
            case 15 -> "hf_" + some(LETTERS, 34);
            case 16 -> "dop_v1_" + some(HEX, 64);
            case 17 -> "shpat_" + some(HEX, 32);
            case 18 -> "pypi-AgEIcHlwaS5vcmc" + some(URL_SAFE, 120);
            case 19 ->
                "https://hooks.slack.com/services/T" + some(CAPITALS + DIGITS, 8) + "/B" + some(CAPITALS + DIGITS, 8)
                        + "/" + some(WORD, 24);
            case 20 -> "GOCSPX-" + some(URL_SAFE, 28);
            default -> "SK" + some(HEX, 32);
        };
    }

    String webToken() {
        String header = of(List.of(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                "{\"typ\":\"JWT\",\"alg\":\"RS256\"}",
                "{\"alg\":\"ES256\",\"kid\":\"" + some(HEX, 16) + "\"}",
                "{\"alg\": \"HS512\", \"typ\": \"JWT\"}"));
        String claims = "{\"sub\":\"" + some(DIGITS, 10) + "\",\"name\":\"" + of(FIRST) + "\",\"iat\":15"
                + some(DIGITS, 8) + "}";
        byte[] signature = new byte[of(List.of("32", "64", "256")).equals("32") ? 32 : 64];
        random.nextBytes(signature);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(signature);
    }

    String privateKey(String lineBreak) {
        String label = of(List.of(
                "RSA PRIVATE KEY",
                "PRIVATE KEY",
                "EC PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK",
                "DSA PRIVATE KEY"));
        StringBuilder key = new StringBuilder("-----BEGIN " + label + "-----" + lineBreak);
        if (label.startsWith("PGP")) {
            key.append(lineBreak);
        }
        if (label.startsWith("RSA") && random.nextBoolean()) {
            key.append("Proc-Type: 4,ENCRYPTED").append(lineBreak).append("DEK-Info: AES-128-CBC,");
            key.append(some("0123456789ABCDEF", 32)).append(lineBreak).append(lineBreak);
        }
        for (int i = between(2, 12); i > 0; i--) {
            key.append(some(WORD + "+/", 64)).append(lineBreak);
        }
        key.append(some(WORD + "+/", 30)).append("==").append(lineBreak);
        return key + "-----END " + label + "-----";
    }

    String password() {
        return switch (random.nextInt(4)) {
            case 0 -> some(WORD, between(8, 20));
            case 1 -> of(LAST) + of(List.of("!", "#", "$", "*")) + between(10, 9999);
            case 2 -> some(LETTERS, 5) + "-" + some(DIGITS, 4) + "-" + some(LETTERS, 5);
            default -> "P" + some(WORD, 6) + "%" + some(DIGITS, 3);
        };
    }

    /// A URL up to and with what follows the password.
    String urlWithPassword() {
        String user = of(List.of("admin", "app", "root", "svc_reader", "postgres", of(FIRST)));
        String password = password().replace("%", "%25").replace("#", "%23");
        return of(List.of("postgresql", "mysql", "mongodb+srv", "https", "amqp", "redis", "ftp", "smtp")) + "://"
                + (random.nextInt(6) == 0 ? "" : user) + ":" + password + "@"
                + of(List.of(
                        "db.internal:5432/app",
                        "localhost/test",
                        "cache-1.example.net:6379/0",
                        "files.example.com/a/b"));
    }
}
