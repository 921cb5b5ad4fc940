package io.switchboard.kit.token;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.util.Map;

/** Where the public keys come from: auth-service's own tables there, its published key set everywhere else. */
public interface KeySource {

    /** Keys by {@code kid}, without asking another service. */
    Uni<Map<String, PublicKey>> stored();

    /** Keys by {@code kid}, as published now. */
    Uni<Map<String, PublicKey>> published();
}
