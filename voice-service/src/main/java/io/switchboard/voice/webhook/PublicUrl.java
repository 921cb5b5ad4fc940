package io.switchboard.voice.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How providers reach this service: never by what a request's Host header says, which anybody can write. */
@ApplicationScoped
class PublicUrl {
    private final String origin;

    PublicUrl(@ConfigProperty(name = "switchboard.public-url") String origin) {
        this.origin = origin.replaceFirst("/+$", "");
    }

    /** Where an endpoint is. */
    String of(String provider, UUID endpoint) {
        return origin + "/webhooks/" + provider + "/" + endpoint;
    }

    /** What was called, as it came: not decoded. */
    String of(String path, @Nullable String query) {
        return query == null ? origin + path : origin + path + "?" + query;
    }
}
