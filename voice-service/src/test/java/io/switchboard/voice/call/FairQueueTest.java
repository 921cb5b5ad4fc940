package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One tenant's queue makes no other one wait. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class FairQueueTest {
    private static final Duration VISIBLE = Duration.ofSeconds(3);

    private final Caller acme = Caller.adminOfNewOrg();
    private final Caller globex = Caller.adminOfNewOrg();
    private Front pressing;
    private Front other;

    @BeforeEach
    void open() {
        pressing = Front.of(acme, "vapi");
        other = Front.of(globex, "vapi");
    }

    @AfterEach
    void empty() {
        var ofAcme = " where org_id = (select org_id from webhook_endpoints where id = '" + pressing.id() + "')";
        Sql.superuser().run("delete from processed_webhook_events" + ofAcme);
        Sql.superuser().run("delete from call_queue" + ofAcme);
    }

    @Test
    void a_call_shows_soon_beside_20_000_calls_of_another_tenant() {
        insert(20_000, "'c' || n");
        assertOtherTenantIsServed();
    }

    @Test
    void a_call_shows_soon_beside_100_000_events_of_one_call() {
        insert(100_000, "'deep'");
        assertOtherTenantIsServed();
    }

    private void assertOtherTenantIsServed() {
        await().untilAsserted(
                        () -> acme.get("/api/webhook-events?status=done").then().body("items.size()", greaterThan(0)));
        for (int calls = 1; calls <= 3; calls++) {
            int expected = calls;
            other.vapi(SampleCall.create().vapi("end-of-call-report")).then().statusCode(200);
            await().atMost(VISIBLE)
                    .untilAsserted(() -> globex.get("/api/calls").then().body("items", hasSize(expected)));
        }
        acme.get("/api/webhook-events?status=pending&limit=1").then().body("items", hasSize(1));
    }

    private void insert(int events, String callKey) {
        Sql.superuser().run("""
                insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, type, call_key, body)
                select e.org_id, e.id, 'vapi', 'queued:' || n, 'status-update', %s,
                    convert_to('{"message":{"type":"status-update","status":"ringing","call":{"id":"' || %s || '"}}}', 'UTF8')
                from webhook_endpoints e, generate_series(1, %d) n where e.id = '%s'""".formatted(callKey, callKey, events, pressing.id()));
        Sql.superuser().column("select rebuild_call_queue()");
    }
}
