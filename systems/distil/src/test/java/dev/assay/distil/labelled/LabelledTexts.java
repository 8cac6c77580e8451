package dev.assay.distil.labelled;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Texts in which the place of an identifier is known, and texts that hold none.
public final class LabelledTexts {
    /// What there is, in alphabetical order.
    public static final List<String> KINDS = List.of(
            "api-key",
            "card",
            "credential",
            "email",
            "iban",
            "ipv4",
            "ipv6",
            "phone",
            "private-key",
            "ssn",
            "token",
            "url-password");

    /// A text.
    ///
    /// @param kind what stands in it, one of [#KINDS]
    /// @param from its first character
    /// @param to   behind its last
    public record Labelled(String kind, String text, int from, int to) {
        /// What was labelled.
        public String place() {
            return text.substring(from, to);
        }
    }

    private static final String HERE = "{}";

    private LabelledTexts() {}

    /// As many of each kind as can be, each in surroundings of its own.
    public static List<Labelled> positives(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Identifiers make = new Identifiers(random);
        List<Labelled> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String kind = KINDS.get(i % KINDS.size());
            texts.add(positive(kind, make, random));
        }
        return texts;
    }

    private static Labelled positive(String kind, Identifiers make, SplittableRandom random) {
        boolean bare = random.nextInt(3) == 0;
        return switch (kind) {
            case "email" ->
                placed(
                        kind,
                        make.email(),
                        bare
                                ? make.of(List.of("{}", "{};", "{}, and others"))
                                : make.of(List.of(
                                        "mail me at {} now",
                                        "From: {}",
                                        "contact <{}> please",
                                        "user {} logged in",
                                        "[write](mailto:{})",
                                        "Schreiben Sie an {}.",
                                        "cc: {}; bcc: nobody",
                                        "the account of {} is locked")),
                        make,
                        random);
            case "ipv4" ->
                placed(
                        kind,
                        make.ipv4(),
                        make.of(List.of(
                                "Failed password for root from {} port 22 ssh2",
                                "{} - - [10/Oct/2023:13:55:36 +0000] \"GET / HTTP/1.1\" 200",
                                "ping {}",
                                "http://{}:8080/index.html",
                                "client={} status=200",
                                "the server {} does not answer",
                                "DNS is {} here",
                                "block {}/32 in the firewall",
                                "\"remote_addr\": \"{}\"",
                                "connected to {}, waiting")),
                        make,
                        random);
            case "ipv6" ->
                placed(
                        kind,
                        make.ipv6(),
                        make.of(List.of(
                                "from {} port 22",
                                "AAAA record: {}",
                                "http://[{}]:8080/",
                                "ping6 {}",
                                "IPv6 {} and no other",
                                "client={}",
                                "listen on {}/64",
                                "{} unreachable")),
                        make,
                        random);
            case "phone" -> {
                boolean word = random.nextInt(4) != 0;
                yield placed(
                        kind,
                        make.telephone(word),
                        word
                                ? make.of(List.of(
                                        "call {} or wait",
                                        "phone: {}",
                                        "Tel. {}",
                                        "my mobile number is {}",
                                        "reach me at {} after six, phone only",
                                        "Telefon {}",
                                        "fax {} (office)",
                                        "text me on {}",
                                        "\"phone_number\": \"{}\"",
                                        "WhatsApp {}"))
                                : make.of(List.of(
                                        "{}",
                                        "Jane, {}, Berlin",
                                        "| Omar | {} |",
                                        "you get me under {}",
                                        "{} (ask for Li)")),
                        make,
                        random);
            }
            case "ssn" -> {
                boolean word = random.nextInt(3) != 0;
                yield placed(
                        kind,
                        make.socialSecurity(word),
                        word
                                ? make.of(List.of(
                                        "SSN {}",
                                        "social security number: {}",
                                        "ssn={}",
                                        "\"ssn\": \"{}\"",
                                        "his Social Security No. is {}",
                                        "taxpayer SSN: {} (verified)"))
                                : make.of(List.of(
                                        "{}",
                                        "Jane Doe, {}, 1 Main Street",
                                        "| Omar | {} | married |",
                                        "employee {} starts on Monday")),
                        make,
                        random);
            }
            case "iban" ->
                placed(
                        kind,
                        make.iban(),
                        bare
                                ? "{}"
                                : make.of(List.of(
                                        "IBAN {}",
                                        "please pay to {} by Friday",
                                        "account: {}, BIC unknown",
                                        "Konto {}",
                                        "\"iban\": \"{}\"",
                                        "transfer from {} to savings")),
                        make,
                        random);
            case "card" ->
                placed(
                        kind,
                        make.card(),
                        bare
                                ? "{}"
                                : make.of(List.of(
                                        "card {} please",
                                        "Visa {} exp 12/29",
                                        "charge {}, cvv 123",
                                        "\"card_number\": \"{}\"",
                                        "pay with {}",
                                        "Kreditkarte: {}")),
                        make,
                        random);
            case "api-key" ->
                placed(
                        kind,
                        make.apiKey(),
                        bare
                                ? "{}"
                                : make.of(List.of(
                                        "export API_KEY={}",
                                        "api_key = \"{}\"",
                                        "use the key {} for tests",
                                        "Authorization: Bearer {}",
                                        "--token {}",
                                        "client = Client('{}')",
                                        "key: {}",
                                        "curl -H 'X-Api-Key: {}' https://api.example.com")),
                        make,
                        random);
            case "token" ->
                placed(
                        kind,
                        make.webToken(),
                        bare
                                ? "{}"
                                : make.of(List.of(
                                        "Authorization: Bearer {}",
                                        "token={}",
                                        "\"id_token\": \"{}\"",
                                        "Cookie: session={}; Path=/",
                                        "the JWT {} expired",
                                        "?access_token={}&state=1")),
                        make,
                        random);
            case "private-key" ->
                random.nextInt(3) == 0
                        ? placed(
                                kind,
                                make.privateKey("\\n"),
                                make.of(List.of("{\"private_key\": \"{}\"}", "KEY=\"{}\"")),
                                make,
                                random)
                        : around(
                                kind,
                                make.privateKey("\n"),
                                make.of(List.of("id_rsa:\n{}\n", "{}", "cat key.pem\n{}\n$ ls")));
            case "url-password" ->
                placed(
                        kind,
                        make.urlWithPassword(),
                        make.of(List.of(
                                "DATABASE_URL={}",
                                "connect to {} first",
                                "url: \"{}\"",
                                "git clone {}",
                                "engine = create_engine('{}')",
                                "<{}>")),
                        make,
                        random);
            case "credential" -> {
                String secret = random.nextInt(4) == 0 ? make.some("abcdef0123456789", 40) : make.password();
                yield placed(
                        kind,
                        secret,
                        make.of(List.of(
                                "password = \"{}\"",
                                "PASSWORD={}",
                                "\"password\": \"{}\"",
                                "db_password: '{}'",
                                "passwd={}",
                                "pwd: \"{}\"",
                                "client_secret = '{}'",
                                "AWS_SECRET_ACCESS_KEY={}",
                                "secret_key: {}",
                                "api_key=\"{}\"",
                                "auth_token: \"{}\"",
                                "--password={}",
                                "my password is {}")),
                        make,
                        random);
            }
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /// A phrase with the identifier, in one of the things that stand in logs.
    private static Labelled placed(
            String kind, String identifier, String phrase, Identifiers make, SplittableRandom random) {
        String around = make.of(List.of(
                "{}",
                "{}",
                "I tried this. {}\nThen it worked.",
                "user: {}\nassistant: done",
                "2024-03-0" + (1 + random.nextInt(9)) + "T11:22:33Z INFO worker-" + random.nextInt(90) + " {}",
                "# {}",
                "- {}\n- next point",
                "> {}",
                "<p>{}</p>",
                "the output was ({}).",
                "a,b,\"{}\",d",
                "line 1\r\n{}\r\nline 3",
                "步骤一：{}。",
                "echo {} | tee out.log"));
        return around(kind, identifier, around.replace(HERE, phrase));
    }

    private static Labelled around(String kind, String identifier, String phrase) {
        int from = phrase.indexOf(HERE);
        return new Labelled(kind, phrase.replace(HERE, identifier), from, from + identifier.length());
    }

    /// Things of a similar form that name nobody and open nothing: versions, addresses of repositories, hashes, UUIDs,
    /// times, fractions, counters, private networks, markers of code.
    public static List<String> lookalikes(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Identifiers make = new Identifiers(random);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String hex = make.some("0123456789abcdef", 40);
            String digits = make.some("0123456789", 24);
            String quad = (1 + random.nextInt(20)) + "." + random.nextInt(20) + "." + random.nextInt(20) + "."
                    + random.nextInt(200);
            String uuid = hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-4" + hex.substring(13, 16) + "-a"
                    + hex.substring(17, 20) + "-" + hex.substring(20, 32);
            String numeric = digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-4" + digits.substring(13, 16)
                    + "-8" + digits.substring(17, 20) + "-" + make.some("0123456789", 12);
            texts.add(make.of(List.of(
                    "install version " + quad + " of the library",
                    "MongoDB v" + quad + " released",
                    "upgraded foo from " + quad + " to a new release",
                    "pip install foo==" + quad,
                    "foo-" + quad + ".tar.gz",
                    "Chrome/" + quad + " Safari/537.36",
                    "git clone git@github.com:org/repo.git",
                    "remote: git@gitlab.example.com:team/app.git",
                    "ssh://git@host.xz/path/repo.git",
                    "commit " + hex,
                    "sha1: " + hex,
                    "md5 " + hex.substring(0, 32),
                    "sha256:" + hex + hex.substring(0, 24),
                    "request " + uuid + " done",
                    "id=" + numeric,
                    "at 2024-01-0" + (1 + random.nextInt(9)) + "T10:1" + random.nextInt(9) + ":22.123456Z",
                    "ts=17" + digits.substring(0, 11) + " ms",
                    "start_ns 17" + digits.substring(0, 17),
                    "pi is 3.1415926535897932" + digits,
                    "order number " + digits.substring(0, 9),
                    "10.0.0." + random.nextInt(255) + ":8080 up",
                    "192.168.1." + random.nextInt(255) + " is the router",
                    "127.0.0.1:" + (1000 + random.nextInt(9000)),
                    "fe80::1%eth0 and ::1",
                    "std::vector<int>::iterator it",
                    "Foo::Bar::baz(1)",
                    "12:34:56 and 01:02:03",
                    "mac 0a:1b:2c:3d:4e:" + hex.substring(0, 2),
                    "@pytest.mark.parametrize(x) decorates",
                    "npm i @types/node@20.1.0",
                    "react@18.2.0",
                    "password = os.environ[\"DB_PASSWORD\"]",
                    "password: str = Field(...)",
                    "PASSWORD=${DB_PASSWORD}",
                    "token = get_token(user)",
                    "secret_key: <your key here>",
                    "max_tokens: 4096, prompt_tokens=1200",
                    "https://user@example.com/path",
                    "http://localhost:8080/a@b",
                    "-----BEGIN PUBLIC KEY-----",
                    "-----BEGIN CERTIFICATE-----",
                    "isbn 978-3-16-148410-0",
                    "range 100-20-3000 mm is no part of it",
                    "2020-12-31 to 2021-01-31",
                    "1,234,567,890 rows in 12.5 s",
                    "0x" + hex,
                    "sk-learn and sk_test names",
                    "eyJ is how a token begins",
                    "page 12-34-5678-9",
                    "zip 90210-1234",
                    "ratio 4111.1111.1111",
                    String.format(Locale.ROOT, "%.12f", random.nextDouble() * 1000))));
        }
        return texts;
    }

    /// Pieces of logs, one to three lines each, evenly drawn. Those with an at sign beside a host are left out: the
    /// logs that
    /// ship hold e-mail addresses that their benchmark invented, and nothing else of these kinds.
    public static List<String> negatives(List<String> logs, int count, long seed) {
        List<String> pieces = new ArrayList<>();
        for (String log : logs) {
            String[] lines = log.split("\n");
            for (int i = 0; i < lines.length; i += 3) {
                StringBuilder piece = new StringBuilder();
                for (int j = i; j < Math.min(i + 3, lines.length); j++) {
                    piece.append(lines[j]).append('\n');
                }
                String text = piece.toString().strip();
                if (text.length() >= 20 && text.indexOf('@') < 0) {
                    pieces.add(text);
                }
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = pieces.size() - 1; i > 0; i--) {
            java.util.Collections.swap(pieces, i, random.nextInt(i + 1));
        }
        if (pieces.size() < count) {
            throw new IllegalArgumentException("the logs have " + pieces.size() + " pieces only");
        }
        return List.copyOf(pieces.subList(0, count));
    }
}
