package io.switchboard.kit.access;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large the body of a request may be: what anybody may send is smaller, and what providers send larger. */
@Singleton
class BodyLimits {
    private final long json;
    private final long open;
    private final long webhook;

    BodyLimits(
            @ConfigProperty(name = "switchboard.body-limit", defaultValue = "1048576") long json,
            @ConfigProperty(name = "switchboard.public-body-limit", defaultValue = "16384") long open,
            @ConfigProperty(name = "switchboard.webhook-body-limit", defaultValue = "5242880") long webhook) {
        this.json = json;
        this.open = open;
        this.webhook = webhook;
    }

    long of(String path, Optional<Operation> operation) {
        if (path.startsWith("/webhooks/")) {
            return webhook;
        }
        return operation.isEmpty() || operation.get().isPublic() ? Math.min(open, json) : json;
    }
}
