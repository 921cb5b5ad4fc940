package io.switchboard.auth.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.auth.work.HashCaller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The addresses that a sign-in at this replica succeeded from in the last day. */
@ApplicationScoped
public class KnownAddresses {
    private final Cache<String, Boolean> networks;

    KnownAddresses(
            @ConfigProperty(name = "switchboard.known-addresses", defaultValue = "20000") int most,
            @ConfigProperty(name = "switchboard.known-addresses.age", defaultValue = "24h") Duration age) {
        networks = Caffeine.newBuilder().maximumSize(most).expireAfterWrite(age).build();
    }

    public void add(String ip) {
        networks.put(Limits.network(ip), true);
    }

    public HashCaller caller(String ip) {
        var network = Limits.network(ip);
        return new HashCaller(networks.getIfPresent(network) != null, network);
    }
}
