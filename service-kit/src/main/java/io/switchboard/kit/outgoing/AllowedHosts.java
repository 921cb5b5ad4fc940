package io.switchboard.kit.outgoing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The places that may be private: {@code host:port} as in a URL, of {@code switchboard.outgoing.allowed}. Empty in production; a
 * demonstration lists its own listener.
 */
@ApplicationScoped
class AllowedHosts {
    private final Set<String> places;

    AllowedHosts(@ConfigProperty(name = "switchboard.outgoing.allowed") Optional<List<String>> places) {
        this.places = places.orElse(List.of()).stream()
                .map(place -> place.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean has(String host, int port) {
        return places.contains(host + ":" + port);
    }
}
