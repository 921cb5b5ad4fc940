package io.switchboard.crm.contactimport;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.PostgresResource;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Files on their way in. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ImportUploadTest extends ImportCase {
    private static final int MOST = 25 << 20;

    @TestHTTPResource("/")
    URL service;

    @Test
    void a_file_is_taken_and_can_be_followed() {
        var answer = send(acme, "", "phone\n+15555550142\n");
        answer.then().statusCode(202).body("status", is("queued")).body("id", notNullValue());
        answer.then().header("Location", endsWith(answer.path("id")));
        counts(ended(acme, answer.path("id")), 1, 0, 0);
        assertEquals(0, chunks());
    }

    @Test
    void what_is_no_file_of_contacts_is_refused() {
        refused("", "is empty");
        refused("\uFEFF", "is empty");
        refused("shoe,size\n1,2\n", "names no field");
        refused("name\nAda\n", "has no column phone");
        refused("phone,Telephone\n1,2\n", "two columns for phone");
        refused("x".repeat(70_000), "no row that names");
        send(acme, "", "phone,name\n+15555550142,J\u00f6rg\n".getBytes(StandardCharsets.ISO_8859_1))
                .then()
                .statusCode(422)
                .body("errors[0].message", containsString("UTF-8"));
        send(acme, "", Arrays.copyOf("phone\n+1555\u00f6".getBytes(StandardCharsets.UTF_8), 12))
                .then()
                .statusCode(422);
        send(acme, "", "phone\n".getBytes(StandardCharsets.UTF_16)).then().statusCode(422);
        assertEquals(0, chunks());
    }

    @Test
    void parameters_and_media_types_are_checked() {
        send(acme, "?key=name", "phone\n").then().statusCode(400).body("type", endsWith("invalid_filter"));
        send(acme, "?key=phone&key=email", "phone\n").then().statusCode(400);
        send(acme, "?dryRun=perhaps", "phone\n").then().statusCode(400);
        acme.post("/api/contacts/imports", "{}").then().statusCode(415);
        send(acme.colleague("customer"), "", "phone\n").then().statusCode(403);
    }

    @Test
    void a_form_with_one_file_is_taken() {
        var one = form().multiPart(
                        "file", "a.csv", "phone,name\n+15555550142,Ada\n".getBytes(StandardCharsets.UTF_8), "text/csv")
                .multiPart("comment", "mine")
                .post("/api/contacts/imports");
        counts(ended(acme, one.then().statusCode(202).extract().path("id")), 1, 0, 0);
        form().multiPart("file", "a.csv", "phone\n".getBytes(StandardCharsets.UTF_8), "text/csv")
                .multiPart("file", "b.csv", "phone\n".getBytes(StandardCharsets.UTF_8), "text/csv")
                .post("/api/contacts/imports")
                .then()
                .statusCode(422)
                .body("errors[0].message", is("is one file"));
        form().multiPart("comment", "mine").post("/api/contacts/imports").then().statusCode(422);
    }

    @Test
    void a_form_that_cannot_be_read_is_refused() throws IOException {
        var file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n";
        formRefused("XX", "--XX\r\n" + file + "\r\nphone\n+15555550142\n");
        formRefused("XX", "--XX\r\n" + file + "\r\nphone\n" + "+15555550142,".repeat(60_000));
        formRefused("XX", "--XX\r\nX: y\r\n\r\nphone\n+15555550142\n\r\n--XX--\r\n");
        formRefused("XX", "--XX\r\n" + file + "Content-Transfer-Encoding: rot13\r\n\r\nphone\n\r\n--XX--\r\n");
        formRefused("", "--XX\r\n" + file + "\r\nphone\n\r\n--XX--\r\n");
        await().until(() -> chunks() == 0);
        acme.get("/api/contacts/imports").then().body("items.size()", is(0));
    }

    private void formRefused(String boundary, String body) throws IOException {
        var type = "multipart/form-data; boundary=" + boundary;
        var more = "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n";
        var answer = exchange(type, more, body.getBytes(StandardCharsets.US_ASCII));
        assertEquals("422", answer.split(" ")[1], answer);
    }

    @Test
    void a_large_form_is_stored_in_parts() {
        var file = rows(60_000);
        var id = form().multiPart("file", "a.csv", file, "text/csv")
                .post("/api/contacts/imports?dryRun=true")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");
        assertEquals(60_000, ended(acme, id).getInt("failed"));
        assertEquals(
                1_000,
                acme.get("/api/contacts/imports/" + id)
                        .jsonPath()
                        .getList("errors")
                        .size());
        acme.get("/api/contacts/imports/" + id).then().body("errorsTruncated", is(true));
        assertEquals(
                60_001,
                acme.get("/api/contacts/imports/" + id + "/errors.csv")
                        .asString()
                        .lines()
                        .count());
    }

    @Test
    void a_file_of_more_than_25_mib_leaves_nothing() throws IOException {
        var file = new byte[MOST + 1];
        Arrays.fill(file, (byte) '\n');
        System.arraycopy("phone".getBytes(StandardCharsets.US_ASCII), 0, file, 0, 5);
        var announced = exchange("Content-Length: " + file.length + "\r\n\r\n", new byte[0]);
        assertEquals("413", announced.split(" ")[1], announced);
        var chunked = exchange(
                "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(file.length) + "\r\n", new byte[1024]);
        assertEquals("413", chunked.split(" ")[1], chunked);
        await().until(() -> chunks() == 0);
        acme.get("/api/contacts/imports").then().body("items.size()", is(0));
    }

    @Test
    void a_client_that_goes_away_leaves_nothing() throws IOException {
        var file = rows(20_000);
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            var out = socket.getOutputStream();
            out.write(head("Content-Length: " + (file.length + 10) + "\r\n\r\n"));
            out.write(file);
            out.flush();
            await().until(() -> chunks() > 0);
        }
        await().until(() -> chunks() == 0);
        acme.get("/api/contacts/imports").then().body("items.size()", is(0));
    }

    @Test
    void the_same_file_under_one_key_is_imported_once() {
        var first = keyed("", "phone\n+15555550142\n");
        var again = keyed("", "phone\n+15555550142\n");
        first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
        again.then().statusCode(202).header("Idempotent-Replayed", is("true"));
        assertEquals(first.asString(), again.asString());
        keyed("", "phone\n+15555550143\n").then().statusCode(422).body("type", endsWith("idempotency_key_reused"));
        keyed("?dryRun=true", "phone\n+15555550142\n").then().statusCode(422);
        acme.get("/api/contacts/imports").then().body("items.size()", is(1));
        ended(acme, first.path("id"));
        await().until(() -> chunks() == 0);
    }

    private Response keyed(String query, String file) {
        return given().header("Authorization", "Bearer " + acme.token())
                .header("Idempotency-Key", "one")
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/api/contacts/imports" + query);
    }

    private io.restassured.specification.RequestSpecification form() {
        return given().header("Authorization", "Bearer " + acme.token()).contentType("multipart/form-data");
    }

    private void refused(String file, String message) {
        send(acme, "", file)
                .then()
                .statusCode(422)
                .body("errors[0].field", is("file"))
                .body("errors[0].message", containsString(message));
    }

    private long chunks() {
        return number("select count(*) from import_chunks where org_id = $1", acme.orgId());
    }

    private static byte[] rows(int count) {
        var file = new StringBuilder("phone,name\n");
        for (int i = 0; i < count; i++) {
            file.append("no number,Contact ").append(i).append('\n');
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] head(String more) {
        return head("text/csv", more);
    }

    private byte[] head(String type, String more) {
        return ("POST /api/contacts/imports HTTP/1.1\r\nHost: switchboard\r\nAuthorization: Bearer " + acme.token()
                        + "\r\nContent-Type: " + type + "\r\n" + more)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String exchange(String more, byte[] body) throws IOException {
        return exchange("text/csv", more, body);
    }

    private String exchange(String type, String more, byte[] body) throws IOException {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(head(type, more));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
