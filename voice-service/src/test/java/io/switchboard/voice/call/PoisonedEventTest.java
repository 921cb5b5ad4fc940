package io.switchboard.voice.call;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that fails each time holds no other up. Its failures wait longer here, so that its second try is known to come last. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class PoisonedEventTest {
    private static final String POISON = "c1";

    private final Caller acme = Caller.adminOfNewOrg();

    @BeforeEach
    void poison() {
        Sql.superuser()
                .run(
                        """
                create function refuse_poison() returns trigger language plpgsql as $$
                begin
                    raise exception 'poison';
                end
                $$""",
                        """
                create function wait_longer() returns trigger language plpgsql as $$
                begin
                    new.next_attempt_at := now() + interval '10 minutes';
                    return new;
                end
                $$""",
                        "create trigger poison before insert on call_logs for each row when (new.provider_call_id = '"
                                + POISON + "') execute function refuse_poison()",
                        "create trigger wait before update on processed_webhook_events for each row when (new.call_key = '"
                                + POISON + "' and new.status = 'pending') execute function wait_longer()");
    }

    @AfterEach
    void removePoison() {
        Sql.superuser().run("drop function refuse_poison() cascade", "drop function wait_longer() cascade");
    }

    @Test
    void a_poisoned_event_lets_999_good_ones_pass_before_its_second_try() {
        insert(1_000);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertEquals(List.of("999"), done()));
        acme.get("/api/webhook-events?status=pending")
                .then()
                .body("items.eventId", contains("queued:1"))
                .body("items.attempts", contains(1))
                .body("items.error", contains("An internal error stopped the work on the event."));
    }

    private List<String> done() {
        return Sql.superuser()
                .column("select count(*) from processed_webhook_events where status = 'done' and org_id = '"
                        + acme.orgId() + "'");
    }

    /** Each of a call of its own; the first one is due first. */
    private void insert(int events) {
        Sql.superuser().run("""
                insert into processed_webhook_events (org_id, endpoint_id, provider, event_id, type, call_key, body)
                select e.org_id, e.id, 'vapi', 'queued:' || n, 'status-update', 'c' || n,
                    convert_to('{"message":{"type":"status-update","status":"ringing","call":{"id":"c' || n || '"}}}', 'UTF8')
                from webhook_endpoints e, generate_series(1, %d) n where e.id = '%s'""".formatted(events, Front.of(acme, "vapi").id()));
        Sql.superuser().column("select rebuild_call_queue()");
    }
}
