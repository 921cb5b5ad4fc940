package io.switchboard.crm.notification;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.crm.notification.StreamReplica.Limits;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.EventListener;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.RawClient;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.TestIssuer;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When streams end, and who gets none. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StreamEndsTest {
    private static final String PATH = "/api/notifications/stream";

    @Inject
    MeterRegistry meters;

    final UUID acme = UUID.randomUUID();
    final List<AutoCloseable> opened = new ArrayList<>();
    Caller ada;
    Caller eve;

    @BeforeEach
    void join() {
        ada = Colleagues.joined("agent", acme);
        eve = Colleagues.joined("agent", acme);
    }

    @AfterEach
    void close() throws Exception {
        for (var one : opened) {
            one.close();
        }
    }

    @Test
    void a_stream_ends_with_its_token() {
        var claims = TestIssuer.claims(
                ada.id().toString(), "agent", "switchboard", more -> more.put("org_id", acme.toString()));
        claims.put("exp", Instant.now().getEpochSecond() + 2);
        var replica = replica(Limits.USUAL);
        var brief = listen(replica, Caller.issuer().sign(claims));
        var other = listen(replica, ada.token());
        await().atMost(ofSeconds(20)).until(brief::isOver);
        assertFalse(other.isOver());
    }

    @Test
    void a_user_who_is_switched_off_gets_no_more() {
        var replica = replica(Limits.USUAL);
        var adas = listen(replica, ada.token());
        var eves = listen(replica, eve.token());
        Sql.superuser().run("update members set is_active = false where id = '" + ada.id() + "'");
        fill(ada, 1, "'x'");
        fill(eve, 1, "'x'");
        await().until(() -> eves.events().size() == 1);
        assertEquals(List.of(), adas.events());
    }

    @Test
    void a_heartbeat_keeps_an_idle_stream_open() {
        var stream = listen(replica(new Limits(10, 10, 10, ofMillis(100), 65536)), ada.token());
        await().atMost(ofSeconds(20))
                .until(() -> stream.otherLines().stream().filter(":"::equals).count() > 1);
    }

    @Test
    void a_client_that_does_not_read_is_cut_off_and_others_go_on() {
        var replica = replica(new Limits(10, 10, 10, ofSeconds(15), 32 * 1024));
        var cutOff = meters.counter("switchboard.front.refused", "reason", "stream_not_read");
        var before = cutOff.count();
        var slow = RawClient.to(replica.port(), 4096);
        opened.add(slow);
        slow.send("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ada.token() + "\r\n\r\n");
        assertEquals(200, slow.answer().status());
        var quick = listen(replica, ada.token());
        var eves = listen(replica, eve.token());
        fill(ada, 1_900, "repeat('…', 2000)");
        await().atMost(ofSeconds(60)).until(() -> cutOff.count() > before);
        await().atMost(ofSeconds(60)).until(() -> quick.events().size() == 1_900);
        fill(eve, 1, "'x'");
        await().until(() -> eves.events().size() == 1);
    }

    @Test
    void a_user_and_an_organization_have_so_many_streams() {
        var replica = replica(new Limits(4, 3, 2, ofSeconds(15), 65536));
        var first = listen(replica, ada.token());
        listen(replica, ada.token());
        assertTrue(refusal(replica, ada).isProblem("too_many_streams"));
        listen(replica, eve.token());
        assertTrue(refusal(replica, Colleagues.joined("agent", acme)).isProblem("too_many_streams"));
        listen(replica, Colleagues.joined("agent", UUID.randomUUID()).token());
        var full = refusal(replica, Colleagues.joined("agent", UUID.randomUUID()));
        assertEquals(503, full.status());
        assertTrue(full.headers().containsKey("retry-after"));
        first.close();
        await().until(() -> refusal(replica, ada).status() == 200);
    }

    @Test
    void clients_that_leave_at_once_give_their_place_back() {
        var replica = replica(new Limits(10, 10, 2, ofSeconds(15), 65536));
        for (int i = 0; i < 20; i++) {
            try (var brief = RawClient.to(replica.port())) {
                brief.send("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ada.token()
                        + "\r\n\r\n");
            }
        }
        await().until(() -> refusal(replica, ada).status() == 200);
        await().until(() -> refusal(replica, ada).status() == 200);
        listen(replica, eve.token());
    }

    @Test
    void all_streams_end_when_the_replica_leaves() {
        var replica = replica(Limits.USUAL);
        var streams = List.of(listen(replica, ada.token()), listen(replica, ada.token()), listen(replica, eve.token()));
        replica.streams.stop();
        await().until(() -> streams.stream().allMatch(EventListener::isOver));
        var late = listen(replica, ada.token());
        await().until(late::isOver);
        assertTrue(late.otherLines().contains("retry: 2000"));
    }

    @Test
    void a_client_that_takes_no_event_streams_is_told() {
        ada.request().accept("application/json").get(PATH).then().statusCode(406);
        ada.request().head(PATH).then().statusCode(200).header("Content-Type", "text/event-stream");
    }

    private StreamReplica replica(Limits limits) {
        var replica = new StreamReplica(limits);
        opened.add(replica);
        return replica;
    }

    private EventListener listen(StreamReplica replica, String token) {
        var stream = EventListener.open(replica.port(), PATH, token, null);
        opened.add(stream);
        await().until(() -> stream.status() > 0);
        assertEquals(200, stream.status());
        return stream;
    }

    private static RawClient.Answer refusal(StreamReplica replica, Caller caller) {
        return RawClient.answer(
                replica.port(),
                "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + caller.token() + "\r\n\r\n");
    }

    private static void fill(Caller caller, int count, String message) {
        Sql.superuser()
                .withoutTriggers()
                .run(("insert into notifications (org_id, user_id, type, title, message)"
                                + " select '%s', '%s', 'system_alert', 'No ' || n, %s from generate_series(1, %d) n")
                        .formatted(caller.orgId(), caller.id(), message, count));
    }
}
