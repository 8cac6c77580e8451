package dev.assay.distil.internal.personal;

import java.util.List;

/// Whether four numbers with dots are the number of a version: `v4.4.2.9`, `foo-1.2.3.4.tar.gz`,
/// `Chrome/1.2.3.4`, `foo==1.2.3.4`, or a word such as `version` nearer than one such as `host`.
public final class VersionContext {
    private static final int REACH = 40;
    private static final int REACH_AFTER = 24;
    private static final List<String> VERSION = List.of(
            "version",
            "versions",
            "ver",
            "release",
            "releases",
            "released",
            "build",
            "upgraded",
            "upgrade",
            "updated",
            "downgraded",
            "install",
            "installed",
            "firmware",
            "driver",
            "library",
            "package",
            "revision",
            "changelog",
            "section",
            "chapter");
    private static final List<String> ADDRESS = List.of(
            "ip",
            "ipv4",
            "address",
            "addr",
            "host",
            "hosts",
            "server",
            "dns",
            "ping",
            "client",
            "remote",
            "remote_addr",
            "gateway",
            "router",
            "port",
            "http",
            "https",
            "ssh",
            "tcp",
            "udp",
            "peer",
            "connected",
            "connect",
            "listen",
            "block",
            "firewall",
            "resolver",
            "nameserver",
            "whois",
            "traceroute",
            "curl",
            "login",
            "logged",
            "password for");
    private static final List<String> VERSION_AFTER =
            List.of("released", "release", "version", "of the library", "of the package", "changelog", "is out");

    private VersionContext() {}

    /// @param from the first digit
    /// @param to   behind the last
    public static boolean is(String text, int from, int to) {
        char before = from == 0 ? ' ' : text.charAt(from - 1);
        char earlier = from < 2 ? ' ' : text.charAt(from - 2);
        boolean glued = before == 'v' || before == 'V';
        // A port stands behind addresses alone: `example.org/1.2.3.4:443`, as Java writes them.
        boolean port = to + 1 < text.length() && text.charAt(to) == ':' && Ascii.digit(text.charAt(to + 1));
        boolean named = !port && (before == '-' || before == '/' || before == '_') && Ascii.letterOrDigit(earlier);
        boolean pinned = before == '='
                        && (earlier == '=' || earlier == '~' || earlier == '>' || earlier == '<' || earlier == '!')
                || before == '^'
                || before == '~';
        boolean part = to < text.length()
                && (text.charAt(to) == '-' || text.charAt(to) == '+' || text.charAt(to) == '_')
                && to + 1 < text.length()
                && Ascii.letter(text.charAt(to + 1));
        if (glued || named || pinned || part) {
            return true;
        }
        int version = Context.before(text, from, REACH, VERSION);
        int address = Context.before(text, from, REACH, ADDRESS);
        return version > address || address < 0 && Context.after(text, to, REACH_AFTER, VERSION_AFTER);
    }
}
