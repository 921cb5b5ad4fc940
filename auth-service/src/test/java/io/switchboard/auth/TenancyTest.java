package io.switchboard.auth;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TenancySweep;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class TenancyTest {

    @Test
    void every_operation_refuses_nobody_strangers_and_other_roles() {
        var acme = Person.signUp().caller().orgId();
        TenancySweep.run(
                Map.of("PUT /api/api-keys/{provider}", Map.of("apiKey", "sk-0123456789")),
                Set.of(),
                (role, org) -> Person.in(role, role.equals("platform_admin") ? CallerContext.PLATFORM : acme));
    }
}
