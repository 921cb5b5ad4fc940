package io.switchboard.kit.stream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many streams a replica keeps open, and how they are kept. Each of them also takes a connection of the front's. */
@ConfigMapping(prefix = "switchboard.streams")
public interface StreamLimits {
    /** Beyond it 503. The rest of switchboard.front.connections is left for requests. */
    @WithDefault("600")
    int total();

    /** Beyond it 429. */
    @WithDefault("300")
    int perOrganization();

    /** Of one user, client or access key, on all devices; beyond it 429. */
    @WithDefault("10")
    int perUser();

    /** How often something is sent at least, so that proxies keep the connection and dead ones show. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Waiting to be read by the client; one that has more is cut off. */
    @WithDefault("256K")
    MemorySize queue();

    /** How often is looked for what no notification told of. */
    @WithDefault("1s")
    Duration poll();

    /** The shortest time from one look to the next. */
    @WithDefault("100ms")
    Duration pause();
}
