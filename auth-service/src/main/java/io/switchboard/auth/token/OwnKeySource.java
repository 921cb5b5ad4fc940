package io.switchboard.auth.token;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.token.KeySource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.Map;

/** Here the keys that verify tokens are the service's own; the other services fetch them. */
@ApplicationScoped
public class OwnKeySource implements KeySource {
    private final SigningKeys keys;

    OwnKeySource(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public Uni<Map<String, PublicKey>> stored() {
        return keys.ready()
                ? Uni.createFrom().item(keys.ring().publicKeys())
                : Uni.createFrom().item(Map.of());
    }

    @Override
    public Uni<Map<String, PublicKey>> published() {
        return keys.fresh().map(KeyRing::publicKeys);
    }
}
