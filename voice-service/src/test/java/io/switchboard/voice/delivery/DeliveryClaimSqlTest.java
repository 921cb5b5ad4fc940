package io.switchboard.voice.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.AppSql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which deliveries are handed out, in which turn. */
class DeliveryClaimSqlTest {
    private static final int AT_MOST = 12;
    private static final int EACH_ORGANIZATION = 8;
    private static final int EACH_SUBSCRIPTION = 3;
    private static final Pattern BUFFERS = Pattern.compile("shared hit=([0-9]+)");
    private static final AppSql SQL = new AppSql();

    private final UUID acme = UUID.randomUUID();
    private final UUID globex = UUID.randomUUID();
    private final List<String> heldOrgs = new ArrayList<>();
    private final List<String> held = new ArrayList<>();

    @AfterAll
    static void close() {
        SQL.close();
    }

    @BeforeEach
    void empty() {
        SQL.fill("delete from subscription_deliveries", "delete from webhook_subscriptions");
    }

    @Test
    void a_flood_of_one_tenant_holds_up_no_other() {
        var flooded = subscription(acme);
        var quiet = subscription(acme);
        var other = subscription(globex);
        deliveries(acme, flooded, 20_000);
        deliveries(acme, quiet, 1);
        deliveries(globex, other, 1);
        var claimed = claim();
        assertEquals(5, claimed.size());
        assertEquals(EACH_SUBSCRIPTION, Collections.frequency(claimed, flooded));
        assertTrue(claimed.containsAll(List.of(quiet, other)));
        assertEquals(List.of(), claim());
        deliveries(globex, other, 10);
        assertEquals(List.of(other, other), claim());
    }

    @Test
    void subscriptions_take_turns_within_their_tenant() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            all.add(subscription(acme));
            deliveries(acme, all.get(i), 5);
        }
        var others = subscription(globex);
        deliveries(globex, others, 5);
        var claimed = claim();
        assertEquals(
                EACH_ORGANIZATION,
                claimed.stream().filter(all::contains).distinct().count());
        assertTrue(claimed.contains(others));
    }

    @Test
    void what_fails_is_tried_one_at_a_time() {
        var failing = subscription(acme);
        deliveries(acme, failing, 5);
        SQL.fill("update webhook_subscriptions set failing_since = now()");
        assertEquals(List.of(failing), claim());
        assertEquals(List.of(), claim());
    }

    @Test
    void what_is_disabled_paused_or_suspended_waits() {
        var disabled = subscription(acme);
        var paused = subscription(acme);
        var suspended = subscription(globex);
        deliveries(acme, disabled, 1);
        deliveries(acme, paused, 1);
        deliveries(globex, suspended, 1);
        SQL.fill(
                "update webhook_subscriptions set status = 'disabled' where id = '" + disabled + "'",
                "update webhook_subscriptions set paused_until = now() + interval '1 minute' where id = '" + paused
                        + "'",
                "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, is_active, version)"
                        + " values ('%1$s', '%1$s', 'UTC', 'US', '{}', false, 1)".formatted(globex));
        assertEquals(List.of(), claim());
    }

    @Test
    void a_claim_reads_little_however_much_waits() {
        var flooded = subscription(acme);
        deliveries(acme, flooded, 20_000);
        deliveries(globex, subscription(globex), 1);
        SQL.fill("vacuum analyze subscription_deliveries");
        try (var session = SQL.connect()) {
            session.column(claimSql()); // the session knows the tables, and the plans
            deliveries(globex, subscription(globex), 1);
            var read = session.column("explain (analyze, buffers) " + claimSql()).stream()
                    .map(BUFFERS::matcher)
                    .filter(Matcher::find)
                    .mapToInt(found -> Integer.parseInt(found.group(1)))
                    .max()
                    .orElseThrow();
            assertTrue(read < 300, read + " pages");
        }
    }

    private static String subscription(UUID org) {
        var id = UUID.randomUUID();
        SQL.fill(
                "insert into webhook_subscriptions (org_id, id, url, events, secret) values ('%s', '%s', 'https://a.example/', '{a}',"
                                .formatted(org, id)
                        + " decode(repeat('01', 32), 'hex'))");
        return id.toString();
    }

    private static void deliveries(UUID org, String subscription, int count) {
        SQL.fill("insert into subscription_deliveries (org_id, subscription_id, event_id, type, body)"
                + " select '%s', '%s', gen_random_uuid(), 'a', '{}' from generate_series(1, %d)"
                        .formatted(org, subscription, count));
    }

    /** The subscriptions of what is claimed; it is held from then on. */
    private List<String> claim() {
        var claimed = SQL.query(claimSql());
        claimed.forEach(row -> heldOrgs.add(row.split(" ")[0]));
        var subscriptions = claimed.stream().map(row -> row.split(" ")[1]).toList();
        held.addAll(subscriptions);
        return subscriptions;
    }

    private String claimSql() {
        return "select org_id || ' ' || subscription_id from claim_subscription_deliveries(%s, %s, %d, %d, %d, 30)"
                .formatted(array(heldOrgs), array(held), AT_MOST, EACH_ORGANIZATION, EACH_SUBSCRIPTION);
    }

    private static String array(List<String> ids) {
        return ids.stream().collect(Collectors.joining(",", "'{", "}'::uuid[]"));
    }
}
