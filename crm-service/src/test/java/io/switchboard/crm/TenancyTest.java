package io.switchboard.crm;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.ForgedTokenSweep;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TenancySweep;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TenancyTest {
    /** Of these the path names what is put, be it there or not. */
    private static final Set<String> UPSERTS = Set.of(
            "GET /api/echoes/{id}.ics",
            "GET /api/echoes/{id}",
            "PUT /api/contacts/by-phone/{phone}",
            "PUT /internal/contacts/by-phone/{phone}",
            "PUT /internal/members/{id}");

    @Test
    void neither_a_stranger_nor_an_anonymous_caller_reaches_anything() {
        TenancySweep.run(Map.of(), UPSERTS);
    }

    @Test
    void tokens_that_auth_service_never_signed_are_refused() {
        ForgedTokenSweep.refusedEverywhere();
    }
}
