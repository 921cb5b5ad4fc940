package io.switchboard.kit.access;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large a body may be if the operation's line in access.txt gives no size. A caller without a token may send less. */
@Singleton
class BodyLimits {
    private final long usual;
    private final long open;

    BodyLimits(
            @ConfigProperty(name = "switchboard.body-limit", defaultValue = "1048576") long usual,
            @ConfigProperty(name = "switchboard.public-body-limit", defaultValue = "16384") long open) {
        this.usual = usual;
        this.open = Math.min(open, usual);
    }

    long of(Optional<Operation> operation) {
        return operation.map(this::of).orElse(open);
    }

    private long of(Operation operation) {
        var own = operation.body().limit();
        return own > 0 ? own : operation.isPublic() ? open : usual;
    }
}
