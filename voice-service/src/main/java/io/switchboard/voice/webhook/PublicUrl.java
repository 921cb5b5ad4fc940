package io.switchboard.voice.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The URLs at which providers reach this service. From configuration, since a request's Host header can be forged. */
@ApplicationScoped
class PublicUrl {
    private final String origin;

    PublicUrl(@ConfigProperty(name = "switchboard.public-url") String origin) {
        this.origin = origin.replaceFirst("/+$", "");
    }

    /** An endpoint's URL. */
    String of(String provider, UUID endpoint) {
        return origin + "/webhooks/" + provider + "/" + endpoint;
    }

    /** A request's URL, not decoded. */
    String of(String path, @Nullable String query) {
        return query == null ? origin + path : origin + path + "?" + query;
    }
}
