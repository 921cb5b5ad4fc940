package io.switchboard.voice.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.RawClient;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Receiver;
import io.switchboard.voice.VoiceProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class DeliveryTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private Receiver receiver;

    @BeforeEach
    void listen() {
        receiver = Receiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void an_event_arrives_signed() {
        var subscriber = Subscriber.of(acme, receiver);
        var event = subscriber.event();
        var request = subscriber.awaitTaken(1).get(0);
        assertEquals(event.toString(), request.id());
        assertEquals("application/json", request.type());
        assertEquals("{\"type\": \"contact.created\"}", request.body());
        assertTrue(StandardWebhooks.verifies(request, subscriber.secret()));
        var delivery = subscriber.awaitTries(1);
        assertEquals("delivered", delivery.get("status"));
        assertEquals("200", delivery.get("response_status"));
        assertNull(delivery.get("error"));
    }

    @Test
    void while_a_secret_is_rotated_both_sign() {
        var subscriber = Subscriber.of(acme, receiver);
        var next = subscriber.rotate();
        subscriber.event();
        var request = subscriber.awaitTaken(1).get(0);
        assertTrue(StandardWebhooks.verifies(request, next));
        assertTrue(StandardWebhooks.verifies(request, subscriber.secret()));
        assertEquals(2, request.signature().split(" ").length);
    }

    @Test
    void a_slow_receiver_holds_up_no_other() {
        var slow = Subscriber.of(acme, receiver);
        var slower = Subscriber.of(acme, receiver);
        var quick = Subscriber.of(acme, receiver);
        var other = Subscriber.of(globex, receiver);
        receiver.hang(slow.path());
        receiver.hang(slower.path());
        slow.events(50);
        slower.events(50);
        slow.awaitTaken(1);
        slower.awaitTaken(1);
        quick.events(20);
        other.events(20);
        quick.awaitTaken(20);
        other.awaitTaken(20);
        assertTrue(slow.taken().size() <= 3, "few at once");
    }

    @Test
    void a_redirect_is_not_followed() {
        var subscriber = Subscriber.of(acme, receiver);
        var elsewhere = "/" + UUID.randomUUID();
        receiver.answer(
                subscriber.path(), new Receiver.Answer(307, Map.of("Location", receiver.url(elsewhere)), new byte[0]));
        subscriber.event();
        var delivery = subscriber.awaitTries(1);
        assertEquals("307", delivery.get("response_status"));
        assertEquals("It answered 307: redirects are not followed.", delivery.get("error"));
        assertEquals(List.of(), receiver.taken(elsewhere));
    }

    @Test
    void of_a_huge_answer_a_little_is_kept() {
        var subscriber = Subscriber.of(acme, receiver);
        var huge = ("\u0000Thanks \uD83D\uDE00" + "a".repeat(1_000_000)).getBytes(UTF_8);
        receiver.answer(subscriber.path(), new Receiver.Answer(200, Map.of(), huge));
        subscriber.event();
        var delivery = subscriber.awaitTries(1);
        assertEquals("delivered", delivery.get("status"));
        assertTrue(delivery.get("response_excerpt").startsWith("\uFFFDThanks \uD83D\uDE00aaa"));
        assertEquals(500, delivery.get("response_excerpt").length());
    }

    @Test
    void a_deleted_subscription_is_sent_nothing_more() {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.pathAnswers(500);
        subscriber.event();
        subscriber.awaitTries(1);
        subscriber.delete();
        var other = Subscriber.of(globex, receiver);
        other.event();
        other.awaitTaken(1);
        assertEquals(1, subscriber.taken().size());
        assertEquals(
                0,
                Sql.superuser()
                        .number("select count(*) from subscription_deliveries where subscription_id = '"
                                + subscriber.id() + "'"));
    }

    @Test
    void no_metric_names_a_tenants_url() throws Exception {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.event();
        subscriber.awaitTries(1);
        var metrics = RawClient.answer(management.getPort(), "GET /q/metrics HTTP/1.1\r\nHost: a.example\r\n\r\n")
                .body();
        assertFalse(metrics.contains(subscriber.path()));
        assertFalse(metrics.contains(URI.create(receiver.url("")).getAuthority()));
        assertTrue(
                metrics.lines().anyMatch(line -> line.startsWith("http_client_requests") && line.contains("outgoing")),
                metrics);
    }
}
