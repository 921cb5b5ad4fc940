package io.switchboard.voice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.DocumentChecks;
import io.switchboard.kit.test.ForgedTokenSweep;
import io.switchboard.kit.test.TenancySweep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every service must hold to. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ContractTest {
    private static final Map<String, ?> MEMBER =
            Map.of("name", "Ada", "email", "ada@example.com", "role", "admin", "isActive", true, "version", 1);

    private static final Map<String, ?> CLIENT = Map.of("companyName", "Globex", "isActive", true, "version", 1);

    private static final Map<String, ?> RUN = Map.of("tokens", 1, "durationSeconds", 1, "cost", 0);

    private static final String MERGE = "POST /internal/contacts/{id}/merge";
    private static final String ERASE = "POST /internal/contacts/{id}/erase";

    @Test
    void the_access_table_decides_who_gets_where() {
        TenancySweep.run(
                Map.of(
                        "PUT /internal/members/{id}",
                        MEMBER,
                        "PUT /internal/clients/{id}",
                        CLIENT,
                        MERGE,
                        Map.of("duplicateId", UUID.randomUUID()),
                        ERASE,
                        Map.of("phones", List.of("+15555550142")),
                        "POST /api/agents/{id}/runs",
                        RUN,
                        "POST /internal/events",
                        Map.of(
                                "id",
                                UUID.randomUUID(),
                                "type",
                                "contact.erased",
                                "occurredAt",
                                "2026-06-01T12:00:00Z",
                                "data",
                                Map.of("id", UUID.randomUUID()))),
                // An upsert; and contacts are not known here.
                Set.of("PUT /internal/members/{id}", "PUT /internal/clients/{id}", MERGE, ERASE));
    }

    @Test
    void what_auth_service_did_not_sign_is_refused() {
        ForgedTokenSweep.refusedEverywhere();
    }

    @Test
    void the_document_has_examples_and_headers() {
        DocumentChecks.run();
    }

    @Test
    void the_document_speaks_of_the_plain_route_too() {
        var take = "paths.'/webhooks/{provider}/{endpointId}'.post.";
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(take + "x-who", is("public"))
                .body(take + "parameters.name", hasItems("provider", "endpointId"))
                .body(take + "responses", hasKey("200"))
                .body(take + "responses", hasKey("401"))
                .body(take + "responses", hasKey("413"))
                .body(take + "responses", hasKey("503"))
                .body("paths.'/api/calls'.get.parameters.name", hasItems("clientId", "q", "cursor"))
                .body("components.schemas.CallState.enum", hasItem("in_progress"));
    }
}
