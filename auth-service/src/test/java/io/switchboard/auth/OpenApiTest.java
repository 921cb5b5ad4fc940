package io.switchboard.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.DocumentChecks;
import io.switchboard.kit.test.PostgresResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class OpenApiTest {

    @Test
    void every_schema_has_an_example_and_every_answer_its_headers() {
        DocumentChecks.run();
    }

    @Test
    void operations_say_what_they_answer() {
        var token = "paths.'/oauth2/token'.post.responses.";
        var json = "content.'application/json'.schema.$ref";
        document()
                .body("paths.'/api/users/{id}/unlock'.post.responses", hasKey("204"))
                .body("paths.'/api/users/{id}/unlock'.post.responses", not(hasKey("201")))
                .body(token + "'200'." + json, endsWith("/TokenView"))
                .body(token + "'400'." + json, endsWith("/RefusalView"))
                .body(token + "'401'." + json, endsWith("/RefusalView"))
                .body(token, not(hasKey("422")))
                .body("paths.'/api/me/totp'.post.responses", hasKey("409"))
                .body("paths.'/api/me/sessions'.delete.responses", not(hasKey("412")))
                .body("paths.'/api/clients/{id}'.delete.responses", hasKey("412"))
                .body("paths.'/api/clients'.post.parameters.name", hasItem("Idempotency-Key"))
                .body("paths.'/api/invitations/accept'.post", not(hasKey("parameters")));
    }

    @Test
    void credentials_and_headers_are_described() {
        var created = "paths.'/api/clients'.post.responses.'201'.headers.";
        document()
                .body("paths.'/api/auth/session'.get.security[0]", hasKey("clientSession"))
                .body("paths.'/api/auth/session'.delete.security[0]", hasKey("clientSession"))
                .body("components.securitySchemes.clientSession.scheme", is("bearer"))
                .body(created + "ETag.description", notNullValue())
                .body(created + "Location.description", notNullValue())
                .body("paths.'/api/auth/signup'.post.responses.'201'.headers", hasKey("Location"))
                .body("paths.'/api/me'.get.responses.'200'.headers", hasKey("ETag"));
    }

    @Test
    void a_patch_is_a_form_in_which_nothing_is_required() {
        var patch = "components.schemas.ProfilePatch.";
        document()
                .body(
                        "paths.'/api/me'.patch.requestBody.content.'application/merge-patch+json'.schema.$ref",
                        endsWith("/ProfilePatch"))
                .body(patch + "properties", hasKey("fullName"))
                .body(patch.substring(0, patch.length() - 1), not(hasKey("required")))
                .body(patch + "examples.fullName", contains("Ada Lovelace"))
                .body("components.schemas.OrganizationPatch.examples.name", contains("Acme GmbH"))
                .body("components.schemas.SignupView.examples.organization.name", contains("Acme GmbH"));
    }

    private static ValidatableResponse document() {
        return given().get("/q/openapi?format=json").then().statusCode(200);
    }
}
