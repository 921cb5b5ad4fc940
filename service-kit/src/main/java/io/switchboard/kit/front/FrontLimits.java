package io.switchboard.kit.front;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What all clients together, one address and one connection may take of a service, on every port. */
@ConfigMapping(prefix = "switchboard.front")
public interface FrontLimits {
    /** To the service's port. Beyond it the one that has waited longest for a request makes way for a new one. */
    @WithDefault("1000")
    int connections();

    /** To the management port, which has its own, so that probes get through. */
    @WithDefault("50")
    int managementConnections();

    /** Also requests at a time, where the address is forwarded by a listed proxy. IPv6 addresses count by their /64. */
    @WithDefault("200")
    int connectionsPerAddress();

    @WithDefault("8K")
    MemorySize requestLine();

    @WithDefault("16K")
    MemorySize headers();

    /** A header field costs ten times its bytes once it is read, so that their number counts, too. */
    @WithDefault("128")
    int headerFields();

    /** From the connection, or from the first byte of a further request. */
    @WithDefault("10s")
    Duration headerTimeout();

    @WithDefault("60s")
    Duration idleTimeout();

    /** For bodies that are held until they are whole. */
    @WithDefault("10s")
    Duration bodyTimeout();

    /** Bytes a second; holds for bodies of which more than 64 KiB are held or that are passed on, over each three seconds. */
    @WithDefault("10K")
    MemorySize bodyRate();

    /** Of request bodies, held at a time. */
    @WithDefault("48M")
    MemorySize bodies();

    /** Of one address, or for one webhook endpoint. */
    @WithDefault("6M")
    MemorySize bodiesShare();

    /** The largest body of any operation, see access.txt. */
    @WithDefault("25M")
    MemorySize largestBody();

    /** Ends connections that read less of an answer than {@link #writeRate} over this time. */
    @WithDefault("30s")
    Duration writeTimeout();

    /** Bytes a second. */
    @WithDefault("10K")
    MemorySize writeRate();

    /** Of answers, waiting to be read by clients at a time; beyond it the slowest readers are cut off. */
    @WithDefault("32M")
    MemorySize answers();
}
