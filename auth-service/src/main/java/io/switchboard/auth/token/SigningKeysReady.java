package io.switchboard.auth.token;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there is a key to sign with: the very first start makes one. */
@Readiness
@ApplicationScoped
class SigningKeysReady implements HealthCheck {
    private final SigningKeys keys;

    SigningKeysReady(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("signing keys")
                .status(keys.ready())
                .build();
    }
}
