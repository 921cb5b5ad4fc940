package io.switchboard.kit.outgoing;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's URL that a request may be sent to, once its name leads to public addresses only: see {@link OutgoingHttp}.
 *
 * @param host in lower case; an IPv6 address has its brackets
 * @param uri path and query
 * @param literal the address that the host is; null for a name
 * @param isAllowed whether it is listed as a place that may be private
 */
public record OutgoingUrl(
        String text,
        boolean isTls,
        String host,
        int port,
        String uri,
        @Nullable InetAddress literal,
        boolean isAllowed) {
    private static final int LONGEST = 2_000;
    private static final Set<Integer> PORTS = Set.of(80, 443);

    /** What URL parsers of browsers take for an address: decimal, octal or hexadecimal. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

    /** Names that never lead out. */
    private static final List<String> LOCAL =
            List.of(".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home.arpa");

    /** Fails with {@link UrlRefused}. */
    static OutgoingUrl of(String text, AllowedHosts allowed) {
        return of(text, allowed, PORTS);
    }

    static OutgoingUrl of(String text, AllowedHosts allowed, Set<Integer> ports) {
        var parsed = parse(text);
        var isTls = "https".equalsIgnoreCase(parsed.getScheme());
        var host = parsed.getHost().toLowerCase(Locale.ROOT);
        int port = parsed.getPort() >= 0 ? parsed.getPort() : isTls ? 443 : 80;
        var isAllowed = allowed.has(host, port);
        if (!isAllowed && !ports.contains(port)) {
            throw new UrlRefused("Use port 80 or 443.");
        }
        var literal = literal(host);
        if (!isAllowed) {
            requirePublic(host, literal);
        }
        return new OutgoingUrl(text, isTls, host, port, uri(parsed), literal, isAllowed);
    }

    private static URI parse(String text) {
        if (text.length() > LONGEST) {
            throw new UrlRefused("It has more than 2000 characters.");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UrlRefused("Write other characters than ASCII as xn-- names and with %.");
        }
        try {
            return require(new URI(text));
        } catch (URISyntaxException e) {
            throw new UrlRefused("It is no URL.");
        }
    }

    private static URI require(URI uri) {
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw new UrlRefused("It must begin with https:// or http://.");
        }
        if (uri.getRawAuthority() == null || uri.getHost() == null) {
            throw new UrlRefused("Its host is no host name.");
        }
        if (uri.getRawAuthority().contains("@")) {
            throw new UrlRefused("It must have no user and no password.");
        }
        if (uri.getRawFragment() != null) {
            throw new UrlRefused("It must have no fragment (#).");
        }
        return uri;
    }

    private static @Nullable InetAddress literal(String host) {
        if (host.contains("%")) {
            throw new UrlRefused("Its address must have no scope.");
        }
        if (host.startsWith("[")) {
            return address(host);
        }
        if (host.endsWith(".")) {
            throw new UrlRefused("Its host must not end with a dot.");
        }
        var last = host.substring(host.lastIndexOf('.') + 1);
        if (!NUMBER.matcher(last).matches()) {
            return null;
        }
        if (!DOTTED_QUAD.matcher(host).matches()) {
            throw new UrlRefused("Write an IPv4 address as four decimal numbers.");
        }
        return address(host);
    }

    /** A text with brackets, or of four numbers, is never looked up. */
    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new UrlRefused("Its host is no address.");
        }
    }

    private static void requirePublic(String host, @Nullable InetAddress literal) {
        if (literal != null && !PublicAddress.is(literal)) {
            throw new UrlRefused("Its address is not public.");
        }
        if (literal == null && (!host.contains(".") || LOCAL.stream().anyMatch(host::endsWith))) {
            throw new UrlRefused("Its host has no public name.");
        }
    }

    private static String uri(URI parsed) {
        var path = parsed.getRawPath();
        var query = parsed.getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    @Override
    public String toString() {
        return text;
    }
}
