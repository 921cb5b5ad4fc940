package io.switchboard.auth;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Base64;
import java.util.Map;

/** The settings that auth-service has beyond those of every service. */
public class AuthSettings implements QuarkusTestResourceLifecycleManager {
    public static final String OPERATOR = "operator@example.com";
    public static final String CRM_SECRET = "test-only-secret-of-crm-service, long enough";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "switchboard.pin-pepper",
                Base64.getEncoder().encodeToString("a pepper that only tests are made with".getBytes()),
                "switchboard.service-secrets.crm-service",
                CRM_SECRET,
                "switchboard.service-secrets.voice-service",
                "test-only-secret-of-voice-service",
                "switchboard.signing-keys.look",
                "1s",
                "switchboard.key-refresh",
                "500ms",
                "switchboard.operator.email",
                OPERATOR,
                "switchboard.operator.password",
                Person.PASSWORD,
                // Every test founds organizations from the one loopback address.
                "switchboard.throttle.signups-a-minute",
                "10000",
                "switchboard.throttle.resets-a-minute",
                "1000",
                "switchboard.throttle.invitations-a-day",
                "20");
    }

    @Override
    public void stop() {}
}
