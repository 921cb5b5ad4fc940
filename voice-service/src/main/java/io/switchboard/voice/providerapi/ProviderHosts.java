package io.switchboard.voice.providerapi;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of providers' APIs, of {@code switchboard.providers.hosts}: no other host is sent an organization's key. An entry
 * {@code host=URL} sends what is for the host to another place.
 */
@ApplicationScoped
class ProviderHosts {
    private static final int TLS = 443;

    private final Map<String, URI> places;

    ProviderHosts(@ConfigProperty(name = "switchboard.providers.hosts") List<String> hosts) {
        this.places = hosts.stream()
                .map(entry -> entry.strip().split("=", 2))
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry[0].toLowerCase(Locale.ROOT),
                        entry -> URI.create(entry.length == 2 ? entry[1] : "https://" + entry[0])));
    }

    /** A GET of the URL; null for one that is not of a listed host. */
    @Nullable
    RequestOptions get(String url) {
        var uri = parse(url);
        if (uri == null || !"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return null;
        }
        var place = places.get(uri.getHost().toLowerCase(Locale.ROOT));
        return place == null || uri.getPort() != -1 && uri.getPort() != TLS ? null : request(uri, place);
    }

    private static RequestOptions request(URI uri, URI place) {
        var isTls = "https".equals(place.getScheme());
        int port = place.getPort() >= 0 ? place.getPort() : isTls ? TLS : 80;
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, place.getHost()))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
                .setFollowRedirects(false);
    }

    private static @Nullable URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
