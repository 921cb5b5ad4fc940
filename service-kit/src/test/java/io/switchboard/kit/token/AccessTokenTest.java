package io.switchboard.kit.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.PlanLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
    final JsonObject claims = new JsonObject()
            .put("sub", UUID.randomUUID().toString())
            .put("org_id", UUID.randomUUID().toString())
            .put("groups", new JsonArray().add("agent"))
            .put("exp", 4_000_000_000L);

    @Test
    void the_limits_of_the_plan_are_the_callers() {
        claims.put("tier", "pro").put("max_agents", 25).put("monthly_token_quota", 5_000_000_000L);
        var caller = AccessToken.of(claims).tenant(Origin.worker());
        assertEquals(new PlanLimits("pro", 25, 5_000_000_000L), caller.limits());
    }

    @Test
    void a_token_without_a_plan_has_no_limits() {
        assertNull(AccessToken.of(claims).tenant(Origin.worker()).limits());
    }

    @Test
    void half_a_plan_is_refused() {
        claims.put("tier", "pro").put("max_agents", 25);
        assertThrows(RuntimeException.class, () -> AccessToken.of(claims));
    }
}
