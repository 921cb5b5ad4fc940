package io.switchboard.auth;

import io.quarkus.test.Mock;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.OwnKeySource;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.token.KeySource;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The service's own keys, and the one that the test-jar's callers sign with. */
@Mock
public class TestKeySource implements KeySource {
    private static volatile Set<String> shown = Set.of();

    private final OwnKeySource own;

    TestKeySource(OwnKeySource own) {
        this.own = own;
    }

    /** Whether the cache of keys has been given this one when it last asked. */
    public static boolean hasShown(String kid) {
        return shown.contains(kid);
    }

    @Override
    public Uni<Map<String, PublicKey>> stored() {
        return own.stored().map(TestKeySource::withTestKey);
    }

    @Override
    public Uni<Map<String, PublicKey>> published() {
        return own.published().map(TestKeySource::withTestKey).invoke(keys -> shown = Set.copyOf(keys.keySet()));
    }

    private static Map<String, PublicKey> withTestKey(Map<String, PublicKey> keys) {
        var all = new HashMap<>(keys);
        var test = Caller.issuer().key();
        all.put(test.kid(), test.key());
        return all;
    }
}
