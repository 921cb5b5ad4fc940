package io.switchboard.crm;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.ForgedTokenSweep;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TenancySweep;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TenancyTest {
    private static final Map<String, ?> BODIES = Map.of(
            "POST /api/contacts/{id}/merge", Map.of("duplicateId", UUID.randomUUID()),
            "POST /api/contacts/{id}/phones", Map.of("phone", "+12125550199"),
            "POST /api/teams/{id}/members", Map.of("userId", UUID.randomUUID()),
            "POST /api/tickets/{id}/assign", Map.of("teamId", UUID.randomUUID()),
            "POST /api/contacts/{id}/notes", Map.of("content", "Calls back."),
            "POST /api/tickets/{id}/merge", Map.of("duplicateId", UUID.randomUUID()),
            "PUT /api/tickets/sla-policies/{priority}", Map.of("firstResponseMinutes", 60, "resolutionMinutes", 480),
            "POST /api/tickets/{id}/apply", Map.of("templateId", UUID.randomUUID()),
            "POST /api/tickets/{id}/messages", Map.of("content", "Please try again now."));

    /** Of these the path names what is put, be it there or not. */
    private static final Set<String> UPSERTS = Set.of(
            "GET /api/echoes/{id}.ics",
            "GET /api/echoes/{id}",
            "PUT /api/contacts/by-phone/{phone}",
            "PUT /internal/contacts/by-phone/{phone}",
            "PUT /internal/members/{id}");

    @Test
    void neither_a_stranger_nor_an_anonymous_caller_reaches_anything() {
        TenancySweep.run(BODIES, UPSERTS);
    }

    @Test
    void tokens_that_auth_service_never_signed_are_refused() {
        ForgedTokenSweep.refusedEverywhere();
    }
}
