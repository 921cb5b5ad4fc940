package io.switchboard.voice.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Receiver;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class FailedDeliveryTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();

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
    void a_receiver_that_was_away_for_a_day_gets_each_event() {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.pathAnswers(500);
        var events = Set.copyOf(subscriber.events(3));
        for (int tries = 1; tries <= 6; tries++) {
            subscriber.awaitEachTried(tries);
            subscriber.comeDue();
        }
        subscriber.pathAnswers(204);
        await().until(() -> {
            subscriber.comeDue(); // some may have been under way
            return statuses(subscriber).equals(Set.of("delivered"));
        });
        var requests = subscriber.taken();
        assertEquals(events, ids(requests));
        assertTrue(requests.size() >= 21, requests.size() + " requests");
        assertTrue(requests.stream().allMatch(request -> StandardWebhooks.verifies(request, subscriber.secret())));
        assertNull(subscriber.subscription().get("failing_since"));
    }

    @Test
    void waits_grow_and_after_nine_tries_a_delivery_is_given_up() {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.pathAnswers(500);
        subscriber.event();
        int hour = 3_600;
        var waits = List.of(5, 300, 1_800, 2 * hour, 5 * hour, 10 * hour, 16 * hour, 24 * hour);
        for (int tries = 1; tries <= waits.size(); tries++) {
            var delivery = subscriber.awaitTries(tries);
            int wait = waits.get(tries - 1);
            assertEquals("pending", delivery.get("status"));
            assertTrue(Integer.parseInt(delivery.get("waits")) >= wait - 20, wait + ": " + delivery);
            assertTrue(Integer.parseInt(delivery.get("waits")) <= wait + 61, wait + ": " + delivery);
            subscriber.comeDue();
        }
        var delivery = subscriber.awaitTries(9);
        assertEquals("failed", delivery.get("status"));
        assertEquals("It answered 500.", delivery.get("error"));
    }

    @Test
    void a_receiver_that_is_gone_is_sent_nothing_more() {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.pathAnswers(410);
        subscriber.event();
        await().until(() -> subscriber.subscription().get("status").equals("disabled"));
        assertEquals(
                "the receiver answered 410 (gone)", subscriber.subscription().get("disabled_reason"));
        assertEquals("failed", subscriber.delivery().get("status"));
        var alert = new JsonObject(PeerRequests.await(1, "/internal/notifications", sent -> sent.getString("body")
                        .contains(subscriber.id()))
                .get(0)
                .getString("body"));
        assertEquals("system_alert", alert.getString("type"));
        assertEquals(
                List.of("admin"),
                alert.getJsonObject("audience").getJsonArray("roles").getList());
        assertEquals(1, subscriber.taken().size());
    }

    @Test
    void a_receiver_that_fails_for_five_days_is_sent_nothing_more() {
        var subscriber = Subscriber.of(acme, receiver);
        subscriber.pathAnswers(500);
        subscriber.event();
        subscriber.awaitTries(1);
        assertEquals("active", subscriber.subscription().get("status"));
        Sql.superuser()
                .run("update webhook_subscriptions set failing_since = now() - interval '121 hours' where id = '"
                        + subscriber.id() + "'");
        subscriber.comeDue();
        await().until(() -> subscriber.subscription().get("status").equals("disabled"));
        assertEquals("it has failed for 5 days", subscriber.subscription().get("disabled_reason"));
        assertEquals("failed", subscriber.delivery().get("status"));
    }

    @Test
    void a_receiver_that_asks_for_a_pause_gets_it() {
        var subscriber = Subscriber.of(acme, receiver);
        receiver.answer(subscriber.path(), new Receiver.Answer(429, Map.of("Retry-After", "120"), new byte[0]));
        subscriber.event();
        assertTrue(Integer.parseInt(subscriber.awaitTries(1).get("waits")) > 110);
        subscriber.event();
        var other = Subscriber.of(globex, receiver);
        other.event();
        other.awaitTaken(1);
        assertEquals(1, subscriber.taken().size());
    }

    @Test
    void what_a_lost_worker_had_is_sent_by_another() {
        var subscriber = Subscriber.of(acme, receiver);
        Sql.superuser()
                .run("insert into subscription_deliveries (org_id, subscription_id, event_id, type, body, lease,"
                        + " next_attempt_at) values ('%s', '%s', gen_random_uuid(), 'contact.created', '{}',"
                                .formatted(acme.orgId(), subscriber.id())
                        + " gen_random_uuid(), now() + interval '1 hour')");
        assertEquals("0", subscriber.delivery().get("attempts"));
        Sql.superuser()
                .run("update subscription_deliveries set next_attempt_at = now() where subscription_id = '"
                        + subscriber.id() + "'");
        subscriber.awaitTaken(1);
        assertEquals("delivered", subscriber.awaitTries(1).get("status"));
    }

    @Test
    void a_private_url_is_refused_at_each_try() {
        var subscriber = Subscriber.of(acme, receiver);
        Sql.superuser()
                .run("update webhook_subscriptions set url = 'http://127.0.0.1/in' where id = '" + subscriber.id()
                        + "'");
        subscriber.event();
        var delivery = subscriber.awaitTries(1);
        assertEquals("pending", delivery.get("status"));
        assertEquals("Its address is not public.", delivery.get("error"));
    }

    private static Set<String> statuses(Subscriber subscriber) {
        return Set.copyOf(Sql.superuser()
                .column("select status from subscription_deliveries where subscription_id = '" + subscriber.id()
                        + "'"));
    }

    private static Set<UUID> ids(List<Receiver.Taken> requests) {
        return requests.stream().map(request -> UUID.fromString(request.id())).collect(Collectors.toSet());
    }
}
