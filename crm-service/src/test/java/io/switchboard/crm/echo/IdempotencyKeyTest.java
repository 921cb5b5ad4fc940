package io.switchboard.crm.echo;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class IdempotencyKeyTest {
    static final Set<String> OF_ONE_REQUEST = Set.of("X-Request-Id", "Idempotent-Replayed");
    static final String ECHO = "{\"text\": \"hello\", \"isKept\": true}";
    static final String CONTACT = "{\"name\": \"Ada\", \"email\": \"ada@example.com\"}";

    final Caller acme = Caller.agentOfNewOrg();
    final String key = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"/api/echoes", "/api/contacts"})
    void a_replay_equals_the_first_answer(String path) {
        var body = path.equals("/api/contacts") ? CONTACT : ECHO;
        var first = post(path, body);
        var replay = post(path, body);
        assertEquals(path.equals("/api/contacts") ? 201 : 202, first.statusCode());
        assertSame(first, replay);
        assertNull(first.header("Idempotent-Replayed"));
        assertEquals("true", replay.header("Idempotent-Replayed"));
    }

    @Test
    void an_answer_with_a_key_equals_one_without() {
        var keyed = post("/api/contacts", CONTACT);
        var plain = acme.request().body(CONTACT.replace("ada@", "eve@")).post("/api/contacts");
        assertEquals(names(plain), names(keyed));
        assertEquals(plain.contentType(), keyed.contentType());
        assertEquals(plain.header("ETag"), keyed.header("ETag"));
        assertEquals("/api/contacts/" + keyed.path("id"), keyed.header("Location"));
        assertEquals("/api/contacts/" + plain.path("id"), plain.header("Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":\"hello\",\"isKept\":true}", "{\"text\": \"hullo\", \"isKept\": true}"})
    void other_bytes_are_another_request(String body) {
        post("/api/echoes", ECHO).then().statusCode(202);
        post("/api/echoes", body).then().statusCode(422).body("type", endsWith("idempotency_key_reused"));
    }

    @Test
    void another_query_is_another_request() {
        post("/api/echoes?to=a", ECHO).then().statusCode(202);
        post("/api/echoes?to=b", ECHO).then().statusCode(422).body("type", endsWith("idempotency_key_reused"));
    }

    @Test
    void requests_at_once_do_the_work_once() throws Exception {
        var answers = fiftyAtOnce(() -> post("/api/contacts", CONTACT));
        answers.forEach(answer -> assertSame(answers.get(0), answer));
        assertEquals(1, replayed(answers, null));
        assertEquals(49, replayed(answers, "true"));
        acme.get("/api/contacts").then().body("items.size()", is(1));
    }

    @Test
    void an_answer_that_is_not_to_be_kept_is_forgotten() {
        var body = ECHO.replace("true", "false");
        var first = post("/api/echoes", body);
        var second = post("/api/echoes", body);
        first.then().statusCode(202);
        second.then().statusCode(202);
        assertNotEquals(first.<String>path("id"), second.path("id"));
        assertEquals(List.of(), Sql.superuser().column("select key from idempotency_keys where key = '" + key + "'"));
        post("/api/echoes", ECHO).then().statusCode(202);
    }

    @Test
    void an_answer_made_after_the_transaction_is_refused() {
        acme.post("/api/echoes/changed", new EchoForm("hello", true)).then().statusCode(201);
        post("/api/echoes/changed", ECHO).then().statusCode(500);
    }

    private static List<Response> fiftyAtOnce(Callable<Response> call) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(50);
        try {
            var answers = new ArrayList<Response>();
            for (var answer : threads.invokeAll(Collections.nCopies(50, call))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Response post(String path, String body) {
        return acme.request().header("Idempotency-Key", key).body(body).post(path);
    }

    private static void assertSame(Response first, Response other) {
        assertEquals(first.statusCode(), other.statusCode());
        assertEquals(headers(first), headers(other));
        assertArrayEquals(first.asByteArray(), other.asByteArray());
    }

    private static long replayed(List<Response> answers, String value) {
        return answers.stream()
                .filter(answer -> java.util.Objects.equals(answer.header("Idempotent-Replayed"), value))
                .count();
    }

    private static List<String> headers(Response response) {
        return response.headers().asList().stream()
                .filter(header -> !OF_ONE_REQUEST.contains(header.getName()))
                .map(Header::toString)
                .sorted()
                .toList();
    }

    private static Set<String> names(Response response) {
        return response.headers().asList().stream().map(Header::getName).collect(Collectors.toSet());
    }
}
