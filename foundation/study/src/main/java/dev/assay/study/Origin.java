package dev.assay.study;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a URL leads: scheme, host and port (RFC 6454), in one spelling.
///
/// Spellings that programs read in different ways are refused: numbers that are no plain IPv4 address,
/// escapes, a dot at the end, letters beyond ASCII. A host that was looked at is then the host that is
/// spoken to. Nothing is looked up.
///
/// @param scheme `http` or `https`
/// @param host   a name in lower case, four numbers, or an IPv6 address in brackets
/// @param port   1 to 65535
public record Origin(String scheme, String host, int port) {
    private static final String EXAMPLE = "a base URL looks like http://localhost:11434/v1";
    private static final Pattern URL =
            Pattern.compile("(?<scheme>https?)://(?<authority>[^/?#]*)(?<path>/[^?#]*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+)\\]|(?<name>[A-Za-z0-9.-]+))(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern FOUR =
            Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final int LONGEST_NAME = 253;
    private static final int MOST_PORT = 65_535;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// The origin of a base URL.
    ///
    /// @throws IllegalArgumentException as [#baseUrl(String)]
    public static Origin of(String url) {
        Matcher matcher = URL.matcher(plain(url));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    url.indexOf('?') >= 0 || url.indexOf('#') >= 0
                            ? "a base URL has no user, query or fragment: " + Destination.NAME_THE_KEY
                            : EXAMPLE + ": it needs http or https and a host");
        }
        String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
        return of(scheme, matcher.group("authority"));
    }

    /// The origin of a scheme and what stands between `//` and the path.
    ///
    /// @throws IllegalArgumentException if it is no host that can be told from others; never quotes
    ///     what may be a
    ///     user or a password
    static Origin of(String scheme, String authority) {
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "a base URL has no user, query or fragment: " + Destination.NAME_THE_KEY);
        }
        Matcher matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a base URL needs http or https and a host, such as localhost:11434: "
                    + "letters, digits, dots and hyphens, without escapes" + ascii(authority));
        }
        int port = scheme.equals("https") ? HTTPS : HTTP;
        if (matcher.group("port") != null) {
            port = Integer.parseInt(matcher.group("port"));
        }
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException("a port lies between 1 and " + MOST_PORT + ", got " + port);
        }
        return new Origin(
                scheme, matcher.group("six") != null ? six(matcher.group("six")) : name(matcher.group("name")), port);
    }

    /// A base URL in one spelling: the origin and the path, without a slash at the end.
    ///
    /// @throws IllegalArgumentException if it is none: another scheme than http and https; a user,
    ///     query or
    ///     fragment; a host in a spelling that is read in different ways. The message does not repeat
    /// the URL.
    public static String baseUrl(String url) {
        Origin origin = of(url);
        String path = url.substring(
                url.indexOf('/', url.indexOf("//") + 2) < 0 ? url.length() : url.indexOf('/', url.indexOf("//") + 2));
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        try {
            return new URI(origin + path).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(EXAMPLE + ": its path has a character that stands in no URL", e);
        }
    }

    private static String plain(String url) {
        if (!url.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '\\')) {
            throw new IllegalArgumentException(EXAMPLE + ": it has no white space and no backslash");
        }
        return url;
    }

    /// How to write a host that has letters beyond ASCII, which may look like others.
    private static String ascii(String authority) {
        if (authority.chars().allMatch(c -> c < 0x80)) {
            return "";
        }
        try {
            return "; in ASCII this host is " + IDN.toASCII(authority.replaceAll(":[0-9]*$", ""));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String six(String address) {
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the base URL has something in brackets that is no IPv6 address", e);
        }
        if (parsed.isAnyLocalAddress()) {
            throw anyAddress();
        }
        // Java turns an IPv4 address in IPv6 notation into an IPv4 address, and speaks to that.
        if (parsed instanceof Inet4Address) {
            return name(parsed.getHostAddress());
        }
        return parsed.isLoopbackAddress() ? "[::1]" : "[" + parsed.getHostAddress() + "]";
    }

    private static String name(String given) {
        String name = given.toLowerCase(Locale.ROOT);
        if (FOUR.matcher(name).matches()) {
            if (name.startsWith("0.")) {
                throw anyAddress();
            }
            return name;
        }
        String[] labels = name.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            throw new IllegalArgumentException("the base URL's host is a number that programs read in different ways: "
                    + "write an address as four numbers, such as 127.0.0.1");
        }
        if (name.length() > LONGEST_NAME
                || !Arrays.stream(labels).allMatch(l -> LABEL.matcher(l).matches())) {
            throw new IllegalArgumentException("the base URL's host is no name: letters, digits and hyphens, "
                    + "with single dots between them and none at the end");
        }
        return name;
    }

    private static IllegalArgumentException anyAddress() {
        return new IllegalArgumentException(
                "0.0.0.0 and [::] are addresses to listen on, not to speak to: write 127.0.0.1");
    }

    /// Whether what is sent there stays on this machine: `localhost`, an address of 127.0.0.0/8, or
    /// `[::1]`. Other names are not looked up, whatever they may lead to.
    public boolean isLoopback() {
        return host.equals("localhost")
                || host.equals("[::1]")
                || (FOUR.matcher(host).matches() && host.startsWith("127."));
    }

    /// Whether it is an address of a private network or a link (RFC 1918, 3927, 4193, 4291), by its
    /// numbers.
    public boolean isPrivateAddress() {
        if (host.startsWith("[")) {
            byte[] bytes =
                    InetAddress.ofLiteral(host.substring(1, host.length() - 1)).getAddress();
            return (bytes[0] & 0xfe) == 0xfc || ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0x80);
        }
        if (!FOUR.matcher(host).matches()) {
            return false;
        }
        byte[] bytes = InetAddress.ofLiteral(host).getAddress();
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        return a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) || (a == 169 && b == 254);
    }

    /// Whether the connection is encrypted.
    public boolean isEncrypted() {
        return scheme.equals("https");
    }

    /// Host and port, the port only if it is not that of the scheme.
    public String hostAndPort() {
        return port == (isEncrypted() ? HTTPS : HTTP) ? host : host + ":" + port;
    }

    /// As in a URL: `https://models.example.com`, `http://localhost:11434`.
    @Override
    public String toString() {
        return scheme + "://" + hostAndPort();
    }
}
