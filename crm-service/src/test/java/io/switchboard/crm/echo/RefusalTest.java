package io.switchboard.crm.echo;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RefusalTest {
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void a_refusal_has_members_of_its_own() {
        acme.post("/api/echoes/refusals", new EchoForm("hello", true))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", endsWith("echo_taken"))
                .body("clash.text", is("hello"));
    }
}
