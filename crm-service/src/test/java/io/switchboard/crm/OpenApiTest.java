package io.switchboard.crm;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.DocumentChecks;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OpenApiTest {
    @Test
    void every_schema_has_an_example_and_every_answer_its_headers() {
        DocumentChecks.run();
    }

    @ParameterizedTest
    @CsvSource({
        "/q/openapi.json, text/html, application/json",
        "/q/openapi.yaml, application/json, application/yaml",
        "/q/openapi.yml, application/json, application/yaml",
        "/q/openapi?format=JSON, text/html, application/json",
        "/q/openapi?format=yaml, application/json, application/yaml",
        "/q/openapi, 'application/json,*/*', application/json",
        "/q/openapi, */*, application/yaml",
    })
    void the_document_is_there_as_json_and_as_yaml(String path, String accepted, String mediaType) {
        var document =
                given().accept(accepted).get(path).then().statusCode(200).header("Content-Type", startsWith(mediaType));
        document.body(mediaType.endsWith("json") ? startsWith("{") : containsString("\nopenapi: 3.1"));
        given().accept(accepted)
                .head(path)
                .then()
                .statusCode(200)
                .header("Content-Length", document.extract().header("Content-Length"));
    }

    @Test
    void the_document_is_read_only() {
        for (var method : List.of("POST", "PUT", "DELETE")) {
            given().request(method, "/q/openapi.json").then().statusCode(405).header("Allow", is("GET, HEAD"));
        }
    }

    @Test
    void the_document_says_who_may_call_and_what_is_answered() {
        var document = given().get("/q/openapi?format=json").then().statusCode(200);
        var create = "paths.'/api/contacts'.post.";
        document.body(create + "summary", notNullValue())
                .body(create + "x-who", is("admin, agent"))
                .body(create + "security[0]", hasKey("accessToken"))
                .body(create + "responses.'201'.content.'application/json'.schema", notNullValue());
        for (var status : List.of("400", "401", "403", "409", "413", "415", "422", "503")) {
            document.body(
                    create + "responses.'" + status + "'.content.'application/problem+json'.schema.$ref",
                    is("#/components/schemas/Problem"));
        }
        document.body("paths.'/api/contacts/{id}'.patch.responses", hasKey("412"))
                .body("paths.'/api/contacts/{id}'.get.responses", hasKey("404"))
                .body("components.schemas.ContactForm.properties.phone.examples[0]", is("+15555550142"));
    }
}
