package dev.assay.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.distil.PersonalData.Finding;
import dev.assay.distil.PersonalData.Kind;
import dev.assay.distil.PersonalData.Policy;
import dev.assay.distil.PersonalData.Treated;
import dev.assay.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    private static final int LONG = 2_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "write to jane.doe+x@mail.example.org.       | write to [EMAIL].",
                "a@b.co, c@d.museum                          | [EMAIL], [EMAIL]",
                "no@domain no@x.y no@.com @a.com no@a..com   | no@domain no@x.y no@.com @a.com no@a..com",
                "a@b.com1 a@b.c0m a@b.com.1                  | [EMAIL]1 a@b.c0m [EMAIL].1",
                "x@y@z.org                                   | x@[EMAIL]",
                "from 8.8.8.8 to 203.0.114.9!                | from [IP] to [IP]!",
                "10.0.0.1 192.168.1.1 127.0.0.1 172.31.0.1   | 10.0.0.1 192.168.1.1 127.0.0.1 172.31.0.1",
                "172.32.0.1 100.63.0.1 11.0.0.0 223.255.0.1  | [IP] [IP] [IP] [IP]",
                "169.254.1.1 100.64.0.1 198.19.0.1 224.0.0.1 | 169.254.1.1 100.64.0.1 198.19.0.1 224.0.0.1",
                "192.0.2.1 198.51.100.1 203.0.113.9 0.1.2.3  | 192.0.2.1 198.51.100.1 203.0.113.9 0.1.2.3",
                "255.255.255.255 256.1.1.1 8.8.8 8.8.8.8.8   | 255.255.255.255 256.1.1.1 8.8.8 8.8.8.8.8",
                "1118.8.8.8 8.8.8.1234 .8.8.8.8 8..8.8.8     | 1118.8.8.8 8.8.8.1234 .8.8.8.8 8..8.8.8",
                "card 4111111111111111, 4111-1111-1111-1111  | card [CARD], [CARD]",
                "4111 1111 1111 1111 and 378282246310005     | [CARD] and [CARD]",
                "4222222222222 6304000000000000000           | [CARD] [CARD]",
                "4111111111111112 0.4111111111111111         | 4111111111111112 0.4111111111111111",
                "x4111111111111111 4111111111111111x         | x4111111111111111 4111111111111111x",
                "4111  1111 1111 1111 / 4111--111111111111   | 4111  1111 1111 1111 / 4111--111111111111",
                "4111 1111 1111 1111 12/29                   | [CARD] 12/29",
                "2027-05-01 4111 1111 1111 1111 988          | 2027-05-01 [CARD] 988",
                "41111111111111111111 (twenty digits)        | 41111111111111111111 (twenty digits)",
                "41 11 11 11 11 11 11 11                     | [CARD]",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17   | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
                "id AKIAIOSFODNN7EXAMPLE.                    | id [SECRET].",
                "AKIAIOSFODNN7EXAMPL AKIAIOSFODNN7eXAMPLE    | AKIAIOSFODNN7EXAMPL AKIAIOSFODNN7eXAMPLE",
                "AKIAKIAIOSFODNN7EXAMPLE                     | [SECRET]PLE",
                "AKIAIOSFODNN7EXAMPLE@mail.org               | [SECRET]",
                "install version 10.15.7.1 or 2.1.1.108 of the library | install version 10.15.7.1 or 2.1.1.108 of the library",
                "MongoDB v4.4.2.9 released, server 4.4.2.9   | MongoDB v4.4.2.9 released, server [IP]",
                "DNS is 8.8.8.8 here. It is 8.8.8.8.         | DNS is [IP] here. It is [IP].",
                "order number 4111111111111112 is not a card | order number 4111111111111112 is not a card",
                "user name git@github.com:org/repo.git clone | user name git@github.com:org/repo.git clone",
                "scp jane@example.org:backup/x.tar ssh://git@host.example.org/x | scp jane@example.org:backup/x.tar ssh://git@host.example.org/x",
                "call +49 30 901820 or (555) 010-9999        | call [PHONE] or [PHONE]",
                "SSN 078-05-1120, SSN 078051120, 666-05-1120 | SSN [SSN], SSN [SSN], 666-05-1120",
                "IPv6 2001:db8:85a3::8a2e:370:7334 and 2a00:1450:4001:81b::200e | IPv6 [IP] and [IP]",
                "[IPv6:2a00:1450:4001:81b::200e], addr:2a00:1450:4001:81b:0:0:0:200e | [IPv6:[IP]], addr:[IP]",
                "connect to 2a00:1450:4001:81b::200e: refused, std::2a00:1:2::3 | connect to [IP]: refused, std::2a00:1:2::3",
                "ssh root@8.8.8.8, example.org/8.8.8.8:443, Chrome/120.0.6099.109 | ssh root@[IP], example.org/[IP]:443, Chrome/120.0.6099.109",
                "4111\u00A01111\u00A01111\u00A01111, 4111\u20111111\u20111111\u20111111 | [CARD], [CARD]",
                "DE89\u202F3704\u202F0044\u202F0532\u202F0130\u202F00, 078\u201305\u20131120 | [IBAN], [SSN]",
                "fe80::1 ::1 std::vector 12:34:56 0a:1b:2c:3d:4e:5f dead::beef | fe80::1 ::1 std::vector 12:34:56 0a:1b:2c:3d:4e:5f dead::beef",
                "IBAN DE89 3704 0044 0532 0130 00, DE88370400440532013000 | IBAN [IBAN], DE88370400440532013000",
                "@pytest.mark.parametrize(x) decorates       | @pytest.mark.parametrize(x) decorates",
                "pi is 3.1415926535897932 with 4929123456789012345 digits | pi is 3.1415926535897932 with 4929123456789012345 digits",
                "hidden jane(at)example.org, j [at] x [dot] org | hidden [EMAIL], [EMAIL]",
                "j\u0430ne@ex\u0430mple.org, \uFF4A\uFF4F\uFF20x.org | [EMAIL], [EMAIL]",
                "postgres://app:s3cr3t@db/x https://me@x.org/ ftp://u:${PW}@h/ | postgres://[SECRET]@db/x https://me@x.org/ ftp://u:${PW}@h/",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789 sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | [SECRET] sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "password = hunter2, password = os.environ[X] | password = [SECRET], password = os.environ[X]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl eyJub3BlIjoxfQ.eyJ9.x1 | [SECRET] eyJub3BlIjoxfQ.eyJ9.x1",
                "1732784400123 1732784400123456 20261128123456 | 1732784400123 1732784400123456 20261128123456",
                "550e8400-e29b-41d4-a716-446655440000 41111111-1111-4111-8111-111111111111 | 550e8400-e29b-41d4-a716-446655440000 41111111-1111-4111-8111-111111111111",
            })
    void eachPatternFindsWhatItShouldAndNothingElse(String text, String replaced) {
        assertThat(PersonalData.replaced(text)).isEqualTo(replaced);
    }

    @Test
    void aPrivateKeyGoesWithItsBody() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+/=\nabc\n-----END RSA PRIVATE KEY-----";
        assertThat(PersonalData.replaced("x\n" + key + "\ny")).isEqualTo("x\n[SECRET]\ny");
        assertThat(PersonalData.replaced("{\"k\": \"" + key.replace("\n", "\\n") + "\"}"))
                .isEqualTo("{\"k\": \"[SECRET]\"}");
        assertThat(PersonalData.replaced(key + key)).isEqualTo("[SECRET][SECRET]");
        assertThat(PersonalData.replaced("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----"))
                .isEqualTo("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----");
    }

    @Test
    void aPrivateKeyCutOffGoesAsFarAsItsLines() {
        assertThat(PersonalData.replaced("-----BEGIN PRIVATE KEY-----\r\nMIIEow\r\nabc=\r\nand so on\n"))
                .isEqualTo("[SECRET]\r\nand so on\n");
        assertThat(PersonalData.replaced("-----BEGIN PRIVATE KEY-----")).isEqualTo("[SECRET]");
        assertThat(PersonalData.replaced("-----BEGIN PRIVATE KEY-----\nMII\n\n-----BEGIN EC PRIVATE KEY-----\nMI"))
                .isEqualTo("[SECRET]\n\n[SECRET]");
    }

    @Test
    void eachPolicyDoesWhatItSays() {
        List<String> row = List.of("ask jo@x.org", "from 8.8.8.8 to 9.9.9.9");
        Map<Kind, Integer> counts = Map.of(Kind.EMAIL, 1, Kind.IPV4, 2);

        assertThat(PersonalData.treat(Policy.KEEP, row)).isEqualTo(new Treated(false, row, counts));
        assertThat(PersonalData.treat(Policy.REPLACE, row))
                .isEqualTo(new Treated(false, List.of("ask [EMAIL]", "from [IP] to [IP]"), counts));
        assertThat(PersonalData.treat(Policy.DROP, row)).isEqualTo(new Treated(true, row, counts));
        assertThat(PersonalData.treat(Policy.QUARANTINE, row)).isEqualTo(new Treated(true, row, counts));
        for (Policy policy : Policy.values()) {
            Treated clean = PersonalData.treat(policy, List.of("nothing here"));
            assertThat(clean).isEqualTo(new Treated(false, List.of("nothing here"), Map.of()));
            assertThat(clean.found()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "€", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uD83D\uDE00€\uD83D\uDE00é"})
    void whatStandsBeforeMovesNothing(String before) {
        assertThat(PersonalData.replaced(before + " 8.8.8.8, 4111111111111111 " + before + " jo@x.org " + before))
                .isEqualTo(before + " [IP], [CARD] " + before + " [EMAIL] " + before);
    }

    @Test
    void replacingTwiceIsReplacingOnce() {
        Property.holds(500, seed -> {
            String once = PersonalData.replaced(random(seed.generator(), "a1.@- 48", 60));
            assertThat(PersonalData.replaced(once)).isEqualTo(once);
        });
    }

    @Test
    void addressesAreThoseOfTheExpression() {
        Pattern pattern = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");
        Property.holds(3000, seed -> {
            String text = random(seed.generator(), "abZ1.@@- é", 40);
            assertThat(found(text, Kind.EMAIL)).as(text).isEqualTo(matches(pattern, text));
        });
    }

    @Test
    void quadsAreThoseOfTheExpression() {
        Pattern pattern = Pattern.compile("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?!\\.?[0-9]|\\.\\.)");
        Property.holds(3000, seed -> {
            // 4, 45 and their like are public ranges.
            String text = random(seed.generator(), "45.... a", 40);
            List<String> expected = matches(pattern, text).stream()
                    .filter(quad -> List.of(quad.split("\\.")).stream().allMatch(part -> Integer.parseInt(part) < 256))
                    .toList();
            assertThat(found(text, Kind.IPV4)).as(text).isEqualTo(expected);
        });
    }

    @Test
    void cardsCoverThoseOfTheExpression() {
        Pattern pattern = Pattern.compile("(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z])");
        int[] passed = new int[1];
        Property.holds(12_000, seed -> {
            String text = random(seed.generator(), "01234567890123456789444444444444444444444444 -.a", 60);
            List<Finding> found = PersonalData.find(text);
            for (Matcher m = pattern.matcher(text); m.find(); ) {
                String digits = m.group().replaceAll("[^0-9]", "");
                boolean visa = digits.startsWith("4") && digits.length() % 3 == 1;
                if (visa && luhn(m.group()) && text.indexOf('.') < 0) {
                    int from = m.start();
                    int to = m.end();
                    passed[0]++;
                    assertThat(found)
                            .as(text)
                            .anySatisfy(each -> assertThat(each.from() < to && from < each.to())
                                    .isTrue());
                }
            }
            for (Finding each : found) {
                if (each.kind() != PersonalData.Kind.CARD) {
                    // Four small numbers with points between them are an address.
                    continue;
                }
                String card = text.substring(each.from(), each.to());
                assertThat(card).matches("[0-9](?:[ -]?[0-9]){12,18}");
                assertThat(luhn(card)).as(card).isTrue();
                assertThat(text.substring(0, each.from())).doesNotMatch("(?s).*[0-9A-Za-z.]");
                assertThat(text.substring(each.to())).doesNotMatch("(?s)[0-9A-Za-z].*");
            }
        });
        assertThat(passed[0]).isGreaterThan(20);
    }

    /// Megabytes that a backtracking expression would take hours for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a@",
                "@",
                "a@b.",
                "a@b.c.",
                "1",
                "1 ",
                "123 ",
                "4111-",
                ".",
                "1.",
                "1.2.3.4.",
                "AKIA",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END ",
                "-----BEGIN A PRIVATE KEY-----END ",
                "sk-",
                "sk-aB3dE5",
                "eyJ",
                "eyJ.a.",
                "x://a:",
                "password=",
                "password is ",
                "Bearer ",
                "2a00:",
                "::",
                "(at)",
                "a(at)b(dot)",
                "+1 ",
                "(2",
                "tel 2-",
                "123-45-",
                "DE89",
                "DE89 3704 ",
                "a@b.cc:d/",
                "\u0430@",
            })
    @Timeout(120)
    void longLinesTakeNoLongerACharacter(String unit) {
        String text = unit.repeat(LONG / unit.length());
        assertThat(PersonalData.find(text)).isSortedAccordingTo((x, y) -> Integer.compare(x.from(), y.from()));
        assertThat(PersonalData.find("a@b." + unit.repeat(LONG / unit.length() / 10)))
                .isNotNull();
    }

    private static List<String> found(String text, Kind kind) {
        return PersonalData.find(text).stream()
                .filter(each -> each.kind() == kind)
                .map(each -> text.substring(each.from(), each.to()))
                .toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        List<String> matches = new ArrayList<>();
        for (Matcher m = pattern.matcher(text); m.find(); ) {
            matches.add(m.group());
        }
        return matches;
    }

    private static boolean luhn(String card) {
        String digits = card.replaceAll("[^0-9]", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    private static String random(RandomGenerator random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
